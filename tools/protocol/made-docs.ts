/** What is made from tables in the sources: documents, and the table of trips that the image keeps. */
import { buttonDoc } from './docs-button.ts';
import { indicatorDoc } from './docs-indicator.ts';
import { protocolsDoc } from './docs-protocols.ts';
import { safetyCaseDoc } from './docs-safety-case.ts';
import { tripTable } from './trip-table.ts';

export const MADE_DOCS: readonly { readonly file: string; readonly make: () => string }[] = [
  { file: 'src/safety/trip-table.ts', make: tripTable },
  { file: 'docs/protocols.md', make: protocolsDoc },
  { file: 'docs/indicator.md', make: indicatorDoc },
  { file: 'docs/button.md', make: buttonDoc },
  { file: 'docs/safety-case.md', make: safetyCaseDoc },
];

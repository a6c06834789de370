/** Documents that are made from tables in the sources. */
import { buttonDoc } from './docs-button.ts';
import { indicatorDoc } from './docs-indicator.ts';
import { protocolsDoc } from './docs-protocols.ts';

export const MADE_DOCS: readonly { readonly file: string; readonly make: () => string }[] = [
  { file: 'docs/protocols.md', make: protocolsDoc },
  { file: 'docs/indicator.md', make: indicatorDoc },
  { file: 'docs/button.md', make: buttonDoc },
];

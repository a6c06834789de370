/** Every document that is made: its file, and its text or picture from the tables and runs behind it. It writes nothing. */
import { buttonDoc } from './button.ts';
import { indicatorDoc } from './indicator.ts';
import { PICTURES, pictureSvg } from './pictures.ts';
import { protocolsDoc } from './protocols.ts';

export interface MadeDoc {
  /** Path from the root of the project. */
  readonly file: string;
  readonly make: () => string;
}

/** Pages made from tables of the sources. */
export const MADE_PAGES: readonly MadeDoc[] = [
  { file: 'docs/protocols.md', make: protocolsDoc },
  { file: 'docs/indicator.md', make: indicatorDoc },
  { file: 'docs/button.md', make: buttonDoc },
];

/** Pictures made from simulated runs. */
export const MADE_PICTURES: readonly MadeDoc[] = Object.keys(PICTURES).map((name) => ({
  file: `docs/img/${name}.svg`,
  make: () => pictureSvg(name),
}));

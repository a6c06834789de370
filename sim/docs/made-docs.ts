/** Every document that is made: its file, and its text or picture from the tables and runs behind it. It writes nothing. */
import { settingsDocument } from '../../tools/settings/document.ts';
import { boardsDoc } from './boards.ts';
import { buttonDoc } from './button.ts';
import { indicatorDoc } from './indicator.ts';
import { lampsSvg } from './lamps.ts';
import { PICTURES, pictureSvg } from './pictures.ts';
import { pneumaticsSvg } from './pneumatics.ts';
import { protocolsDoc } from './protocols.ts';
import { safetyCaseDoc } from './safety-case.ts';
import { sessionSvg } from './session-picture.ts';
import { tripTable } from './trip-table.ts';
import { wiringSvg } from './wiring.ts';

export interface MadeDoc {
  /** Path from the root of the project. */
  readonly file: string;
  readonly make: () => string;
}

/** What is made from tables of the sources: pages, and the table of trips that the image keeps. */
export const MADE_PAGES: readonly MadeDoc[] = [
  { file: 'src/safety/trip-table.ts', make: tripTable },
  { file: 'docs/protocols.md', make: protocolsDoc },
  { file: 'docs/indicator.md', make: indicatorDoc },
  { file: 'docs/boards.md', make: boardsDoc },
  { file: 'docs/button.md', make: buttonDoc },
  { file: 'docs/safety-case.md', make: safetyCaseDoc },
  { file: 'docs/settings.md', make: settingsDocument },
];

/** Pictures: of the wiring, from the board's own file, of the air, of the lamps, and of simulated runs. */
export const MADE_PICTURES: readonly MadeDoc[] = [
  { file: 'docs/img/wiring.svg', make: () => wiringSvg('jolt') },
  { file: 'docs/img/wiring-pico2.svg', make: () => wiringSvg('pico2') },
  { file: 'docs/img/wiring-xiao.svg', make: () => wiringSvg('xiao') },
  { file: 'docs/img/pneumatics.svg', make: pneumaticsSvg },
  { file: 'docs/img/lamps.svg', make: lampsSvg },
  { file: 'docs/img/session.svg', make: sessionSvg },
  ...Object.keys(PICTURES).map((name) => ({
    file: `docs/img/${name}.svg`,
    make: () => pictureSvg(name),
  })),
];

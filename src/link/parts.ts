/** What of the device a link may use: what the wearer has, as a link can only stop, ask and read. Must never hold more than that. */
import type { DateClock } from '../date.ts';
import type { Pace } from '../pace.ts';
import type { WearerParts } from '../wearer/parts.ts';
import type { LinkState, RelayState } from './link-state.ts';

export interface LinkParts extends WearerParts {
  readonly date: DateClock;
  readonly link: LinkState;
  readonly relay: RelayState;
  /** What its ticks take on this board. */
  readonly pace: Pace;
  /** Board, sensor and serial number, with commas between them. */
  readonly who: string;
}

/**
 * The regulator's memory, put together from the slices that its files own. On the board it is one flat record with two records in it for
 * what is used seldom. A file may write its own slice; it gets everything else as `Readonly`.
 *
 * Units are in the names: mmHg, ms, mmHg per ms, slots = ticks of movement. "Set by bench:control on the project's draw" means
 * chosen on design seeds (1 to 1000) of `npm run bench:control`; docs/lab/control.md has their seeds, dates and figures, and what was tried
 * and left. "Plant model" is what sim/plant draws its plants from. Must never hold a value.
 */
import type { BleedCount, PulseState } from './act.ts';
import type { CycleBalance, CycleCounts } from './cycle-balance.ts';
import type { EdgeState } from './edges.ts';
import type { LossCount } from './events.ts';
import type { FilledState, FillState } from './fill.ts';
import type { FlowState } from './flow.ts';
import type { ErrorState, ForecastState, WaveState } from './forecast.ts';
import type { HumpState } from './humps.ts';
import type { JobState } from './jobs.ts';
import type { LevelState, MarkState } from './levels.ts';
import type { ModeState } from './mode.ts';
import type { TargetState } from './regulator.ts';
import type { RestState } from './rest.ts';
import type { EventState } from './rhythm.ts';
import type { ControlSettings } from './settings.ts';
import type { SlopeState } from './slopes.ts';
import type { StillState } from './stillness.ts';
import type { ValveTestState } from './valve-test.ts';

/** Rhythm of the movement; used once an event, and in every tick without rhythm. */
export type Rhythm = LevelState & EventState & HumpState & CycleBalance;

/** Filling and valve test. */
export type Fill = FillState & ValveTestState;

/** What was seen since boot; for the message after the session. Whole counts. */
export type ControlReport = CycleCounts & BleedCount & LossCount;

/** The flat part. */
type Flat = TargetState &
  ModeState &
  FlowState &
  SlopeState &
  WaveState &
  ForecastState &
  ErrorState &
  MarkState &
  JobState &
  EdgeState &
  StillState &
  RestState &
  PulseState &
  FilledState;

/** The whole memory; only create-state.ts and regulator.ts hold it so. */
export type Regulator = Flat & {
  readonly rhythm: Rhythm;
  readonly fill: Fill;
  readonly settings: ControlSettings;
  readonly report: ControlReport;
};

/** The whole memory to a file that owns none of it: nothing may be written. */
export type ReadonlyRegulator = Readonly<Flat> & {
  readonly rhythm: Readonly<Rhythm>;
  readonly fill: Readonly<Fill>;
  readonly settings: Readonly<ControlSettings>;
  readonly report: Readonly<ControlReport>;
};

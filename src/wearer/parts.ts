/**
 * What of the device the wearer's files may use: what sessions and measurements use, and what is the wearer's own. The
 * composition root (src/core.ts) hands in one record that holds it all; a file that needs less says so in its signature.
 * Must never hold the supervisor or the outputs for writing.
 */
import type { ReadonlyRegulator } from '../control/state.ts';
import type { Ports } from '../ports.ts';
import type { Sensing } from '../sensing/sensing.ts';
import type { BenchLease } from '../session/bench-lease.ts';
import type { LogParts } from '../session/logbook.ts';
import type { MeasureParts } from '../session/measurement.ts';
import type { Buttons } from './buttons.ts';
import type { Gestures } from './gestures.ts';
import type { Lamps } from './lamps.ts';
import type { Lock } from './lock-state.ts';
import type { Noted } from './noted-state.ts';
import type { Readiness } from './readiness.ts';

export interface WearerParts extends MeasureParts, Omit<LogParts, keyof MeasureParts | 'readiness'> {
  readonly ports: Ports;
  readonly sensing: Sensing;
  readonly gestures: Gestures;
  readonly buttons: Buttons;
  readonly readiness: Readiness;
  readonly bench: BenchLease;
  readonly lamps: Lamps;
  readonly lock: Lock;
  readonly noted: Noted;
  readonly regulator: Pick<ReadonlyRegulator, 'report' | 'filled'>;
}

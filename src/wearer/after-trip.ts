/** What a trip ends, and what is written down of it. Must never be waited for by the vent: that is the gate's affair. */
import { keepRecord } from '../session/logbook.ts';
import { tripMeasurement } from '../session/measurement.ts';
import { EXIT_TRIPPED, stopSession } from '../session/session.ts';
import { tripAlone } from './lock.ts';
import type { WearerParts } from './parts.ts';

/** A trip ends the session or the measurement that is under way; with nothing under way it gets a record of its own. */
export function endByTrip(device: WearerParts): void {
  if (device.measurement.ordered) tripMeasurement(device);
  else if (device.logbook.recorded || device.session.step < 0) tripAlone(device);
  stopSession(device.session, EXIT_TRIPPED);
}

/** The record of what has ended; a hazard that was found after it was written is written down too. */
export function keepTripRecord(device: WearerParts): void {
  if (keepRecord(device)) endByTrip(device);
}

/**
 * The air balance: what the rules on missing and gained air remember (air-rules.ts, flow-rules.ts, book-rules.ts, valve-strength.ts), and those on
 * what the reading answers (fill-rules.ts, flat-rules.ts).
 * A record of its own beside the supervisor's, so that the supervisor's stays short; each slice is written by its own file only.
 * Must never be written by a file that does not own the slice.
 */
import { createRestGain, type RestGain } from './air-rules.ts';
import { type AirBook, createAirBook } from './book-rules.ts';
import { createFillFalls, type FillFalls } from './fall-rules.ts';
import { createFillAnswer, type FillAnswer } from './fill-rules.ts';
import { createFlatness, type Flatness } from './flat-rules.ts';
import { createPumpFlow, type PumpFlow } from './flow-rules.ts';
import { createPulseStrength, type PulseStrength } from './pulse-rules.ts';
import { createValveStrength, type ValveStrength } from './valve-strength.ts';

export interface AirBalance
  extends RestGain,
    PumpFlow,
    FillAnswer,
    FillFalls,
    Flatness,
    AirBook,
    ValveStrength,
    PulseStrength {}

/** What a rule on air takes: its own slice to write, the rest to read. */
export type WritesAir<Slice> = Slice & Readonly<AirBalance>;

export function createAirBalance(): AirBalance {
  const windows = Object.assign(createRestGain(), createPumpFlow());
  const fills = Object.assign(createFillAnswer(), createFillFalls());
  const answers = Object.assign(Object.assign(windows, fills), createFlatness());
  const strengths = Object.assign(createValveStrength(), createPulseStrength());
  return Object.assign(Object.assign(answers, createAirBook()), strengths);
}

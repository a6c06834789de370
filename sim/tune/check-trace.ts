/** Whether a trace can be believed at all. Everything that is wrong is listed. */
import type { Trace } from './trace.ts';

const LEAST_S = 8;
const LEAST_ROWS = 100;
/** Readings that no cuff of ours can have, mmHg. */
const LOW_MMHG = -60;
const HIGH_MMHG = 400;
/** A pump that has run for this long, s, must have moved the reading by so much, mmHg. */
const FLAT_PUMP_S = 3;
const FLAT_MMHG = 5;

function spread(values: readonly number[]): number {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return high - low;
}

function commandProblems(trace: Trace): string[] {
  const problems: string[] = [];
  const check = (name: string, values: readonly number[], low: number, high: number): void => {
    const bad = values.findIndex((value) => !(value >= low && value <= high));
    if (bad >= 0) problems.push(`${name} is ${values[bad]} in row ${bad + 1}; allowed are ${low}..${high}`);
  };
  check('pump', trace.pump, 0, 1000);
  check('bleed', trace.bleedMs, 0, 100);
  check('vent', trace.vent, 0, 1);
  check('setpoint', trace.setpoint, -1, 300);
  return problems;
}

/** All problems; empty = the trace is whole enough to be read. */
export function checkTrace(trace: Trace): string[] {
  const rows = trace.tMs.length;
  const seconds = rows < 2 ? 0 : ((trace.tMs[rows - 1] as number) - (trace.tMs[0] as number)) / 1000;
  if (rows < LEAST_ROWS || !(seconds >= LEAST_S)) {
    return [
      `too little data: ${rows} rows over ${Number.isFinite(seconds) ? seconds.toFixed(1) : '?'} s; needed are ${LEAST_ROWS} rows and ${LEAST_S} s with a fill, a hold and a vent`,
    ];
  }
  const problems = commandProblems(trace);
  const back = trace.tMs.findIndex((t, i) => i > 0 && !(t > (trace.tMs[i - 1] as number)));
  if (back > 0) problems.push(`time does not go forward in row ${back + 1}: ${trace.tMs[back]} ms`);
  if (!(trace.tickMs >= 5 && trace.tickMs <= 100))
    problems.push(`rows are ${trace.tickMs} ms apart; allowed are 5..100`);
  const readings = trace.mmHg.filter((p) => Number.isFinite(p));
  const missing = rows - readings.length;
  if (missing * 10 > rows)
    problems.push(`${missing} of ${rows} readings are missing; at most a tenth may be`);
  const odd = readings.find((p) => p < LOW_MMHG || p > HIGH_MMHG);
  if (odd !== undefined)
    problems.push(
      `a reading of ${odd} mmHg is outside ${LOW_MMHG}..${HIGH_MMHG}: no gauge pressure of a cuff`,
    );
  const pumpS = (trace.pump.filter((duty) => duty > 0).length * trace.tickMs) / 1000;
  if (problems.length === 0 && pumpS >= FLAT_PUMP_S && spread(readings) < FLAT_MMHG) {
    problems.push(
      `the reading moved by ${spread(readings).toFixed(1)} mmHg while the pump ran for ${pumpS.toFixed(0)} s: dead or reversed pump, open valve, hose off, or dead sensor`,
    );
  }
  if (problems.length === 0 && pumpS === 0) problems.push('the pump never ran: there is nothing to identify');
  return problems;
}

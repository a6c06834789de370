/**
 * The commissioning run: a session of its own that fills, holds, steps down by short bleeds, holds, and vents. It is an ordinary
 * protocol, run by the ordinary loop with the supervisor on; on a board it is loaded like any protocol (docs/protocols/commissioning.json).
 */
import { MAX_LOP_PERMILLE } from '../../src/limits.ts';
import { COMMISSIONING } from '../../src/record/box.ts';
import { ACTIVITY_PASSIVE, type Protocol, STEP_REST } from '../../src/session/protocol.ts';
import type { Settings } from '../../src/settings.ts';

/** Setpoints after the first, as a share of it, in permille; 5 s each. Together with the holds it fits into the black box (80 s). */
const STEPS_DOWN = [720, 520, 370, 260, 180];
const HOLD_S = 30;
const STEP_S = 4;
/** Lowest setpoint that is asked for, mmHg. */
const LOWEST = 20;

/** Pressure of the run, mmHg: what the settings allow, 150 at most, 60 at least for anything to be seen. */
export function commissionMmHg(settings: Settings): number {
  const share = (settings.lopMmHg * Math.min(settings.maxLopPermille, MAX_LOP_PERMILLE)) / 1000;
  return Math.floor(Math.min(150, settings.maxMmHg, share));
}

/** Fill, hold, step down, release; then once more to the top and straight down. */
export function commissionProtocol(topMmHg: number): Protocol {
  const step = (mmHg: number, seconds: number): Protocol['steps'][number] => ({
    kind: STEP_REST,
    ms: seconds * 1000,
    permille: 0,
    mmHg,
    rampMmHgPerS: 0,
  });
  const lower = STEPS_DOWN.map((share) => Math.round((topMmHg * share) / 1000)).filter(
    (mmHg) => mmHg >= LOWEST,
  );
  return {
    id: COMMISSIONING,
    activity: ACTIVITY_PASSIVE,
    stage: 0,
    silent: true,
    steps: [
      step(topMmHg, HOLD_S),
      ...lower.map((mmHg) => step(mmHg, STEP_S)),
      step(0, 20),
      step(topMmHg, STEP_S),
    ],
  };
}

/** The session as a protocol file that `npm run protocol` takes (docs/sessions.md). */
export function protocolFile(topMmHg: number): string {
  const phases = commissionProtocol(topMmHg).steps.map((step) => ({
    kind: 'rest',
    seconds: step.ms / 1000,
    cuff: step.mmHg > 0 ? { mmHg: step.mmHg } : 'off',
  }));
  const file = {
    cuffloop: 'protocol',
    version: 1,
    name: COMMISSIONING,
    title: 'Commissioning: fill, hold, step down by bleeds, vent; fill again, vent from the top',
    activity: 'passive',
    stage: 0,
    cues: false,
    phases,
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

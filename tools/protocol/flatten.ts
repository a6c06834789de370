/** From the phases of a file to the flat steps that the device runs. */
import { type Protocol, STEP_EASY, STEP_REST, STEP_WORK, type Step } from '../../src/session/protocol.ts';
import type { Problem } from './problems.ts';
import { ACTIVITIES, type Cuff, type Phase, type ProtocolFile, type SimplePhase } from './schema.ts';

/** Stop unrolling here; far above what a device takes. */
const MOST_STEPS = 5000;

interface Pressure {
  readonly permille: number;
  readonly mmHg: number;
}

const RELEASED: Pressure = { permille: 0, mmHg: 0 };

interface Flat {
  readonly steps: Step[];
  readonly problems: Problem[];
  /** Pressure of the last phase that had one. */
  last: Pressure;
}

function pressureOf(flat: Flat, cuff: Cuff, rise: number, path: string): Pressure {
  if (cuff === 'off') return RELEASED;
  if (cuff === 'on') {
    if (flat.last === RELEASED)
      flat.problems.push({
        path: `${path}.cuff`,
        value: '"on" with no pressure before it',
        allowed: 'a pressure of its own',
      });
    return flat.last;
  }
  const pressure =
    'mmHg' in cuff
      ? { permille: 0, mmHg: cuff.mmHg }
      : { permille: Math.round((cuff.percentLop + rise) * 10), mmHg: 0 };
  flat.last = pressure;
  return pressure;
}

function secondsOf(phase: SimplePhase): number {
  return 'reps' in phase ? phase.reps * phase.tempoS : phase.seconds;
}

function kindOf(phase: SimplePhase, on: boolean): number {
  if (phase.kind === 'easy' || (phase.kind === 'work' && !on)) return STEP_EASY;
  return phase.kind === 'work' ? STEP_WORK : STEP_REST;
}

function addPhase(flat: Flat, phase: SimplePhase, rise: number, path: string): void {
  const pressure = phase.kind === 'easy' ? RELEASED : pressureOf(flat, phase.cuff, rise, path);
  const on = pressure !== RELEASED;
  flat.steps.push({
    kind: kindOf(phase, on),
    ms: Math.round(secondsOf(phase) * 1000),
    ...pressure,
    rampMmHgPerS: phase.kind === 'easy' ? 0 : (phase.rampMmHgPerS ?? 0),
  });
}

function addAll(flat: Flat, phases: readonly Phase[], rise: number, path: string): void {
  for (const [i, phase] of phases.entries()) {
    if (flat.steps.length > MOST_STEPS) return;
    const at = `${path}[${i}]`;
    if (phase.kind !== 'repeat') addPhase(flat, phase, rise, at);
    else
      for (let round = 0; round < phase.times; round++) {
        const last = round === phase.times - 1 && phase.openEnd === true;
        const kept = last ? phase.phases.slice(0, -1) : phase.phases;
        addAll(flat, kept, rise + round * (phase.risePercentLop ?? 0), `${at}.phases`);
      }
  }
}

/** The device's protocol, with what is wrong in how the phases hang together. */
export function flatten(file: ProtocolFile): { protocol: Protocol; problems: Problem[] } {
  const flat: Flat = { steps: [], problems: [], last: RELEASED };
  const easy = (ms: number): Step => ({ kind: STEP_EASY, ms, permille: 0, mmHg: 0, rampMmHgPerS: 0 });
  if (file.warmUpS !== undefined) flat.steps.push(easy(Math.round(file.warmUpS * 1000)));
  addAll(flat, file.phases, 0, 'phases');
  if (file.coolDownS !== undefined) flat.steps.push(easy(Math.round(file.coolDownS * 1000)));
  const protocol: Protocol = {
    id: file.name,
    activity: ACTIVITIES.indexOf(file.activity),
    stage: file.stage ?? 0,
    silent: file.cues === false,
    steps: flat.steps,
  };
  return { protocol, problems: flat.problems };
}

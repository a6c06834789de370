/** A worker of the screen "Tune": identifies a cuff, draws cuffs like it, runs trials on them. It keeps nothing between two orders. */
import { phaseName } from '../../../../src/phases.ts';
import { builtInPlant } from '../../../setup/plants.ts';
import { alike } from '../../../tune/alike.ts';
import { identify } from '../../../tune/identify.ts';
import { readLog } from '../../../tune/read-log.ts';
import { baseFor, simulatedSubject } from '../../../tune/simulated-subject.ts';
import { figuresOfTrial, fitSettings, runTrial, trialProtocol } from '../../../tune/trial.ts';
import { work } from '../../../tune/trial-task.ts';
import { findingsOf, isRefused } from '../../../tune/verdict.ts';
import type { CloudLine, Seen, TuneAnswers, TuneOrder, TuneReply } from './messages.ts';
import { withParts } from './what-if.ts';

const page = self as unknown as {
  onmessage: ((event: MessageEvent<{ readonly id: number; readonly order: TuneOrder }>) => void) | null;
  postMessage(reply: TuneReply): void;
};

/** Volume of the bottle for the second commissioning run, mL; docs/tuning.md. */
const BOTTLE_ML = 500;

type Subject = Omit<Seen, 'findings' | 'refused'> & { readonly seen: Seen['identified'] };

function judged({ seen, ...subject }: Subject): Seen {
  const findings = seen === undefined ? [] : findingsOf(seen, subject.settings.minRailMv, false);
  return { ...subject, findings, refused: isRefused(findings) };
}

function ofPlant({ name, seed }: Extract<TuneOrder, { kind: 'plant' }>): Seen {
  const chosen = builtInPlant(name, 'rest');
  if (chosen === null) throw new Error(`no such cuff: ${name}`);
  const { source, limb, settings, identified, seen, problems } = simulatedSubject(
    chosen,
    baseFor(chosen.plant.limb),
    seed,
    BOTTLE_ML,
  );
  return judged({ source, limb, settings, identified, seen, problems });
}

function ofLog({ name, bytes, arm }: Extract<TuneOrder, { kind: 'log' }>): Seen {
  const limb = arm ? 'arm' : 'thigh';
  const log = readLog(bytes, name);
  const settings = log.settings ?? baseFor(limb);
  if (log.kind === 'record') {
    const problems = ['a session record holds sums, no ticks: nothing can be identified from it'];
    return judged({ source: name, limb, settings, identified: undefined, seen: undefined, problems });
  }
  const { identified, problems } = identify(log.trace);
  return judged({ source: name, limb, settings, identified, seen: identified, problems });
}

function cloud({ on, settings, motion, whatIf }: Extract<TuneOrder, { kind: 'cloud' }>): CloudLine {
  const other = { ...on, plant: withParts(on.plant, whatIf) };
  const log = runTrial(other, fitSettings(settings, other.plant), trialProtocol(motion), motion);
  const { tMs, p2, setpoint, phase } = log.columns;
  const held = (row: number): boolean => ['work', 'rest'].includes(phaseName(phase[row] as number));
  let first = 0;
  while (first < log.rows && !held(first)) first++;
  const from = tMs[first] ?? 0;
  const seconds = Math.max(0, Math.floor(((tMs[log.rows - 1] ?? 0) - from) / 1000));
  const low = new Float32Array(seconds).fill(Number.NaN);
  const high = new Float32Array(seconds).fill(Number.NaN);
  for (let row = first; row < log.rows; row++) {
    const s = Math.floor(((tMs[row] as number) - from) / 1000);
    if (s >= seconds || !((setpoint[row] as number) > 0)) continue;
    const share = (p2[row] as number) / (setpoint[row] as number);
    if (!(share >= (low[s] as number))) low[s] = share;
    if (!(share <= (high[s] as number))) high[s] = share;
  }
  return { low, high, figures: figuresOfTrial(log) };
}

function answer(order: TuneOrder): TuneAnswers[keyof TuneAnswers] {
  if (order.kind === 'plant') return ofPlant(order);
  if (order.kind === 'log') return ofLog(order);
  if (order.kind === 'trial') return work(order.task);
  if (order.kind === 'cloud') return cloud(order);
  const { seen, limb, motion, lopMmHg, seed, count } = order;
  return alike(seen, limb, motion, lopMmHg, seed, count);
}

page.onmessage = ({ data: { id, order } }) => {
  try {
    page.postMessage({ id, answer: answer(order) });
  } catch (error) {
    page.postMessage({ id, problem: error instanceof Error ? error.message : String(error) });
  }
};

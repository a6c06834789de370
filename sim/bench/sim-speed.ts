/** Speed of each level of simulation: the same session, timed. Fastest of several goes, because a busy machine only ever adds time. */
import { FILE_PROGRESS, FILE_SETTINGS } from '../../src/files.ts';
import { defaultSettings, encodeSettings, LOP_ENTERED } from '../../src/settings.ts';
import { CoreLevel } from '../core/core-level.ts';
import type { Interpreter } from '../interpreter/binary.ts';
import type { Level } from '../level/level.ts';
import { Wearer } from '../level/wearer.ts';
import { nominalLimb } from '../plant/limb-params.ts';
import { NOMINAL_THIGH } from '../plant/params.ts';
import { Rig } from '../plant/rig.ts';
import { bareLoop } from './sim-bare.ts';

const LOP = 190;
/** Someone with sessions behind him: the default session is 5 x 3 min of running. */
const PROGRESS = '1,9,9,1,0,0,0';

/** What the device's store holds. */
export function storeTexts(): Record<string, string> {
  const settings = { ...defaultSettings(), lopMmHg: LOP, lopSource: LOP_ENTERED, screening: 1 };
  return { [FILE_SETTINGS]: encodeSettings(settings), [FILE_PROGRESS]: PROGRESS };
}

export function runnersRig(seed: number): Rig {
  return new Rig({ plant: NOMINAL_THIGH, limb: nominalLimb('run'), sensor: 'MPRLS' }, seed);
}

export function coreLevel(seed: number): CoreLevel {
  return new CoreLevel(runnersRig(seed), { files: storeTexts() });
}

/** Steps all levels in turn to `ms`, each with its wearer. */
export function runTogether(levels: readonly Level[], ms: number): void {
  const wearers = levels.map((level) => new Wearer(level, { work: 'run', rest: 'rest', starts: true }));
  let going = true;
  while (going) {
    going = false;
    for (let i = 0; i < levels.length; i++) {
      const level = levels[i] as Level;
      if (level.rig.nowMs >= ms) continue;
      level.nextTick();
      wearers[i]?.look();
      going = true;
    }
  }
}

/**
 * Time that `work` took, ms: the smaller of wall time and this process's CPU time. Both only ever overstate what the simulator's own
 * thread needed, the one when the machine is busy with others, the other when compiler or collector run beside it.
 */
export function timed(work: () => void): number {
  const from = performance.now();
  const cpu = process.cpuUsage();
  work();
  const used = process.cpuUsage(cpu);
  return Math.min(performance.now() - from, (used.user + used.system) / 1000);
}

/** Wall time of `work`, ms: for what runs in another process. */
export function wallTimed(work: () => void): number {
  const from = performance.now();
  work();
  return performance.now() - from;
}

/** The plant alone, as a rig, with the wave and the bang-bang control of the bare loop. */
export function rigAlone(seed: number, ms: number): void {
  const rig = runnersRig(seed);
  rig.setActivity('run');
  rig.valve = 1;
  while (rig.nowMs < ms) {
    rig.advanceTo(rig.nowMs + 40);
    rig.pump = rig.p2 < 90 ? 1 : rig.p2 > 95 ? 0 : rig.pump;
  }
}

export function bareRun(ms: number): void {
  bareLoop(NOMINAL_THIGH, LOP / 2, ms);
}

/** One row: what ran, for how long in simulated ms, how often, and how a level is opened where it takes opening. */
export interface Contender {
  readonly name: string;
  readonly ms: number;
  readonly goes: number;
  /** It runs outside of this process. */
  readonly outside?: boolean;
  /** Opens it (untimed) and returns the timed work; then closes. */
  open(seed: number): Promise<{ run: () => void; close: () => void }>;
}

const NOTHING = (): void => undefined;

function plain(run: () => void): Promise<{ run: () => void; close: () => void }> {
  return Promise.resolve({ run, close: NOTHING });
}

function levelOf(level: Level, ms: number): { run: () => void; close: () => void } {
  return { run: () => runTogether([level], ms), close: () => level.close() };
}

/** Bare loop, rig, core, image and, where there is one, the interpreter. */
export async function contenders(quick: boolean, interpreter: Interpreter | undefined): Promise<Contender[]> {
  const ms = quick ? 120_000 : 600_000;
  const goes = quick ? 5 : 8;
  const rows: Contender[] = [
    { name: 'bare loop', ms, goes, open: () => plain(() => bareRun(ms)) },
    { name: 'rig alone', ms, goes, open: (seed) => plain(() => rigAlone(seed, ms)) },
    { name: 'core', ms, goes, open: (seed) => Promise.resolve(levelOf(coreLevel(seed), ms)) },
  ];
  const { flashed } = await import('../setup/image.ts');
  const files = await flashed('mprls', storeTexts());
  const { ImageLevel } = await import('../board/image-level.ts');
  const imageMs = quick ? 60_000 : 120_000;
  rows.push({
    name: 'image',
    ms: imageMs,
    goes: quick ? 1 : 3,
    open: (seed) => Promise.resolve(levelOf(new ImageLevel(runnersRig(seed), { files }), imageMs)),
  });
  if (interpreter === undefined) return rows;
  const { InterpreterLevel } = await import('../interpreter/interpreter-level.ts');
  const interpreterMs = quick ? 20_000 : 60_000;
  rows.push({
    name: 'interpreter',
    ms: interpreterMs,
    goes: 1,
    outside: true,
    open: (seed) =>
      Promise.resolve(
        levelOf(new InterpreterLevel(runnersRig(seed), { interpreter, files, ram: true }), interpreterMs),
      ),
  });
  return rows;
}

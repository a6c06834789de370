/** Counts turned into what people ask for: ratio to the simplest tick, milliseconds on the board, share of the period. */
import { TICK_MS } from '../../src/limits.ts';
import type { Image } from '../../tools/build/image.ts';
import type { Interpreter } from '../interpreter/binary.ts';
import { countPieces } from './device-count.ts';
import type { Fit } from './device-primitives.ts';
import { BANG_BANG, BANG_PIECES, replayScript, stateOf } from './device-script.ts';
import { PARTS, type Part, type RecordedTick } from './device-session.ts';
import { markStages } from './device-stages.ts';

/** Microseconds of the 64 MHz board for a thousand instructions: likely, and the range (docs/sources.md, time of an instruction). */
export const US_PER_1000 = { likely: 34, low: 28, high: 47 } as const;
/** The sensor's two transfers in a tick, at 100 kHz: address and 3 bytes out, address and 4 bytes in, starts and stops. */
export const BUS_MS = (9 * 4 + 9 * 5 + 4) / 100;

export interface Cost {
  /** Instructions in this interpreter. */
  readonly here: number;
  /** Estimate for the board, in thousands of instructions. */
  readonly armThousands: number;
  /** Estimate for the board, ms with bus time; and its range. */
  readonly ms: number;
  readonly lowMs: number;
  readonly highMs: number;
  /** Of the control period. */
  readonly percent: number;
}

export function costOf(here: number, fit: Fit, busMs: number): Cost {
  const ms = (scale: number, us: number): number => (here * scale * us) / 1e6 + busMs;
  const likely = ms(fit.scale, US_PER_1000.likely);
  return {
    here,
    armThousands: (here * fit.scale) / 1000,
    ms: likely,
    lowMs: ms(fit.low, US_PER_1000.low),
    highMs: ms(fit.high, US_PER_1000.high),
    percent: (likely / TICK_MS) * 100,
  };
}

export interface CountedTick {
  readonly index: number;
  readonly part: Part;
  /** Instructions of the conversion command and of the tick itself. */
  readonly convert: number;
  readonly tick: number;
}

const MARKS = 4;

/**
 * Count the ticks of `recorded` that `wanted` names, and check that the interpreter decided what was recorded. `heard`: bytes that come over the link in
 * a tick; reading them belongs to it.
 */
export async function countTicks(
  interpreter: Interpreter,
  image: Image,
  stored: Readonly<Record<string, string>>,
  recorded: readonly RecordedTick[],
  wanted: (index: number) => boolean,
  heard?: (index: number) => string,
): Promise<CountedTick[]> {
  const replay = replayScript(image.code, stored, recorded, wanted, heard);
  const { pieces, printed } = await countPieces(interpreter, replay.script, replay.files);
  const indices = recorded.map((_, i) => i).filter(wanted);
  checkStates(
    printed,
    indices.map((i) => stateOf(recorded[i] as RecordedTick)),
  );
  if (pieces.length !== indices.length * MARKS)
    throw new Error(`counting: ${pieces.length} pieces for ${indices.length} ticks`);
  return indices.map((index, j) => ({
    index,
    part: recorded[index]?.part ?? 'idle',
    convert: pieces[MARKS * j] ?? Number.NaN,
    tick: pieces[MARKS * j + 2] ?? Number.NaN,
  }));
}

function checkStates(printed: string, expected: readonly (readonly number[])[]): void {
  const seen = printed.split(/\r?\n/).filter((line) => line.startsWith('@'));
  expected.forEach((state, i) => {
    const there = seen[i]?.slice(1) ?? '(nothing)';
    if (there !== JSON.stringify(state))
      throw new Error(
        `replay: [tick, phase, pump, bleedMs, vent, trip] is ${there} in the interpreter, ${JSON.stringify(state)} recorded`,
      );
  });
}

export interface StageCost {
  readonly name: string;
  /** Mean instructions in this interpreter, by part of the session. */
  readonly here: Readonly<Partial<Record<Part, number>>>;
}

/** Mean cost of each stage of the tick, by part. */
export async function countStages(
  interpreter: Interpreter,
  image: Image,
  stored: Readonly<Record<string, string>>,
  recorded: readonly RecordedTick[],
  wanted: (index: number) => boolean,
): Promise<StageCost[]> {
  const tick = [...image.names].find(([, name]) => name === 'src/loop.ts run')?.[0] ?? '';
  const staged = markStages(image.code, tick);
  const replay = replayScript(staged.code, stored, recorded, wanted);
  const { pieces } = await countPieces(interpreter, replay.script, replay.files);
  const indices = recorded.map((_, i) => i).filter(wanted);
  const perTick = pieces.length / indices.length;
  const marks = staged.stages.length + 2;
  if (perTick !== MARKS + marks) throw new Error(`stages: ${perTick} marks a tick, not ${MARKS + marks}`);
  return staged.stages.map((name, s) => {
    const here: Partial<Record<Part, number>> = {};
    for (const part of PARTS) {
      const of = indices
        .map((index, j) => ({ index, j }))
        .filter(({ index }) => recorded[index]?.part === part);
      if (of.length === 0) continue;
      // after the mark that begins the tick: entry, the cost of a mark, then the stages
      const costs = of.map(({ j }) => {
        const first = perTick * j + 3;
        return (pieces[first + 1 + s] ?? Number.NaN) - (pieces[first] ?? Number.NaN);
      });
      here[part] = costs.reduce((sum, c) => sum + c, 0) / costs.length;
    }
    return { name, here };
  });
}

/** Instructions of the simplest tick: mean of its four cases. */
export async function countBangBang(interpreter: Interpreter): Promise<number> {
  const { pieces } = await countPieces(interpreter, BANG_BANG);
  const costs = BANG_PIECES.map((i) => pieces[i] ?? Number.NaN);
  return costs.reduce((sum, c) => sum + c, 0) / costs.length;
}

/**
 * What a program costs a board in time: thousands of instructions, counted as it runs (`counting.ts`), times the board's pace, and the
 * bus. Boards differ by their pace only: they run the same text in the same interpreter.
 */
import { Random } from '../../plant/random.ts';
import { BOARDS, type BoardPace } from '../chips.ts';
import DATA from './board-cost.json' with { type: 'json' };
import { countingCode } from './counting.ts';

/** Paces of the boards by the name that the build knows them by. */
export const PACES: Readonly<Record<string, BoardPace>> = Object.fromEntries(
  Object.entries(BOARDS).map(([name, { pace }]) => [name, pace]),
);

/** The pace of a board. Throws RangeError for a name that has none. */
export function paceOf(board: string): BoardPace {
  const pace = Object.hasOwn(PACES, board) ? PACES[board] : undefined;
  if (pace === undefined)
    throw new RangeError(`no pace of board ${board}; known: ${Object.keys(PACES).join(', ')}`);
  return pace;
}

export type PaceEnd = 'middle' | 'upper' | 'lower';

export interface CostOptions {
  readonly seed: number;
  /** A name of `PACES`; the reference board's unless said otherwise. */
  readonly board?: string;
  /** Which end of the estimate; the middle unless said otherwise. */
  readonly end?: PaceEnd;
  /** Count only: no time passes. */
  readonly timeless?: boolean;
}

type Counting = (counter: Float64Array) => unknown;

/** Texts that count, by the text that was flashed: an image is rewritten once. */
const rewritten = new Map<string, string>();

/** Adds up what one board's program costs. The same seed gives the same collections. */
export class BoardCost {
  readonly #counter = new Float64Array(1);
  readonly #usPerThousand: number;
  readonly #rng: Random;
  readonly #timeless: boolean;
  #extraMs = 0;
  /** Thousands of instructions of all callbacks so far. */
  totalThousands = 0;

  constructor(options: CostOptions) {
    const pace = paceOf(options.board ?? 'jolt');
    this.#timeless = options.timeless === true;
    const end = options.end ?? 'middle';
    this.#usPerThousand =
      end === 'middle' ? pace.usPerThousand : end === 'upper' ? pace.range[1] : pace.range[0];
    this.#rng = new Random(options.seed).fork('collections');
  }

  /** Run `code`, an image, so that it counts; `run` evaluates a text at root scope. */
  evaluate(code: string, run: (text: string) => unknown): unknown {
    let text = rewritten.get(code);
    if (text === undefined) {
      text = countingCode(code);
      rewritten.set(code, text);
    }
    return (run(text) as Counting)(this.#counter);
  }

  /** A callback begins: from here `spentMs` counts. Now and then memory is collected first. */
  begin(): void {
    this.#counter[0] = DATA.callbackThousands / DATA.scale;
    const collects = this.#rng.next() * DATA.callbacksBetweenCollections < 1;
    this.#extraMs = collects ? DATA.collectionMs : 0;
  }

  /** The callback is over. What a harness runs between two of them, to look at the program, counts for nothing. */
  end(): void {
    this.totalThousands += this.thousands;
  }

  /** A native that takes the bus. */
  native(name: string): void {
    this.#extraMs += (DATA.nativesMs as Record<string, number>)[name] ?? 0;
  }

  /** Thousands of instructions since `begin`. */
  get thousands(): number {
    return (this.#counter[0] ?? 0) * DATA.scale;
  }

  /** Time since `begin`, ms. */
  get spentMs(): number {
    if (this.#timeless) return 0;
    return (this.thousands * this.#usPerThousand) / 1000 + this.#extraMs;
  }
}

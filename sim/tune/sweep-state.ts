/**
 * The state of a sweep on disk: one line of head, then a line for each finished plant, written as it is finished. A line that was cut
 * off by a kill is thrown away; numbers are written so that they come back to the last bit. So a sweep that was stopped and goes on
 * gives what it would have given in one go.
 */
import { appendFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { ROWS_BYTES, textOfBytes } from '../../tools/input/bytes-text.ts';
import { bytesOfFile } from '../../tools/input/file-text.ts';
import { readJson } from '../../tools/input/json.ts';
import { FIGURE_NAMES, type Figures } from './trial.ts';

/** What a state belongs to: any difference makes it another sweep. */
export interface SweepHead {
  readonly sweep: 1;
  /** Sum over the sources: results of another program are not mixed in. */
  readonly code: string;
  readonly seed: number;
  readonly n: number;
  readonly motion: string;
  readonly build: string;
  /** Whole sets of settings, in order. */
  readonly sets: readonly Readonly<Record<string, number>>[];
}

/** A state file that cannot be gone on with; says why and what to do. */
export class BadState extends Error {}

function lineOf(index: number, figures: readonly Figures[]): string {
  return JSON.stringify([index, figures.map((f) => FIGURE_NAMES.map((name) => f[name]))]);
}

function figuresOf(values: readonly unknown[]): Figures {
  const out: Partial<Record<keyof Figures, number>> = {};
  for (const [i, name] of FIGURE_NAMES.entries()) {
    const value = values[i];
    // JSON has no NaN: there was none of it
    if (value !== null && typeof value !== 'number') throw new BadState('not a number');
    out[name] = value ?? Number.NaN;
  }
  return out as Figures;
}

/** One plant's line back into numbers; undefined = the line is not whole. */
function parsed(line: string, head: SweepHead): { index: number; figures: Figures[] } | undefined {
  try {
    const [index, rows] = readJson(line, { lines: true }).value as [number, unknown[][]];
    if (!Number.isInteger(index) || index < 0 || index >= head.n || rows.length !== head.sets.length)
      return undefined;
    if (rows.some((row) => row.length !== FIGURE_NAMES.length)) return undefined;
    return { index, figures: rows.map(figuresOf) };
  } catch {
    return undefined;
  }
}

export class SweepState {
  readonly #path: string;
  readonly #head: SweepHead;
  readonly done = new Map<number, Figures[]>();

  /** Opens a state, or begins one. Throws BadState when the file belongs to another sweep. `fresh` begins anew whatever is there. */
  constructor(path: string, head: SweepHead, fresh = false) {
    this.#path = path;
    this.#head = head;
    if (existsSync(path) && !fresh) this.#load();
    mkdirSync(dirname(path), { recursive: true });
    const lines = [...this.done].map(([index, figures]) => lineOf(index, figures));
    writeFileSync(path, `${[JSON.stringify(head), ...lines].join('\n')}\n`);
  }

  /** '' for an empty file. Throws BadState for one that holds no text. */
  #text(): string {
    try {
      const bytes = bytesOfFile(this.#path, ROWS_BYTES);
      return bytes.length === 0 ? '' : textOfBytes(bytes);
    } catch (error) {
      throw new BadState(`${this.#path}: ${(error as Error).message}; name another file with --state`);
    }
  }

  #load(): void {
    const text = this.#text();
    // what follows the last line end was cut off in the writing
    const lines = text.split('\n').slice(0, -1);
    let head: unknown;
    try {
      head = readJson(lines[0] ?? '').value;
    } catch {
      if (text.trim() === '') return;
      throw new BadState(
        `${this.#path}: no state of a sweep; name another file with --state, or begin anew with --fresh`,
      );
    }
    const given = (head ?? {}) as Record<string, unknown>;
    const other = Object.keys(this.#head).filter(
      (key) => JSON.stringify(given[key]) !== JSON.stringify(this.#head[key as keyof SweepHead]),
    );
    if (other.length > 0) {
      const what = other
        .map((key) => (key === 'code' ? 'the sources have changed' : `another ${key}`))
        .join(', ');
      throw new BadState(
        `${this.#path}: the state of another sweep (${what}); name another file with --state, or begin anew with --fresh`,
      );
    }
    for (const line of lines.slice(1)) {
      const entry = parsed(line, this.#head);
      if (entry !== undefined) this.done.set(entry.index, entry.figures);
    }
  }

  /** Write a plant down as soon as it is finished. */
  add(index: number, figures: readonly Figures[]): void {
    const line = lineOf(index, figures);
    appendFileSync(this.#path, `${line}\n`);
    // what is kept is what a later run will read
    this.done.set(index, parsed(line, this.#head)?.figures ?? [...figures]);
  }

  /** All figures in the order of the plants, one list a set of settings; whatever the order of finishing was. */
  bySet(): Figures[][] {
    const order = [...this.done.keys()].sort((a, b) => a - b);
    return this.#head.sets.map((_, set) => order.map((index) => this.done.get(index)?.[set] as Figures));
  }
}

/** The black box of a store: the last ticks before a trip, in order of time. */
import { BOX_BLOCKS, BOX_PARTS, BOX_ROWS, BOX_VERSION, FILE_BOX } from '../../src/record/box.ts';
import { LEVEL_STEPS } from '../../src/record/levels.ts';
import { BLOCK_ROWS, NO_TARGET, OUT_BLANK, OUT_VENT, RING_ROWS } from '../../src/record/recorder.ts';
import type { Texts } from '../../tools/settings/json-store.ts';

export interface BoxRow {
  /** Turn of the tick, 0..3. */
  readonly turn: number;
  readonly mmHg: number;
  /** -1 = vented. */
  readonly setpoint: number;
  readonly pump: number;
  /** -1 = vented. */
  readonly bleedMs: number;
}

export interface BlackBox {
  /** Time between two rows, ms. */
  readonly periodMs: number;
  /** Oldest first; rows that were never written are left out. */
  readonly rows: readonly BoxRow[];
  /** It begins with the first tick since power-up: nothing had happened before. Else its ring has come round. */
  readonly isWhole: boolean;
}

const BLOCKS = RING_ROWS / BLOCK_ROWS;
/** Order of time within a block: turn 3, then 0, 1, 2. The setpoint changes in turn 1. */
const TURNS = [3, 0, 1, 2] as const;

interface Ring {
  readonly levels: Int16Array;
  readonly outs: Int16Array;
  readonly targets: Int16Array;
}

/** Values of two bytes from `text` on at `at`. */
function take(into: Int16Array, from: number, count: number, text: string, at: number): void {
  for (let i = 0; i < count; i++)
    into[from + i] = text.charCodeAt(at + 2 * i) | (text.charCodeAt(at + 2 * i + 1) << 8);
}

/** A reading was cut off towards 0: its middle. */
function mmHgOf(steps: number): number {
  return (steps + Math.sign(steps) / 2) / LEVEL_STEPS;
}

function rowsOf(ring: Ring, current: number): BoxRow[] {
  const rows: BoxRow[] = [];
  let before = NO_TARGET;
  for (let i = 1; i <= BLOCKS; i++) {
    const block = (current + i) % BLOCKS;
    const own = block === current ? NO_TARGET : (ring.targets[block] ?? NO_TARGET);
    const rowsBefore = rows.length;
    for (const turn of TURNS) {
      const at = block * BLOCK_ROWS + turn;
      const out = ring.outs[at] ?? OUT_BLANK;
      if (out === OUT_BLANK) continue;
      const early = (turn === 3 || turn === 0) && before !== NO_TARGET;
      const target = early || own === NO_TARGET ? before : own;
      const vented = out === OUT_VENT;
      rows.push({
        turn,
        mmHg: mmHgOf(ring.levels[at] ?? 0),
        setpoint: vented || target === NO_TARGET ? -1 : target / 10,
        pump: Math.max(0, out),
        bleedMs: vented ? -1 : Math.max(0, -out),
      });
    }
    // a block that was never filled says nothing of the setpoint
    before = rows.length > rowsBefore ? own : NO_TARGET;
  }
  return rows;
}

/** What the ring held, or the reason why there is nothing. */
export function blackBoxOf(texts: Texts): BlackBox | string {
  const ring: Ring = {
    levels: new Int16Array(RING_ROWS),
    outs: new Int16Array(RING_ROWS),
    targets: new Int16Array(BLOCKS),
  };
  let head: number[] = [];
  for (let part = 0; part < BOX_PARTS; part++) {
    let text = texts[FILE_BOX + part];
    if (text === undefined)
      return part === 0
        ? 'no black box: no trip has been recorded'
        : `part ${part} of the black box is missing`;
    if (part === 0) {
      const cut = text.indexOf('\n');
      head = text.slice(0, cut).split(',').map(Number);
      text = text.slice(cut + 1);
      if (head.length === 3 && head[0] !== BOX_VERSION)
        return `the black box is of version ${head[0]}; version ${BOX_VERSION} can be read`;
    }
    if (text.length !== (2 * BOX_ROWS + BOX_BLOCKS) * 2) return `part ${part} of the black box is damaged`;
    take(ring.levels, part * BOX_ROWS, BOX_ROWS, text, 0);
    take(ring.outs, part * BOX_ROWS, BOX_ROWS, text, 2 * BOX_ROWS);
    take(ring.targets, part * BOX_BLOCKS, BOX_BLOCKS, text, 4 * BOX_ROWS);
  }
  const [, periodMs = 0, current = -1] = head;
  if (!(periodMs >= 10 && periodMs <= 100) || !(current >= 0 && current < BLOCKS))
    return 'part 0 of the black box is damaged';
  const rows = rowsOf(ring, current);
  return { periodMs, rows, isWhole: rows.length < RING_ROWS - BLOCK_ROWS };
}

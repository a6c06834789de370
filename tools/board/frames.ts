/** What stands in the lines that a cuff sends. Pure; a line that is not whole gives nothing. */
import { VENTED_MMHG } from '../../src/limits.ts';
import { LIVE_ROWS } from '../../src/link/live.ts';
import { isPressurePhase } from '../../src/phases.ts';
import { LEVEL_STEPS } from '../../src/record/levels.ts';
import { BLOCK_ROWS, NO_TARGET, OUT_BLANK, OUT_VENT, RING_ROWS } from '../../src/record/recorder.ts';
import { crc32 } from '../crc32.ts';
import { bytesOf, textOfBase64 } from '../latin1.ts';

/** What is told where nothing is under way any more: no cuff has more than this unread. */
export const ALL_TAKEN = 255;

/**
 * A question that says that everything was taken, for whoever has not counted: again without a number, as firmware from before link 4 knows it. A cuff
 * answers it once.
 */
export function askAfresh(letter: string): string {
  return `\n~${letter}${ALL_TAKEN}\n~${letter}\n`;
}

/** STOP, and its question. */
export const STOP_TEXT = `\n~S${askAfresh('?')}`;

export interface State {
  readonly phase: number;
  readonly step: number;
  readonly leftS: number;
  /** -1 = vented. */
  readonly setpoint: number;
  readonly mmHg: number;
  readonly trip: number;
  readonly inhibits: number;
}

/** True when the cuff says that it is vented, and that nothing asks for pressure. */
export function saysEmpty(s: State): boolean {
  return !isPressurePhase(s.phase) && s.setpoint < 0 && s.mmHg <= VENTED_MMHG;
}

export interface Hello {
  readonly link: number;
  readonly periodMs: number;
  readonly settingsVersion: number;
  readonly railMv: number;
  readonly poweredS: number;
  readonly board: string;
  readonly sensor: string;
  readonly serial: string;
  readonly version: string;
}

/** One tick of a live frame. */
export interface LiveRow {
  readonly mmHg: number;
  /** permille; 0 while it bleeds or vents. */
  readonly pump: number;
  /** ms; -1 = vented. */
  readonly bleedMs: number;
}

export interface LiveFrame {
  /** Row of the ring after the frame: a gap shows here. */
  readonly base: number;
  /** mmHg, -1 = vented. */
  readonly setpoint: number;
  readonly phase: number;
  readonly step: number;
  readonly railMv: number;
  /** Rows of the ring that it covers: 16, and 8 from firmware before link 4. Of these, rows that were never written are left out. */
  readonly span: number;
  /** In the order of time. */
  readonly rows: readonly LiveRow[];
}

/** Rows of the ring between two frames that never came, 0 = they follow each other. */
export function rowsMissing(before: Pick<LiveFrame, 'base'>, next: Pick<LiveFrame, 'base' | 'span'>): number {
  return (next.base - before.base - next.span + 2 * RING_ROWS) % RING_ROWS;
}

export interface TextPiece {
  readonly number: number;
  readonly from: number;
  /** Length of the whole text, -1 = there is none. */
  readonly total: number;
  readonly piece: string;
}

/** Answer to `~?`: seven numbers; what was no number is NaN. */
export function stateIn(heard: string): State | undefined {
  const match = /~(-?\d+),(-?\d+),(-?\d*),(-?\d*),(-?\d*),(-?\d*),(-?\d*)\r?\n/.exec(heard);
  if (match === null) return undefined;
  const [phase, step, leftS, setpoint, mmHg, trip, inhibits] = match.slice(1).map(numberOf) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  return { phase, step, leftS, setpoint, mmHg, trip, inhibits };
}

function numberOf(word: string | undefined): number {
  return word === undefined || word === '' ? Number.NaN : Number(word);
}

/** The rest of the answer to a question of one letter. */
export function answerIn(heard: string, letter: string): string | undefined {
  return new RegExp(`~${letter}([^~\\r\\n]*)\\r?\\n`).exec(heard)?.[1];
}

export function helloIn(heard: string): Hello | undefined {
  const words = answerIn(heard, 'H')?.split(',');
  if (words === undefined || words.length !== 9) return undefined;
  const [link, periodMs, settingsVersion, railMv, poweredS] = words.map(Number) as [
    number,
    number,
    number,
    number,
    number,
  ];
  const [board = '', sensor = '', serial = '', version = ''] = words.slice(5);
  return { link, periodMs, settingsVersion, railMv, poweredS, board, sensor, serial, version };
}

/** Rows of a frame, and letters of its two halves: of this version, and of firmware from before link 4. */
const FRAMES: readonly (readonly [rows: number, half: number])[] = [
  [LIVE_ROWS, 44],
  [8, 24],
];
/** In a block the row of turn 3 comes first in time, then 0, 1, 2. */
const ORDER = [3, 0, 1, 2] as const;

function frameOf(body: string): LiveFrame | undefined {
  const words = body.split(',');
  const rows = words[5] ?? '';
  const [count, half] = FRAMES.find(([, letters]) => rows.length === 2 * letters) ?? [0, 0];
  if (words.length !== 6 || count === 0) return undefined;
  // two pieces, each with a padding of its own
  const bytes = bytesOf(textOfBase64(rows.slice(0, half)) + textOfBase64(rows.slice(half)));
  if (bytes.length !== 4 * count) return undefined;
  const [base, target, phase, step, railMv] = words.map(Number) as [number, number, number, number, number];
  const view = new DataView(bytes.buffer);
  const ordered = Array.from({ length: count }, (_, i) => {
    const at = Math.floor(i / BLOCK_ROWS) * BLOCK_ROWS + (ORDER[i % BLOCK_ROWS] as number);
    const out = view.getInt16(2 * (count + at), true);
    const row = { mmHg: view.getInt16(2 * at, true) / LEVEL_STEPS, pump: Math.max(0, out) };
    return { out, row: { ...row, bleedMs: out === OUT_VENT ? -1 : Math.max(0, -out) } };
  });
  const rowsSeen = ordered.filter(({ out }) => out !== OUT_BLANK).map(({ row }) => row);
  return {
    base,
    setpoint: target === NO_TARGET ? -1 : target / 10,
    phase,
    step,
    railMv,
    span: count,
    rows: rowsSeen,
  };
}

/** Every whole live frame. */
export function framesIn(heard: string): LiveFrame[] {
  return [...heard.matchAll(/~T([^~\r\n]*)\r?\n/g)].flatMap((match) => frameOf(match[1] ?? '') ?? []);
}

/** The piece of text `number` from byte `from` on; one whose check sum is wrong is none. */
export function pieceIn(heard: string, number: number, from: number): TextPiece | undefined {
  for (const match of heard.matchAll(/(~R(\d+),(\d+),(-?\d+),([A-Za-z0-9+/=]*)),(\d+)\r?\n/g)) {
    const [, line = '', n, at, total, body = '', sum] = match;
    if (Number(n) !== number || Number(at) !== from || crc32(line) !== Number(sum)) continue;
    return { number, from, total: Number(total), piece: textOfBase64(body) };
  }
  return undefined;
}

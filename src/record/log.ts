/**
 * What every session leaves behind: one record of whole numbers and short names, in a ring of slots in flash,
 * the oldest overwritten first. Written on a vented cuff only. A record is JSON, so that any tool can read it.
 */
import type { Core } from '../core.ts';
import { inhibitNames } from '../safety/inhibits.ts';
import { TRIP_NONE, tripName } from '../safety/trips.ts';
import { heldHow } from './held.ts';
import { BLOCK_ROWS, hasRows, LEVEL_STEPS, type Recorder, RING_ROWS } from './recorder.ts';

/** Versions of the record's fields and of the black box: docs/log-format.md. */
export const RECORD_VERSION = 1;
export const BOX_VERSION = 2;
/** Records kept. */
export const RECORD_SLOTS = 24;
/** Files: record n is `cuff.r` + (n mod RECORD_SLOTS); the black box is `cuff.b` + its part. */
export const FILE_RECORD = 'cuff.r';
export const FILE_BOX = 'cuff.b';
/** Name of the protocol after which the black box is kept as after a trip: docs/commissioning.md. */
export const COMMISSIONING = 'commissioning';
/** Parts of the black box, one written a tick; rows and blocks in each. */
export const BOX_PARTS = 16;
export const BOX_ROWS = RING_ROWS / BOX_PARTS;
export const BOX_BLOCKS = BOX_ROWS / BLOCK_ROWS;

/** Name of the slot of session `n`, 1 = the first ever. */
export function recordFile(n: number): string {
  return FILE_RECORD + (n % RECORD_SLOTS);
}

/** The record of the session that has just ended; `n` its number, `felt` FELT_*. */
export function recordText(core: Core, n: number, felt: number): string {
  const s = core.session;
  const r = core.recorder;
  const held = r.moveMs + r.restMs;
  const low = core.regulator.report.low - r.lowAt;
  const high = core.regulator.report.high - r.highAt;
  const weak = core.regulator.report.weak - r.weakAt;
  return JSON.stringify({
    v: RECORD_VERSION,
    n: n,
    fw: core.version,
    dateS: dateIfKnown(core),
    poweredS: seconds(core.tick.now),
    protocol: s.protocol.id,
    stage: core.progress.stage,
    lop: s.lopMmHg,
    estimated: core.estimated ? 1 : 0,
    asked: inhibitNames(core.accepted).join(' '),
    less: s.lessMmHg,
    exit: s.exit,
    step: s.step,
    leftS: seconds(s.leftMs),
    pauses: s.pauses,
    trip: core.supervisor.trip === TRIP_NONE ? '' : tripName(core.supervisor.trip),
    hazard: hazardBeside(core),
    measured: Math.round(core.supervisor.measured),
    allowed: Math.round(core.supervisor.allowed),
    rows: hasRows(r) ? 1 : 0,
    moveS: seconds(r.moveMs),
    moveInPermille: share(r.moveInMs, r.moveMs),
    restS: seconds(r.restMs),
    restInPermille: share(r.restInMs, r.restMs),
    meanErrorTenths: held > 0 ? Math.round((r.errorSum * 10) / held) : 0,
    peak: Math.round(r.peak / LEVEL_STEPS),
    pressureS: seconds(r.heldMs),
    pumpS: seconds(core.supervisor.pumpMs - r.pumpMsAt),
    pumpStarts: r.pumpStarts,
    bleeds: r.bleeds,
    cycles: core.regulator.report.cycles - r.cyclesAt,
    low: low,
    high: high,
    weak: weak,
    held: heldHow(r.moveMs, r.moveInMs, low, high, weak),
    phases: r.phases,
    felt: felt,
    settings: core.settings,
  });
}

/** Code of the hazard that was found after the first cause, '' = none. */
function hazardBeside(core: Core): string {
  const hazard = core.supervisor.hazard;
  return hazard === TRIP_NONE || hazard === core.supervisor.trip ? '' : tripName(hazard);
}

/** The date in s since 1970 where a link has set it since power-up, else 0. */
export function dateIfKnown(core: Core): number {
  return core.clock.trusted ? dateNow(core) : 0;
}

/** Seconds since 1970 by the clock that the link has set. */
function dateNow(core: Core): number {
  return core.clock.baseS + Math.floor(core.tick.now / 1000);
}

function seconds(ms: number): number {
  return Math.round(ms / 1000);
}

function share(part: number, whole: number): number {
  return whole > 0 ? Math.round((part * 1000) / whole) : 0;
}

/**
 * Part `part` of the black box: readings, then what was sent, then setpoints, two bytes a value, low byte first. In front of part 0
 * version, period in ms and the block under way.
 */
export function boxText(r: Recorder, periodMs: number, part: number): string {
  const head = part === 0 ? `${BOX_VERSION},${periodMs},${r.base / BLOCK_ROWS}\n` : '';
  const row = part * BOX_ROWS;
  const block = part * BOX_BLOCKS;
  return (
    head + bytes(r.levels, row, BOX_ROWS) + bytes(r.outs, row, BOX_ROWS) + bytes(r.targets, block, BOX_BLOCKS)
  );
}

function bytes(values: Int16Array, from: number, count: number): string {
  let text = '';
  for (let i = from; i < from + count; i++) {
    const value = values[i] as number;
    text += String.fromCharCode(value & 255, (value >> 8) & 255);
  }
  return text;
}

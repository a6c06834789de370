/**
 * What every session leaves behind: one record of whole numbers and short names, in a ring of slots in flash,
 * the oldest overwritten first. Written on a vented cuff only. A record is JSON, so that any tool can read it.
 */
import type { Core } from '../core.ts';
import { inhibitNames } from '../safety/inhibits.ts';
import { TRIP_NONE, tripRow } from '../safety/trips.ts';
import { RING_TICKS } from './recorder.ts';

/** Version of the record's fields: docs/log-format.md. */
export const RECORD_VERSION = 1;
/** Records kept. */
export const RECORD_SLOTS = 24;
/** Files: record n is `cuff.r` + (n mod RECORD_SLOTS); the black box is `cuff.b` + its part. */
export const FILE_RECORD = 'cuff.r';
export const FILE_BOX = 'cuff.b';
/** Name of the protocol after which the black box is kept as after a trip: docs/commissioning.md. */
export const COMMISSIONING = 'commissioning';
/** Parts of the black box, one written a tick, and ticks in each. */
export const BOX_PARTS = 16;
export const BOX_TICKS = RING_TICKS / BOX_PARTS;

/** Name of the slot of session `n`, 1 = the first ever. */
export function recordFile(n: number): string {
  return FILE_RECORD + (n % RECORD_SLOTS);
}

/** The record of the session that has just ended; `n` its number, `felt` FELT_*. */
export function recordText(core: Core, n: number, felt: number): string {
  const s = core.session;
  const r = core.recorder;
  const held = r.moveMs + r.restMs;
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
    trip: core.supervisor.trip === TRIP_NONE ? '' : tripRow(core.supervisor.trip).code,
    measured: Math.round(core.supervisor.measured),
    allowed: Math.round(core.supervisor.allowed),
    moveS: seconds(r.moveMs),
    moveInPermille: share(r.moveInMs, r.moveMs),
    restS: seconds(r.restMs),
    restInPermille: share(r.restInMs, r.restMs),
    meanErrorTenths: held > 0 ? Math.round((r.errorSum * 10) / held) : 0,
    peak: Math.round(r.peak),
    pressureS: seconds(r.pressureMs),
    pumpS: seconds(r.pumpMs),
    pumpStarts: r.pumpStarts,
    bleeds: r.valveActions,
    weak: core.regulator.report.weak,
    phases: r.phases,
    felt: felt,
    settings: core.settings,
  });
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

/** Part `part` of the black box as bytes, two a value, low byte first; part 0 carries the ring's next row in front. */
export function boxText(ring: Int16Array, row: number, part: number): string {
  const from = part * BOX_TICKS * 4;
  let text = part === 0 ? `${row}\n` : '';
  for (let i = from; i < from + BOX_TICKS * 4; i++) {
    const value = ring[i] as number;
    text += String.fromCharCode(value & 255, (value >> 8) & 255);
  }
  return text;
}

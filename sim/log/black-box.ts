/** The black box of a store: the last ticks before a trip, in order of time. */
import { BOX_PARTS, BOX_TICKS, FILE_BOX } from '../../src/record/log.ts';
import { RING_FIELDS, RING_TICKS } from '../../src/record/recorder.ts';
import type { Texts } from './store-file.ts';

export interface BoxRow {
  readonly mmHg: number;
  /** -1 = vented. */
  readonly setpoint: number;
  readonly pump: number;
  /** -1 = vented. */
  readonly bleedMs: number;
}

/** Rows oldest first, or the reason why there are none. Ticks of the ring that were never written are left out. */
export function blackBoxOf(texts: Texts): BoxRow[] | string {
  const values = new Int16Array(RING_TICKS * RING_FIELDS);
  let next = 0;
  for (let part = 0; part < BOX_PARTS; part++) {
    let text = texts[FILE_BOX + part];
    if (text === undefined)
      return part === 0
        ? 'no black box: no trip has been recorded'
        : `part ${part} of the black box is missing`;
    if (part === 0) {
      const cut = text.indexOf('\n');
      next = Number.parseInt(text.slice(0, cut), 10);
      text = text.slice(cut + 1);
    }
    const each = BOX_TICKS * RING_FIELDS;
    if (text.length !== each * 2 || !(next >= 0 && next < RING_TICKS))
      return `part ${part} of the black box is damaged`;
    for (let i = 0; i < each; i++)
      values[part * each + i] = text.charCodeAt(2 * i) | (text.charCodeAt(2 * i + 1) << 8);
  }
  const rows: BoxRow[] = [];
  for (let i = 0; i < RING_TICKS; i++) {
    const at = ((next + i) % RING_TICKS) * RING_FIELDS;
    const [raw = 0, setpoint = 0, pump = 0, bleed = 0] = values.subarray(at, at + RING_FIELDS);
    if (raw === 0 && setpoint === 0 && pump === 0 && bleed === 0) continue;
    rows.push({ mmHg: raw / 10, setpoint: setpoint < 0 ? -1 : setpoint / 10, pump, bleedMs: bleed });
  }
  return rows;
}

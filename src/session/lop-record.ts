/**
 * A measured occlusion pressure is bound to limb, cuff, posture and date: this text says what it was measured
 * with, and must never let a session that does not fit to it start silently.
 */
import { FILE_LOP } from '../files.ts';
import { BY_CUFF, BY_CUFF_TWICE } from '../occlusion/formula.ts';
import type { Lop } from '../occlusion/lop-state.ts';
import { type LopRecord, lopUse, USE_ASK, USE_NO } from '../occlusion/record.ts';
import { uncertaintyMmHg } from '../occlusion/uncertainty.ts';
import type { StorePort } from '../ports.ts';
import { INHIBIT_LOP_OLD, INHIBIT_LOP_OTHER } from '../safety/inhibits.ts';
import { LOP_MEASURED, type Settings } from '../settings.ts';

/** What of the device these functions use. */
export interface LopParts {
  readonly ports: { readonly store: StorePort };
  readonly settings: Readonly<Settings>;
  readonly measurement: { readonly lop: Readonly<Lop> };
}

/** Write down the measurement that has just been believed; `dateS` 0 = date unknown. Vented only. */
export function keepLop(device: LopParts, dateS: number): void {
  const settings = device.settings;
  const r = device.measurement.lop.result;
  const record: LopRecord = {
    mmHg: settings.lopMmHg,
    spreadMmHg: Math.round(r.spreadMmHg),
    offMmHg: Math.round(uncertaintyMmHg(r)),
    by: device.measurement.lop.careful ? BY_CUFF_TWICE : BY_CUFF,
    limb: settings.limb,
    side: 0,
    widthMm: settings.cuffWidthMm,
    posture: settings.lopPosture + 1,
    dateS: dateS,
    dateTrusted: dateS > 0 ? 1 : 0,
    heartRate: Math.round(r.heartRate),
    notices: r.notices,
  };
  device.ports.store.write(FILE_LOP, JSON.stringify(record));
}

/**
 * INHIBIT_LOP_* bits of the occlusion pressure in the settings; `nowS` 0 = date unknown. A pressure that tools have
 * written since has no record. Posture is asked by the rule of posture.ts. Reads flash: vented only.
 */
export function lopDoubts(device: LopParts, nowS: number): number {
  const settings = device.settings;
  const r = settings.lopSource === LOP_MEASURED ? readLop(device.ports.store.read(FILE_LOP)) : undefined;
  if (r === undefined || r.mmHg !== settings.lopMmHg) return 0;
  const use = lopUse(r, settings.limb, r.side, settings.cuffWidthMm, nowS);
  if (use === USE_NO) return INHIBIT_LOP_OTHER;
  return use === USE_ASK ? INHIBIT_LOP_OLD : 0;
}

function readLop(text: string | undefined): LopRecord | undefined {
  if (text === undefined) return undefined;
  try {
    const record = JSON.parse(text) as LopRecord | null;
    return record === null ? undefined : record;
  } catch (_e) {
    return undefined;
  }
}

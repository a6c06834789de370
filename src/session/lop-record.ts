/**
 * A measured occlusion pressure is bound to limb, cuff, posture and date: this text says what it was measured
 * with, and a session that does not fit to it does not start silently.
 */
import type { Core } from '../core.ts';
import { FILE_LOP } from '../files.ts';
import { INHIBIT_LOP_OLD, INHIBIT_LOP_OTHER } from '../safety/inhibits.ts';
import { LOP_MEASURED } from '../settings.ts';

export const LOP_RECORD_VERSION = 1;
/** Beyond this age the device asks, s: 28 days. Needs both dates. */
export const LOP_AGE_S = 28 * 86400;

interface LopRecord {
  v: number;
  mmHg: number;
  limb: number;
  widthMm: number;
  dateS: number;
}

/** Write down the measurement that has just been believed; `dateS` 0 = date unknown. Vented only. */
export function keepLop(core: Core, dateS: number): void {
  const s = core.settings;
  const r = core.lop.result;
  const record = {
    v: LOP_RECORD_VERSION,
    mmHg: s.lopMmHg,
    limb: s.limb,
    widthMm: s.cuffWidthMm,
    posture: s.lopPosture,
    dateS: dateS,
    careful: core.lop.careful ? 1 : 0,
    spreadTenths: Math.round(r.spreadMmHg * 10),
    heartRate: Math.round(r.heartRate),
    notices: r.notices,
    fw: core.version,
  };
  core.ports.store.write(FILE_LOP, JSON.stringify(record));
}

/** INHIBIT_LOP_* bits of the occlusion pressure in the settings; `nowS` 0 = date unknown. Reads flash: vented only. */
export function lopDoubts(core: Core, nowS: number): number {
  const s = core.settings;
  const record = s.lopSource === LOP_MEASURED ? readLop(core.ports.store.read(FILE_LOP)) : undefined;
  if (record === undefined || record.v !== LOP_RECORD_VERSION || record.mmHg !== s.lopMmHg) return 0;
  if (record.limb !== s.limb || record.widthMm !== s.cuffWidthMm) return INHIBIT_LOP_OTHER;
  const old = nowS > 0 && record.dateS > 0 && !(nowS - record.dateS <= LOP_AGE_S);
  return old ? INHIBIT_LOP_OLD : 0;
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

/**
 * A measured occlusion pressure is bound to limb, cuff, posture and date: this text says what it was measured
 * with, and a session that does not fit to it does not start silently.
 */
import type { Core } from '../core.ts';
import { FILE_LOP } from '../files.ts';
import { BY_CUFF, BY_CUFF_TWICE } from '../occlusion/formula.ts';
import { type LopRecord, lopUse, USE_ASK, USE_NO } from '../occlusion/record.ts';
import { INHIBIT_LOP_OLD, INHIBIT_LOP_OTHER } from '../safety/inhibits.ts';
import { LOP_MEASURED } from '../settings.ts';

/** Write down the measurement that has just been believed; `dateS` 0 = date unknown. Vented only. */
export function keepLop(core: Core, dateS: number): void {
  const s = core.settings;
  const r = core.lop.result;
  const record: LopRecord = {
    mmHg: s.lopMmHg,
    spreadMmHg: Math.round(r.spreadMmHg),
    by: core.lop.careful ? BY_CUFF_TWICE : BY_CUFF,
    limb: s.limb,
    side: 0,
    widthMm: s.cuffWidthMm,
    posture: s.lopPosture + 1,
    dateS: dateS,
    dateTrusted: dateS > 0 ? 1 : 0,
    heartRate: Math.round(r.heartRate),
    notices: r.notices,
  };
  core.ports.store.write(FILE_LOP, JSON.stringify(record));
}

/**
 * INHIBIT_LOP_* bits of the occlusion pressure in the settings; `nowS` 0 = date unknown. A pressure that tools have
 * written since has no record. Posture is asked by the rule of posture.ts. Reads flash: vented only.
 */
export function lopDoubts(core: Core, nowS: number): number {
  const s = core.settings;
  const r = s.lopSource === LOP_MEASURED ? readLop(core.ports.store.read(FILE_LOP)) : undefined;
  if (r === undefined || r.mmHg !== s.lopMmHg) return 0;
  const use = lopUse(r, s.limb, r.side, s.cuffWidthMm, nowS);
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

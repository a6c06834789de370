/** What a commissioning run says about a build: fit for a limb or not, and which part is worth money. Every line: what, measured, allowed, next step. */
import { VENT_LIMIT_MS } from '../../src/limits.ts';
import type { Identified } from './identify.ts';
import type { RecordFigures } from './read-log.ts';

/** `told`: a figure that nothing is decided by. */
export type Grade = 'good' | 'warn' | 'refuse' | 'told';

export interface Finding {
  readonly what: string;
  readonly measured: string;
  readonly allowed: string;
  readonly grade: Grade;
  /** What to do; empty when good or told. */
  readonly next: string;
}

/** A vent from working pressure that takes longer than this is tolerated with a warning, s. */
export const VENT_WARN_S = 10;
export const VENT_REFUSE_S = VENT_LIMIT_MS / 1000;
/** Rise at the top of the fill, mmHg/s: below, strong legs cannot be held / nothing can be held. */
const RISE_WARN = 20;
const RISE_REFUSE = 3;
const LOSS_WARN = 25;
const LOSS_REFUSE = 120;
/** Leak without creep, mmHg/min: a surgical standard allows 6. */
const LEAK_WARN = 10;
const DROP_WARN = 5;
const NOISE_WARN = 0.3;
/** Reserve of the rail over the setting below which a session ends, mV. */
const RAIL_RESERVE = 100;

function grade(value: number, warn: number, refuse: number): Grade {
  if (!(value <= refuse)) return 'refuse';
  return value <= warn ? 'good' : 'warn';
}

function ventFinding(seen: Identified): Finding {
  const allowed = `${VENT_WARN_S} s, at most ${VENT_REFUSE_S} s from ${seen.topMmHg.toFixed(0)} to 15 mmHg`;
  if (seen.ventS === null) {
    return {
      what: 'vent',
      measured: 'not seen',
      allowed,
      grade: 'refuse',
      next: 'No vent down to 15 mmHg is in the log. Run the whole commissioning session; a build whose vent has not been measured is not worn.',
    };
  }
  const g = grade(seen.ventS, VENT_WARN_S, VENT_REFUSE_S);
  return {
    what: 'vent',
    measured: `${seen.ventS.toFixed(1)} s (by ${seen.ventBy})`,
    allowed,
    grade: g,
    next:
      g === 'good'
        ? ''
        : g === 'warn'
          ? 'A slow valve: fit one with a larger opening, or a shorter and wider hose. Until then sit while you wear it.'
          : 'REFUSED: this cuff does not let go fast enough. Fit a larger normally open valve, or a wider hose, and run this again.',
  };
}

function riseFinding(seen: Identified): Finding {
  const g = seen.risePerS >= RISE_WARN ? 'good' : seen.risePerS >= RISE_REFUSE ? 'warn' : 'refuse';
  return {
    what: 'pump',
    measured: `${seen.risePerS.toFixed(1)} mmHg/s near ${seen.topMmHg.toFixed(0)} mmHg, filled in ${seen.fillS.toFixed(1)} s`,
    allowed: `${RISE_WARN} mmHg/s and more`,
    grade: g,
    next:
      g === 'good'
        ? ''
        : 'A weak pump is the first thing that costs you the band: 2 L/min and more at the real rail voltage, a charged battery, no leak.',
  };
}

function lossFinding(seen: Identified, whole: boolean): Finding[] {
  if (seen.lossPerMin === null) {
    return [
      {
        what: 'loss at rest',
        measured: 'cannot be told',
        allowed: `${LOSS_WARN} mmHg/min`,
        grade: whole ? 'refuse' : 'warn',
        next: 'The limb moved, or the hold was too short. Run the commissioning session again on a bottle or a dummy limb: what was not measured has not passed.',
      },
    ];
  }
  const g = grade(seen.lossPerMin, LOSS_WARN, LOSS_REFUSE);
  return [
    {
      what: 'loss at rest',
      measured: `${seen.lossPerMin.toFixed(0)} mmHg/min, ${(seen.lossAfterS ?? 0).toFixed(0)} s after the fill (leak and creep)`,
      allowed: `${LOSS_WARN} mmHg/min`,
      grade: g,
      next:
        g === 'good'
          ? ''
          : 'Find the leak on a rigid bottle: fittings first, then the check valve, then the bladder under water.',
    },
  ];
}

function fallFinding(seen: Identified): Finding[] {
  if (seen.fallPerS === null) return [];
  return [
    {
      what: 'valve',
      measured: `${seen.fallPerS.toFixed(0)} mmHg/s while open near the top`,
      allowed: 'judged by the vent',
      grade: 'told',
      next: '',
    },
  ];
}

function bottleFindings(seen: Identified): Finding[] {
  const b = seen.bottle;
  if (b === null) return [];
  const leak = b.leakPerMin ?? Number.NaN;
  const g: Grade = leak > LEAK_WARN ? 'warn' : 'good';
  return [
    {
      what: 'pump and cuff, by the bottle',
      measured: `${b.flow.toFixed(0)} mL/s near the top; ${b.capacity.toFixed(2)} mL of air a mmHg`,
      allowed: 'told, not judged',
      grade: 'told',
      next: '',
    },
    {
      what: 'leak, by the bottle',
      measured: Number.isNaN(leak) ? 'cannot be told' : `${leak.toFixed(1)} mmHg/min of the cuff`,
      allowed: `${LEAK_WARN} mmHg/min`,
      grade: g,
      next:
        g === 'good'
          ? ''
          : 'Fittings first, then the check valve of the pump: the bladder has no part in it.',
    },
  ];
}

function smallFindings(seen: Identified): Finding[] {
  const list: Finding[] = [];
  if (seen.dropMmHg !== null) {
    const g = grade(seen.dropMmHg, DROP_WARN, Number.POSITIVE_INFINITY);
    list.push({
      what: 'reading over the cuff while pumping',
      measured: `${seen.dropMmHg.toFixed(1)} mmHg`,
      allowed: `${DROP_WARN} mmHg`,
      grade: g,
      next:
        g === 'good'
          ? ''
          : 'The hose stands between sensor and cuff: give the sensor a line of its own to the cuff, or widen barbs and hose.',
    });
  }
  if (seen.noiseMmHg !== null) {
    const g = grade(seen.noiseMmHg, NOISE_WARN, Number.POSITIVE_INFINITY);
    list.push({
      what: 'noise of a reading',
      measured: `${seen.noiseMmHg.toFixed(2)} mmHg SD`,
      allowed: `${NOISE_WARN} mmHg`,
      grade: g,
      next:
        g === 'good'
          ? ''
          : 'A noisy sensor costs the band and refuses to measure LOP: check its supply and lead, or replace it.',
    });
  }
  return list;
}

function railFinding(seen: Identified, minRailMv: number): Finding[] {
  if (seen.railMv === null) return [];
  const low = seen.railMv.least < minRailMv + RAIL_RESERVE;
  return [
    {
      what: 'motor rail',
      measured: `${seen.railMv.idle} mV at rest, ${seen.railMv.least} mV at its lowest`,
      allowed: `${minRailMv + RAIL_RESERVE} mV`,
      grade: low ? 'warn' : 'good',
      next: low
        ? 'Charge the battery, or shorten and thicken its leads: the pump pulls the rail down to where a session ends.'
        : '',
    },
  ];
}

/**
 * All findings, in the order in which a builder should care. `whole`: of a commissioning, in which a loss that was not measured has not
 * passed; the log of a session has none.
 */
export function findingsOf(seen: Identified, minRailMv: number, whole = true): Finding[] {
  return [
    ventFinding(seen),
    riseFinding(seen),
    ...fallFinding(seen),
    ...lossFinding(seen, whole),
    ...bottleFindings(seen),
    ...smallFindings(seen),
    ...railFinding(seen, minRailMv),
  ];
}

export function isRefused(findings: readonly Finding[]): boolean {
  return findings.some((finding) => finding.grade === 'refuse');
}

/** What the sums of a session record say; no setting can be proposed from them, but a part can. */
export function recordAdvice(r: RecordFigures): string[] {
  const lines: string[] = [];
  const minutes = r.pressureS / 60;
  if (!(minutes >= 1))
    return [`only ${r.pressureS} s under pressure: too little to say anything; 60 s are needed`];
  const duty = r.pumpS / r.pressureS;
  if (r.trip !== '')
    lines.push(`it ended with ${r.trip}: read that trip's hint first; tuning cannot help a fault`);
  if (r.weak > 0)
    lines.push(
      `in ${r.weak} cycles the pump ran all the time and was too weak: a pump of 2 L/min and more, or a lower pressure`,
    );
  if (duty > 0.5)
    lines.push(
      `the pump ran ${(100 * duty).toFixed(0)} % of the time: too weak, or a leak; run the commissioning session`,
    );
  if (r.meanErrorMmHg < -4)
    lines.push(`the mean was ${(-r.meanErrorMmHg).toFixed(1)} mmHg too low: it sags; leak or weak pump`);
  if (r.bleeds / minutes > 150)
    lines.push(`${(r.bleeds / minutes).toFixed(0)} bleeds a minute: try --aim chatter on a log with ticks`);
  if (r.restPermille < 950)
    lines.push(`only ${(r.restPermille / 10).toFixed(0)} % within ±5 % at rest: look for a leak`);
  if (lines.length === 0) lines.push('nothing stands out');
  return lines;
}

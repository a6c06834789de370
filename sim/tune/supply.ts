/** Proposals that need no trial: what a log says about the supply and the ceiling. Both only tighten. */
import { checkSettings, LOP_MEASURED, type Settings } from '../../src/settings.ts';
import type { Identified } from './identify.ts';
import type { Change } from './propose.ts';

/** A session drains about 3 mV a minute: 25 min. Rounded up. */
const SESSION_DRAIN_MV = 100;
const STEP_MV = 50;
/** Margin over the highest setpoint that a share of LOP can ask for, mmHg; less than this is not worth a change. */
const MARGIN_MMHG = 5;
const WORTH_MMHG = 20;

/** A session that may start must not end on its own supply: start limit = end limit + what the pump pulls down + what a session drains. */
function startLimit(seen: Identified, s: Settings): Change | undefined {
  if (seen.railMv === null) return undefined;
  const sag = Math.max(0, seen.railMv.idle - seen.railMv.least);
  const to = Math.ceil((s.minRailMv + sag + SESSION_DRAIN_MV) / STEP_MV) * STEP_MV;
  if (!(to > s.minStartMv) || to > seen.railMv.idle) return undefined;
  return {
    name: 'minStartMv',
    from: s.minStartMv,
    to,
    why: `the pump pulls the rail down by ${sag} mV and a session drains about ${SESSION_DRAIN_MV}: a session that starts lower would end by itself at ${s.minRailMv} mV`,
  };
}

/**
 * Nothing asks for more than the share of LOP: a ceiling just above it costs nothing and stops every slip. Only of a LOP that this cuff has
 * measured: one that was entered or estimated may be anybody's, and must not become a limit.
 */
function ceiling(s: Settings): Change | undefined {
  if (!(s.lopMmHg > 0) || s.lopSource !== LOP_MEASURED) return undefined;
  const to = Math.ceil((s.lopMmHg * s.maxLopPermille) / 1000 / MARGIN_MMHG) * MARGIN_MMHG + MARGIN_MMHG;
  if (!(s.maxMmHg - to >= WORTH_MMHG)) return undefined;
  return {
    name: 'maxMmHg',
    from: s.maxMmHg,
    to,
    why: `${s.maxLopPermille / 10} % of your LOP of ${s.lopMmHg} mmHg is ${Math.round((s.lopMmHg * s.maxLopPermille) / 1000)}: nothing you do needs more`,
  };
}

/** Changes that pass the firmware's own check together; none when they do not. */
export function tightenings(seen: Identified, s: Settings): Change[] {
  const list = [startLimit(seen, s), ceiling(s)].filter((change) => change !== undefined);
  const all = Object.fromEntries(list.map((change) => [change.name, change.to]));
  return checkSettings(s, all).settings === undefined ? [] : list;
}

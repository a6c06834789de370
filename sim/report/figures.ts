/** The figures of a run in words: the same rows for the terminal, the page and the picture. */
import type { Metrics } from './metrics.ts';
import type { RunLog } from './run-log.ts';

export type Verdict = 'good' | 'bad' | 'plain';

export interface Figure {
  readonly label: string;
  readonly value: string;
  /** What was to be reached, or an explanation; may be empty. */
  readonly note: string;
  readonly verdict: Verdict;
}

/** Goals of the reference build: as good as the best cuff measured (Swain 2025), and a dump within ISO 81060-1's 10 s. */
export const GOAL_MOVING = 0.95;
export const GOAL_STILL = 0.99;
/** Less rest with the cuff on than this is only the settling of a fill, and says nothing about holding. s */
const SHORTEST_STILL_S = 10;
export const GOAL_OVERSHOOT_MMHG = 6;
export const GOAL_VENT_S = 10;

/** `m:ss` or `h:mm:ss`. */
export function clock(seconds: number): string {
  const whole = Math.round(seconds);
  const s = String(whole % 60).padStart(2, '0');
  const m = Math.floor(whole / 60) % 60;
  const h = Math.floor(whole / 3600);
  return h > 0 ? `${h}:${String(m).padStart(2, '0')}:${s}` : `${m}:${s}`;
}

export function percent(share: number | null, digits = 1): string {
  return share === null ? '–' : `${(share * 100).toFixed(digits)} %`;
}

function judge(good: boolean): Verdict {
  return good ? 'good' : 'bad';
}

function plain(label: string, value: string, note = ''): Figure {
  return { label, value, note, verdict: 'plain' };
}

function bandFigures(m: Metrics): Figure[] {
  const rows: Figure[] = [];
  if (m.moving.within10 !== null) {
    const points =
      m.moving.withinPoints === null ? '' : `, ${percent(m.moving.withinPoints)} within ±10 % LOP`;
    rows.push({
      label: 'In band while moving, ±10 %',
      value: percent(m.moving.within10),
      note: `goal ≥ ${GOAL_MOVING * 100} % of ${clock(m.moving.seconds)}${points}`,
      verdict: judge(m.moving.within10 >= GOAL_MOVING),
    });
  }
  if (m.still.within5 !== null && m.still.seconds >= SHORTEST_STILL_S) {
    rows.push({
      label: 'In band at rest, ±5 %',
      value: percent(m.still.within5),
      note: `goal ≥ ${GOAL_STILL * 100} % of ${clock(m.still.seconds)} with the cuff on`,
      verdict: judge(m.still.within5 >= GOAL_STILL),
    });
  }
  return rows;
}

function signed(value: number): string {
  const text = Math.abs(value).toFixed(1);
  return text === '0.0' ? text : `${value < 0 ? '−' : '+'}${text}`;
}

function pressureFigures(log: RunLog, m: Metrics): Figure[] {
  const lop = log.header.lopMmHg;
  const ofLop = (mmHg: number): string => (lop > 0 ? `${Math.round((mmHg / lop) * 100)} % of LOP` : '');
  const rows: Figure[] = [];
  const high = m.aboveLopSeconds ?? 0;
  rows.push({
    label: 'Highest pressure',
    value: `${m.peakMmHg.toFixed(0)} mmHg`,
    note: `${ofLop(m.peakMmHg)}${lop > 0 ? ', ' : ''}at ${clock(m.peakTMs / 1000)}${high > 0 ? `; above LOP for ${high.toFixed(1)} s` : ''}`,
    verdict: lop > 0 ? judge(high === 0) : 'plain',
  });
  if (m.meanErrorMmHg !== null && m.rmsErrorMmHg !== null) {
    rows.push(
      plain('Mean error', `${signed(m.meanErrorMmHg)} mmHg`, `rms ${m.rmsErrorMmHg.toFixed(1)} mmHg`),
    );
  }
  const { peakMmHg, valleyMmHg } = m.waves;
  if (peakMmHg !== null && valleyMmHg !== null) {
    const share =
      lop > 0
        ? `${Math.round((peakMmHg / lop) * 100)} / ${Math.round((valleyMmHg / lop) * 100)} % of LOP, `
        : '';
    const value = `${peakMmHg.toFixed(0)} / ${valleyMmHg.toFixed(0)} mmHg`;
    rows.push(plain('Wave, mean peak / valley', value, `${share}${m.waves.count} waves`));
  }
  return rows;
}

function fillFigures(m: Metrics, pumpLimitedS: number | null): Figure[] {
  if (m.fills.length === 0) return [];
  const times = m.fills
    .flatMap((fill) => (fill.seconds === null ? [] : [fill.seconds]))
    .sort((a, b) => a - b);
  const missed = m.fills.length - times.length;
  const median = times[Math.floor(times.length / 2)];
  const ratio =
    median !== undefined && pumpLimitedS !== null
      ? `, ${(median / pumpLimitedS).toFixed(2)} × pump-limited`
      : '';
  const count = m.fills.length === 1 ? '1 fill' : `${m.fills.length} fills, median`;
  const overshoot = Math.max(...m.fills.map((fill) => fill.overshootMmHg));
  return [
    {
      label: 'Inflation time',
      value: median === undefined ? 'not reached' : `${median.toFixed(1)} s`,
      note: `${count}${ratio}${missed > 0 ? `; ${missed} not reached` : ''}`,
      verdict: missed > 0 ? 'bad' : 'plain',
    },
    {
      label: 'Overshoot of a fill',
      value: `${overshoot.toFixed(1)} mmHg`,
      note: `goal ≤ ${GOAL_OVERSHOOT_MMHG} mmHg, worst of all`,
      verdict: judge(overshoot <= GOAL_OVERSHOOT_MMHG),
    },
  ];
}

function ventFigures(m: Metrics): Figure[] {
  if (m.vents.length === 0) return [];
  const open = m.vents.filter((vent) => vent.secondsTo15 === null).length;
  const worst = Math.max(...m.vents.map((vent) => vent.secondsTo15 ?? 0));
  return [
    {
      label: 'Vent to 15 mmHg',
      value: open > 0 ? 'not reached' : `${worst.toFixed(1)} s`,
      note: `goal ≤ ${GOAL_VENT_S} s, slowest of ${m.vents.length}`,
      verdict: judge(open === 0 && worst <= GOAL_VENT_S),
    },
  ];
}

function wearFigures(m: Metrics): Figure[] {
  const duty = m.heldPumpDuty === null ? '' : `, ${percent(m.heldPumpDuty, 0)} of full power while holding`;
  const rate =
    m.heldValveActionsPerMin === null ? '' : `${m.heldValveActionsPerMin.toFixed(0)} a minute while holding`;
  return [
    plain('Pump', `${m.pumpSeconds.toFixed(0)} s`, `${m.pumpStarts} starts${duty}`),
    plain('Valve', `${m.valveActions} actions`, rate),
  ];
}

/**
 * All rows, most important first. `pumpLimitedS` = fill time with the pump at full on the same plant, if known. A run that was never
 * under pressure reaches no goal: a device that did nothing did nothing well.
 */
export function figuresOf(log: RunLog, m: Metrics, pumpLimitedS: number | null = null): Figure[] {
  const trips = m.trips.map((trip) => `${clock(trip.tMs / 1000)} ${trip.text}`).join(' · ');
  const rows: Figure[] = [
    ...bandFigures(m),
    ...pressureFigures(log, m),
    ...fillFigures(m, pumpLimitedS),
    ...ventFigures(m),
    plain('Under pressure', clock(m.pressurisedSeconds), `of ${clock(m.seconds)}`),
    ...wearFigures(m),
    {
      label: 'Trips',
      value: m.trips.length === 0 ? 'none' : String(m.trips.length),
      note: trips,
      verdict: judge(m.trips.length === 0),
    },
  ];
  if (m.pressurisedSeconds > 0) return rows;
  return rows.map((row) => (row.verdict === 'good' ? { ...row, verdict: 'plain' } : row));
}

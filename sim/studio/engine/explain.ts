/**
 * One tick in words: what was asked for, what the reading said, what the regulator proposed, what the gate made of it. Everything is read off
 * the core that has just run the tick; nothing is worked out a second time, and nothing is guessed.
 */
import {
  MODE_FILL,
  MODE_LATE,
  MODE_LOCKED,
  MODE_LOOSE,
  MODE_LOWER,
  MODE_REST,
  MODE_SETTLE,
  MODE_TEST,
} from '../../../src/control/mode.ts';
import type { Core } from '../../../src/core.ts';
import { MAX_LOP_PERMILLE, MAX_SETPOINT_MMHG } from '../../../src/limits.ts';
import { phaseName } from '../../../src/phases.ts';
import { tripRow, tripText } from '../../../src/safety/rows/all.ts';
import { clock } from '../../report/figures.ts';

export interface ExplainedLine {
  /** What the line is about. */
  readonly what: string;
  readonly text: string;
}

const MODES: Readonly<Record<number, string>> = {
  [MODE_FILL]: 'filling: the pump runs at full and is stopped early by what will still come through the hose',
  [MODE_SETTLE]: 'settling: it looks with the flow off and adds what is missing in sized pulses',
  [MODE_TEST]: 'testing the valve: a short bleed tells how fast it empties the cuff',
  [MODE_REST]: 'holding a still limb: rare corrections against the mean over a heart beat',
  [MODE_LOOSE]:
    'holding a limb that moves without a known rhythm: it clips what leaves the edges and refills what falls below',
  [MODE_LOCKED]: 'holding a limb in a known rhythm: it looks ahead to the next crest and valley',
  [MODE_LATE]: 'in rhythm, but the next beat is late: it gets ready for a still limb',
  [MODE_LOWER]: 'letting down: half of the excess a tick',
};

function mmHg(value: number): string {
  return `${value.toFixed(1)} mmHg`;
}

function sessionLine(core: Core): ExplainedLine {
  const { phase, step, leftMs, protocol } = core.session;
  const at =
    step < 0 ? '' : `, step ${step + 1} of ${protocol.steps.length}, ${clock(leftMs / 1000)} left in it`;
  return { what: 'Session', text: `${phaseName(phase)}${at}` };
}

/** Which of the three limits is the lowest: that one caps. */
function capText(core: Core): string {
  const { settings, supervisor } = core;
  const lop = settings.lopMmHg;
  const share = Math.min(settings.maxLopPermille, MAX_LOP_PERMILLE);
  const limits: [number, string][] = [
    [settings.maxMmHg, 'your maxMmHg'],
    [MAX_SETPOINT_MMHG, 'the hard limit'],
    [(lop * share) / 1000, `${share / 10} % of your occlusion pressure of ${lop} mmHg`],
  ];
  const [, name] = limits.reduce((least, one) => (one[0] < least[0] ? one : least));
  return `At most ${mmHg(supervisor.limits.ceilingMmHg)} are allowed: ${name} caps.`;
}

function demandLine(core: Core): ExplainedLine {
  const { setpoint } = core.tick;
  if (setpoint === null)
    return { what: 'Setpoint', text: 'none: nothing is asked for, so the cuff is vented and stays so.' };
  const lop = core.settings.lopMmHg;
  const share = lop > 0 ? `, ${((setpoint / lop) * 100).toFixed(0)} % of the occlusion pressure` : '';
  return { what: 'Setpoint', text: `${mmHg(setpoint)}${share}. ${capText(core)}` };
}

function readingLine(core: Core): ExplainedLine {
  const { measuredMmHg, filteredMmHg, fresh, doubtful, setpoint } = core.tick;
  if (Number.isNaN(measuredMmHg)) return { what: 'Reading', text: 'none yet' };
  const off =
    setpoint === null || setpoint === 0 ? '' : `, ${(measuredMmHg - setpoint).toFixed(1)} from the setpoint`;
  const trust = doubtful
    ? ' It is not to be pumped on.'
    : fresh
      ? ''
      : ' It is that of the tick before: no new conversion came.';
  return { what: 'Reading', text: `${mmHg(measuredMmHg)}${off}; smoothed ${mmHg(filteredMmHg)}.${trust}` };
}

function proposed(core: Core): string {
  const { pump, bleedMs, vent } = core.tick;
  if (vent) return 'It proposes to vent.';
  if (pump > 0) return `It proposes the pump at ${(pump / 10).toFixed(0)} %.`;
  if (bleedMs > 0) return `It proposes to open the valve for ${bleedMs.toFixed(0)} ms.`;
  return 'It proposes to do nothing.';
}

function regulatorLine(core: Core): ExplainedLine {
  const { regulator, tick } = core;
  const mode = MODES[regulator.mode];
  if (mode === undefined) return { what: 'Regulator', text: 'has nothing to hold. It proposes to vent.' };
  const moves =
    regulator.mode === MODE_LOOSE || regulator.mode === MODE_LOCKED || regulator.mode === MODE_LATE;
  const cap = moves ? ` No crest is to pass ${mmHg(tick.capMmHg)}.` : '';
  return { what: 'Regulator', text: `${mode}.${cap} ${proposed(core)}` };
}

function gateLine(core: Core): ExplainedLine {
  const { tick: t, supervisor } = core;
  if (t.outVent) {
    const why =
      supervisor.trip !== 0
        ? 'a trip is latched'
        : t.setpoint === null
          ? 'no setpoint stands'
          : 'the proposal is to vent';
    return { what: 'Gate', text: `vents: ${why}. Pump off, valve open.` };
  }
  const sent =
    t.outPump > 0
      ? `pump at ${(t.outPump / 10).toFixed(0)} %, valve shut`
      : t.outBleedMs > 0
        ? `valve open for ${t.outBleedMs} ms, pump off`
        : 'pump off, valve shut';
  const cut = t.pump > 0 && t.outPump === 0 && t.outBleedMs === 0;
  const why = t.doubtful
    ? 'the reading must not be pumped on'
    : 'the reading is being looked at without the pump';
  return {
    what: 'Gate',
    text: cut ? `cuts the pump: ${why}. Sent: ${sent}.` : `lets it through. Sent: ${sent}.`,
  };
}

function tripLine(core: Core): ExplainedLine[] {
  const { trip, measured, allowed } = core.supervisor;
  if (trip === 0) return [];
  return [{ what: `Trip: ${tripRow(trip).name}`, text: tripText(trip, measured, allowed) }];
}

/** The tick that the core has just run. */
export function explainTick(core: Core): ExplainedLine[] {
  return [
    ...tripLine(core),
    sessionLine(core),
    demandLine(core),
    readingLine(core),
    regulatorLine(core),
    gateLine(core),
  ];
}

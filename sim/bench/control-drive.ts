/** Runs one controller through one scenario on one rig and keeps what the true pressure did. It judges nothing. */
import { TIMED_EVERY } from '../../src/pace.ts';
import { TickTiming, type TimingKind } from '../core/tick-timing.ts';
import { Random } from '../plant/random.ts';
import { lopOf, openRig } from './bench-rig.ts';
import type { AnyDraw } from './control-draw.ts';
import type { BenchScenario, Stretch } from './control-scenarios.ts';

/** What a controller is told and what it answers, once a period. */
export interface Control {
  /** Its period, ms. */
  readonly periodMs: number;
  /**
   * @param now ms since the setpoint was given
   * @param mmHg newest gauge reading
   * @param fresh true when it is a new conversion
   * @param target setpoint, null = vent
   */
  step(now: number, mmHg: number, fresh: boolean, target: number | null): void;
  /** What a tick has taken, ms, one in TIMED_EVERY as on the board. */
  took?(ms: number): void;
  /** Answer of the last step: pump duty 0..1, time the valve is open from now on (ms), vent = open and stay so. */
  pump: number;
  bleedMs: number;
  vent: boolean;
}

/** Makes a controller for a draw: target and LOP in mmHg, age of a sample in ms. */
export type ControlMaker = (target: number, lop: number, ageMs: number, noiseMmHg: number) => Control;

export interface Span {
  readonly stretch: Stretch;
  readonly fromMs: number;
  readonly toMs: number;
}

/** The truth of one session. */
export interface Run {
  readonly target: number;
  readonly lop: number;
  /** True cuff pressure every LOG_MS from the time the setpoint was given. */
  readonly p2: Float32Array;
  /** When each tick's outputs were written, ms since the setpoint was given; pump duty (1 = on) and valve opening time (ms) of each. */
  readonly at: Float32Array;
  readonly pump: Float32Array;
  readonly bleed: Float32Array;
  readonly periodMs: number;
  readonly spans: readonly Span[];
  /** Times at which a repetition or stride began, ms. */
  readonly cyclesAt: readonly number[];
}

export const LOG_MS = 10;
/** From the conversion command to the controller's tick. */
const CONVERT_MS = 7;
const ZERO_MS = 800;
/** Within this a movement that stops has faded out. */
const FADE_MS = 360;

/** Age of a sample at the tick that first sees it. */
export function sampleAge(conversionMs: number, start: string, periodMs: number): number {
  if (start === 'direct') return 0;
  if (start === 'free') return conversionMs / 2 + Math.min(conversionMs, periodMs) / 2;
  const half = Math.floor(conversionMs / 2);
  return conversionMs <= CONVERT_MS ? CONVERT_MS - Math.ceil(conversionMs / 2) : periodMs + CONVERT_MS - half;
}

/** Runs one session: the controller meets the plant as the firmware's loop would, with ticks that come as `timing` says. */
export function drive(
  scenario: BenchScenario,
  draw: AnyDraw,
  make: ControlMaker,
  timing: TimingKind = 'exact',
): Run {
  const rig = openRig(draw, scenario.percent);
  const lop = lopOf(draw);
  const target = Math.round(rig.targetMmHg);
  const s = draw.sensor;
  const sample = make(target, lop, 0, s.noiseMmHg);
  const period = sample.periodMs;
  const ctl = make(target, lop, sampleAge(s.conversionMs, s.start, period), s.noiseMmHg);

  let conversions = -1;
  let reading = 0;
  let zeroSum = 0;
  let zeroCount = 0;
  let zero = 0;
  let fresh = false;
  const take = (): void => {
    const got = rig.read();
    fresh = !got.nak && got.conversions !== conversions && got.conversions > 0;
    if (!fresh) return;
    conversions = got.conversions;
    reading = (got.code - s.codeZero) / s.codesPerMmHg - zero;
  };

  // vented: zero the gauge
  for (let now = 0; now < ZERO_MS; now += period) {
    rig.advanceTo(now);
    rig.convert();
    rig.advanceTo(now + CONVERT_MS);
    take();
    if (fresh && now > 100) {
      zeroSum += reading;
      zeroCount += 1;
    }
  }
  zero = zeroCount > 0 ? zeroSum / zeroCount : 0;
  reading = 0;
  conversions = -1;

  const start = Math.ceil(ZERO_MS / period) * period;
  const spans: Span[] = [];
  const cyclesAt: number[] = [];
  const p2: number[] = [];
  const writtenAt: number[] = [];
  const pump: number[] = [];
  const bleed: number[] = [];
  let at = 0;
  let from = 0;
  let stretch = scenario.stretches[0] as Stretch;
  rig.setActivity(stretch.activity);
  let lastCycles = rig.limb.cycles;
  let fading = 0;

  let shutAt = Number.POSITIVE_INFINITY;
  const advance = (to: number): void => {
    for (let now = rig.nowMs; now < to; now = rig.nowMs) {
      let stop = now + LOG_MS - (now % LOG_MS);
      if (stop > to) stop = to;
      if (shutAt > now && shutAt < stop) stop = shutAt;
      rig.advanceTo(stop);
      if (stop >= shutAt) {
        rig.valve = 1;
        shutAt = Number.POSITIVE_INFINITY;
      }
      if (stop % LOG_MS === 0 && stop > start) p2.push(rig.p2);
    }
  };

  const ticks = new TickTiming(timing, period, new Random(draw.seed));
  for (;;) {
    const times = ticks.next();
    // the first tick belongs to the start
    const base = start + times.convertAt - period;
    advance(base);
    rig.convert();
    const now = base - start;
    if (rig.limb.cycles !== lastCycles) {
      lastCycles = rig.limb.cycles;
      if (stretch.kind === 'move') cyclesAt.push(now);
    }
    const over =
      stretch.reps !== undefined ? lastCycles > stretch.reps : now - from >= (stretch.seconds ?? 0) * 1000;
    if (over && now > from) {
      spans.push({ stretch, fromMs: from + fading, toMs: now });
      // a movement that stops fades out within 0.35 s: that belongs to neither
      fading = stretch.kind === 'move' ? FADE_MS : 0;
      from = now;
      at += 1;
      const next = scenario.stretches[at];
      if (next === undefined) break;
      stretch = next;
      rig.setActivity(stretch.activity);
      if (stretch.kind === 'move') lastCycles = 0;
    }
    const late = times.tickAt - times.convertAt - CONVERT_MS;
    advance(base + CONVERT_MS + late);
    take();
    ctl.step(now + late, reading, fresh, stretch.kind === 'deflate' ? null : target);
    const written = base + times.driveAt - times.convertAt;
    advance(written);
    rig.pump = ctl.pump;
    const open = ctl.vent ? period : ctl.bleedMs;
    writtenAt.push(written - CONVERT_MS - start);
    if (writtenAt.length % TIMED_EVERY === 0) ctl.took?.(times.endAt - times.tickAt);
    pump.push(ctl.pump);
    bleed.push(open);
    rig.valve = open > 0 ? 0 : 1;
    shutAt = ctl.vent || open <= 0 ? Number.POSITIVE_INFINITY : written + open;
  }
  return {
    target,
    lop,
    p2: Float32Array.from(p2),
    at: Float32Array.from(writtenAt),
    pump: Float32Array.from(pump),
    bleed: Float32Array.from(bleed),
    periodMs: period,
    spans,
    cyclesAt,
  };
}

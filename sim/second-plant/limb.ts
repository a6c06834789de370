/**
 * The limb of the second family: what it pushes into the cuff over time. Strides remember each other, the cadence drifts, the ground goes
 * up and down, people stumble and stop. Drawn by time and by cycle, never by pressure.
 */
import type { Activity } from '../plant/limb-params.ts';
import type { Random } from '../plant/random.ts';

/** Cycles of gait or repetitions as a person makes them. Sizes are what a sealed cuff at the training pressure would show. */
export interface SecondMotion {
  readonly mmHg: number;
  readonly hz: number;
  /** Amplitudes of the harmonics 2 to 4 against the first, and phases of all four, turns. */
  readonly harmonics: readonly number[];
  readonly phases: readonly number[];
  /** Foot-strike: share of the wave, frequency, Hz. */
  readonly strike: number;
  readonly strikeHz: number;
  /** Spread and memory (0..1) of stride times and sizes. */
  readonly timeSd: number;
  readonly sizeSd: number;
  readonly memory: number;
  /** Drift of the cadence, share, and its period, s. */
  readonly drift: number;
  readonly driftS: number;
  /** Terrain: how much it changes the size, share (SD), and how long a slope is, s. */
  readonly terrain: number;
  readonly terrainS: number;
  /** One cycle in so many is a stumble; mean time between two stops, s, 0 = never. */
  readonly stumbleIn: number;
  readonly stopEveryS: number;
  /** Shift of the base line while moving, share of the wave. */
  readonly tone: number;
}

export interface SecondWearer {
  readonly legpress: SecondMotion;
  readonly walk: SecondMotion;
  readonly run: SecondMotion;
  readonly pulseMmHg: number;
  readonly pulseHz: number;
  readonly breathMmHg: number;
  readonly breathHz: number;
  readonly mayerMmHg: number;
  readonly swelling: number;
  readonly swellingS: number;
  readonly postureEveryS: number;
}

function gait(r: Random, mmHg: number, hz: number, strike: number): SecondMotion {
  return {
    mmHg,
    hz,
    harmonics: [r.range(0.35, 0.9), r.range(0.05, 0.3), r.range(0, 0.2)],
    phases: [r.next(), r.next(), r.next(), r.next()],
    strike,
    strikeHz: r.range(7, 18),
    timeSd: r.range(0.015, 0.045),
    sizeSd: r.range(0.04, 0.11),
    memory: r.range(0.2, 0.8),
    drift: r.range(0, 0.05),
    driftS: r.range(15, 60),
    terrain: r.range(0, 0.15),
    terrainS: r.range(12, 40),
    stumbleIn: 60,
    stopEveryS: r.chance(0.5) ? r.range(25, 70) : 0,
    tone: r.range(-0.1, 0.12),
  };
}

/**
 * One person. The sizes were set once, on what plain controllers score here and on other models (bang-bang of 2 mmHg: 77, 93 and 79 % of the
 * time within 10 % in leg press, walking and running), and never on the regulator.
 */
export function drawWearer(rng: Random): SecondWearer {
  const r = rng.fork('wearer');
  const press = gait(r, r.lognormal(37, 0.32, 12, 76), r.range(0.36, 0.58), 0);
  return {
    legpress: { ...press, timeSd: r.range(0.03, 0.08), stopEveryS: 0, terrain: 0, stumbleIn: 25 },
    walk: gait(r, r.lognormal(15, 0.28, 5, 38), r.range(0.78, 1.1), r.range(0.02, 0.15)),
    run: gait(r, r.lognormal(19.5, 0.28, 8, 55), r.range(1.18, 1.55), r.range(0.08, 0.4)),
    pulseMmHg: r.lognormal(1.2, 0.5, 0.4, 3),
    pulseHz: r.range(0.9, 1.8),
    breathMmHg: r.lognormal(0.6, 0.5, 0.2, 1.6),
    breathHz: r.range(0.16, 0.34),
    mayerMmHg: r.range(0, 0.8),
    swelling: r.range(0, 0.06),
    swellingS: r.range(60, 150),
    postureEveryS: r.chance(0.5) ? r.range(40, 200) : 0,
  };
}

const POINTS = 512;

/** One cycle of gait as volume, 0 to 1. */
function gaitTable(m: SecondMotion): Float64Array {
  const table = new Float64Array(POINTS);
  for (let i = 0; i < POINTS; i += 1) {
    const x = i / POINTS;
    let v = Math.sin(2 * Math.PI * (x + (m.phases[0] as number)));
    for (let k = 0; k < 3; k += 1)
      v += (m.harmonics[k] as number) * Math.sin(2 * Math.PI * ((k + 2) * x + (m.phases[k + 1] as number)));
    table[i] = v;
  }
  const low = Math.min(...table);
  const high = Math.max(...table);
  return table.map((v) => (v - low) / (high - low));
}

/** Smooth step from 0 to 1. */
function ramp(x: number): number {
  return x <= 0 ? 0 : x >= 1 ? 1 : (1 - Math.cos(Math.PI * x)) / 2;
}

const DT = 1 / 1000;
/** A movement fades in and out within so many s. */
const FADE_S = 0.3;

/** Volume over time, 1 ms a step. */
export class SecondLimb {
  /** Cycles begun since the movement started. */
  cycles = 0;
  /** mL pushed into the cuff now. */
  ml = 0;
  readonly #w: SecondWearer;
  readonly #r: Random;
  readonly #heart: Random;
  readonly #mlPerMmHg: number;
  readonly #target: number;
  #motion: SecondMotion | null = null;
  #press = false;
  #table: Float64Array = new Float64Array(POINTS);
  #last: SecondMotion | null = null;
  #gain = 0;
  #phase = 0;
  #hz = 1;
  #size = 1;
  #time = 0;
  #memory = 0;
  #sizeMemory = 0;
  #terrain = 0;
  #stopLeftS = 0;
  /** Ends of lift, hold and lowering in a repetition, shares of it. */
  #rep = [0.25, 0.4, 0.7];
  #beat = 0;
  #beatHz: number;
  #breath = 0;
  #mayer = 0;
  #posture = 0;
  #postureTo = 0;
  #swell = 0;

  constructor(wearer: SecondWearer, rng: Random, mlPerMmHg: number, targetMmHg: number) {
    this.#w = wearer;
    this.#r = rng.fork('moves');
    this.#heart = rng.fork('heart');
    this.#mlPerMmHg = mlPerMmHg;
    this.#target = targetMmHg;
    this.#beatHz = wearer.pulseHz;
  }

  /** What the wearer does from now on. */
  setActivity(kind: Activity): void {
    const w = this.#w;
    this.#press = kind === 'legpress' || kind === 'curl';
    const to = this.#press
      ? w.legpress
      : kind === 'walk'
        ? w.walk
        : kind === 'run' || kind === 'cycle'
          ? w.run
          : null;
    if (to === this.#motion) return;
    this.#motion = to;
    if (to === null) return;
    this.#last = to;
    if (!this.#press) this.#table = gaitTable(to);
    this.#phase = 0;
    this.cycles = 1;
    this.#stopLeftS = 0;
    this.#newCycle(to);
  }

  #newCycle(m: SecondMotion): void {
    const r = this.#r;
    const keep = m.memory;
    const fresh = Math.sqrt(1 - keep * keep);
    const flat = Math.exp(-1 / (m.hz * m.terrainS));
    this.#terrain = flat * this.#terrain + Math.sqrt(1 - flat * flat) * r.gauss();
    this.#memory = keep * this.#memory + fresh * r.gauss();
    this.#sizeMemory = keep * this.#sizeMemory + fresh * r.gauss();
    const drift = m.drift * Math.sin((2 * Math.PI * this.#time) / m.driftS);
    this.#hz = m.hz * Math.exp(m.timeSd * this.#memory + drift) * (1 - 0.2 * m.terrain * this.#terrain);
    this.#size = Math.max(0.3, 1 + m.sizeSd * this.#sizeMemory + m.terrain * this.#terrain);
    if (r.int(m.stumbleIn) === 0) this.#size *= r.range(0.65, 1.35);
    const lift = r.range(0.2, 0.32);
    const hold = lift + r.range(0.02, 0.15);
    this.#rep = [lift, hold, hold + r.range(0.2, 0.34)];
    if (m.stopEveryS > 0 && r.chance(1 / (m.stopEveryS * m.hz))) this.#stopLeftS = r.range(1.5, 5);
  }

  /** Shape of a repetition, 0..1. */
  #repetition(x: number): number {
    const [lift = 0, hold = 0, down = 1] = this.#rep;
    if (x < lift) return ramp(x / lift);
    if (x < hold) return 1;
    return x < down ? 1 - ramp((x - hold) / (down - hold)) : 0;
  }

  #moving(m: SecondMotion): number {
    this.#phase += this.#hz * DT;
    if (this.#phase >= 1) {
      this.#phase -= 1;
      this.cycles += 1;
      this.#newCycle(m);
    }
    const x = this.#phase;
    if (this.#press) return this.#size * this.#repetition(x);
    const at = x * POINTS;
    const i = Math.floor(at);
    const a = this.#table[i] as number;
    const b = this.#table[(i + 1) % POINTS] as number;
    const since = x / this.#hz;
    const strike = m.strike * Math.sin(2 * Math.PI * m.strikeHz * since) * Math.exp(-since / 0.06);
    return this.#size * (a + (b - a) * (at - i) + strike);
  }

  /** One ms later: mL pushed into the cuff. `mmHg` is the cuff's pressure, which only the pulse depends on. */
  step(mmHg: number): number {
    this.#time += DT;
    const m = this.#last;
    let wave = 0;
    if (m !== null) {
      if (this.#stopLeftS > 0) this.#stopLeftS -= DT;
      const goes = this.#motion !== null && this.#stopLeftS <= 0;
      const to = goes ? 1 : 0;
      const step = DT / FADE_S;
      this.#gain = this.#gain < to ? Math.min(to, this.#gain + step) : Math.max(to, this.#gain - step);
      if (goes) wave = m.mmHg * this.#gain * (this.#moving(m) + m.tone);
      else if (this.#gain > 0) wave = m.mmHg * this.#gain * (this.#held() + m.tone);
    }
    this.ml = (wave + this.#quiet(mmHg)) * this.#mlPerMmHg;
    return this.ml;
  }

  /** Where the movement has stopped. */
  #held(): number {
    if (this.#press) return this.#size * this.#repetition(this.#phase);
    return this.#size * (this.#table[Math.floor(this.#phase * POINTS)] as number);
  }

  /** Pulse, breath, slow waves, posture and swelling, mmHg. */
  #quiet(mmHg: number): number {
    const w = this.#w;
    this.#breath = (this.#breath + w.breathHz * DT) % 1;
    this.#mayer = (this.#mayer + 0.1 * DT) % 1;
    const breath = Math.sin(2 * Math.PI * this.#breath);
    this.#beat += this.#beatHz * DT;
    if (this.#beat >= 1) {
      this.#beat -= 1;
      this.#beatHz = w.pulseHz * (1 + 0.04 * breath + 0.02 * this.#heart.gauss());
    }
    const x = this.#beat;
    const beat = x < 0.15 ? ramp(x / 0.15) : Math.exp(-(x - 0.15) / 0.3);
    if (w.postureEveryS > 0 && this.#heart.chance(DT / w.postureEveryS))
      this.#postureTo = this.#heart.range(-0.06, 0.06) * this.#target;
    this.#posture += ((this.#postureTo - this.#posture) * DT) / 0.3;
    if (mmHg > 20) this.#swell += ((w.swelling * this.#target - this.#swell) * DT) / w.swellingS;
    return (
      w.pulseMmHg * beat +
      (w.breathMmHg / 2) * breath +
      w.mayerMmHg * Math.sin(2 * Math.PI * this.#mayer) +
      this.#posture +
      this.#swell
    );
  }
}

import { beforeAll, describe, expect, it } from 'vitest';
import { ImageLevel } from '../../sim/board/image-level.ts';
import { nominalLimb } from '../../sim/plant/limb-params.ts';
import { NOMINAL_THIGH } from '../../sim/plant/params.ts';
import { Random } from '../../sim/plant/random.ts';
import { Rig } from '../../sim/plant/rig.ts';
import { flashed } from '../../sim/setup/image.ts';
import { FILE_PROGRESS, FILE_SETTINGS } from '../../src/files.ts';
import { isPressurePhase, PHASE_READY, phaseName } from '../../src/phases.ts';
import { type Protocol, STEP_REST, STEP_WORK } from '../../src/session/protocol.ts';
import { encodeProtocol } from '../../src/session/stored.ts';
import { defaultSettings, encodeSettings } from '../../src/settings.ts';

/** Short steps of every kind, so that a walk of a few minutes meets all phases. */
const SHORT: Protocol = {
  id: 'short',
  activity: 0,
  stage: 0,
  steps: [
    { kind: STEP_WORK, ms: 7000, permille: 400, mmHg: 0, rampMmHgPerS: 0 },
    { kind: STEP_REST, ms: 25000, permille: 0, mmHg: 0, rampMmHgPerS: 0 },
    { kind: STEP_REST, ms: 12000, permille: 300, mmHg: 0, rampMmHgPerS: 0 },
  ],
};

let files: Record<string, string>;

beforeAll(async () => {
  const settings = { ...defaultSettings(), lopMmHg: 190, lopSource: 1, protocol: 25 };
  files = await flashed('mprls', {
    [FILE_SETTINGS]: encodeSettings(settings),
    [FILE_PROGRESS]: '2,9,9,5,0,0,0,0,0',
    'cuff.p0': encodeProtocol(SHORT),
  });
}, 60_000);

type Gesture = 'one' | 'two' | 'three' | 'hold' | 'stop' | 'service';
const GESTURES: readonly Gesture[] = ['one', 'one', 'one', 'two', 'three', 'hold', 'hold', 'stop', 'service'];

/** The model: where a gesture on an empty cuff may lead. What is not listed changes nothing but by time. */
const MODEL: Readonly<Record<string, Partial<Record<Gesture, readonly string[]>>>> = {
  idle: { one: ['ready', 'fill', 'idle'], hold: ['posture'] },
  // it asks for 15 s only: a late answer is an order to an idle device
  posture: {
    one: ['ready', 'lop', 'fill', 'idle'],
    two: ['ready', 'lop', 'idle'],
    three: ['ready', 'lop', 'idle'],
    hold: ['idle', 'posture'],
  },
  released: { one: ['paused'], hold: ['deflate', 'done'], stop: ['paused'], service: ['paused'] },
  paused: { one: ['ready', 'fill', 'paused', 'released'], hold: ['deflate', 'done'] },
  done: { one: ['idle'], two: ['idle'], three: ['idle'], hold: ['idle'] },
};
/** What the mere passing of two or three seconds may do. */
const BY_TIME: Readonly<Record<string, readonly string[]>> = {
  idle: [],
  posture: ['idle'],
  released: ['fill', 'rest', 'work'],
  paused: ['deflate', 'done'],
  deflate: ['done', 'idle'],
  done: ['idle'],
};
/** Where a press under pressure leads. */
const STOPPED = ['paused', 'deflate', 'idle', 'done'];

class Walk {
  readonly level: ImageLevel;
  readonly log: string[] = [];
  /** Phase after the last gesture. */
  was = 'idle';

  constructor(seed: number) {
    const rig = new Rig({ plant: NOMINAL_THIGH, limb: nominalLimb('run'), sensor: 'MPRLS' }, seed);
    rig.setActivity('rest');
    this.level = new ImageLevel(rig, { files });
    this.run(9);
  }

  get phase(): string {
    return phaseName(this.level.view.phase);
  }

  /** Under pressure, on the way there, or not empty yet. */
  get stops(): boolean {
    const { phase } = this.level.view;
    return isPressurePhase(phase) || phase === PHASE_READY || this.level.rig.p2 > 18;
  }

  run(seconds: number): void {
    const until = this.level.board.nowMs + seconds * 1000;
    while (this.level.board.nowMs < until) this.level.nextTick();
  }

  push(button: number, ms: number): void {
    const { level } = this;
    const at = level.board.nowMs + 1;
    const stops = this.stops;
    level.button(button, true, at);
    level.button(button, false, at + ms);
    level.board.advanceTo(at + 1);
    if (stops && (level.rig.valve !== 0 || level.rig.pump !== 0))
      throw new Error(`not vented 1 ms after button ${button}: ${this.log.join(' ')}`);
    level.board.advanceTo(at + ms + 1);
    level.nextTick();
    if (stops && level.view.vent !== 1) throw new Error(`the release shut the valve: ${this.log.join(' ')}`);
  }

  /** Do a gesture and hold the outcome against the model. */
  step(gesture: Gesture): void {
    const before = this.phase;
    const stops = this.stops;
    const doubtful = this.level.rig.p2 > 8 && this.level.rig.p2 <= 18;
    this.log.push(`${before}+${gesture}`);
    if (gesture === 'stop') this.push(2, 120);
    else if (gesture === 'service') this.push(0, 120);
    else if (gesture === 'hold') this.push(1, 2300);
    else
      for (let n = 0; n < { one: 1, two: 2, three: 3 }[gesture]; n++) {
        if (n > 0) this.run(0.2);
        this.push(1, 120);
      }
    this.run(1);
    const after = this.phase;
    const byTime = [before, ...(BY_TIME[before] ?? [])];
    const ordered = MODEL[before]?.[gesture] ?? byTime;
    const allowed = doubtful ? [...STOPPED, ...ordered, ...byTime] : stops ? STOPPED : ordered;
    // while the finger or a burst is on, a released rest may have run out, and the press then stopped the fill
    const late = before === 'released' ? ['paused', 'fill', 'ready'] : [];
    // the question has run out in between: what comes within 1.5 s is a late answer
    if (before === 'idle' && (this.was === 'posture' || this.was === 'done')) late.push('idle');
    this.was = after;
    if (!allowed.includes(after) && !late.includes(after))
      throw new Error(`${this.log.slice(-6).join(' ')} led to ${after}, allowed are ${allowed.join(', ')}`);
    if (stops && this.level.view.vent !== 1)
      throw new Error(`inflated after a press under pressure: ${this.log.join(' ')}`);
  }
}

describe('the button at image level', () => {
  const met = new Set<string>();

  for (const seed of [1, 2, 3]) {
    it(`a random walk of 70 gestures does what the model says, seed ${seed}`, () => {
      const walk = new Walk(seed);
      const r = new Random(seed);
      const seen = new Set<string>();
      for (let i = 0; i < 70; i++) {
        walk.run(r.int(40) < 25 ? 0.3 + r.int(4) : 6 + r.int(18));
        seen.add(walk.phase);
        walk.step(GESTURES[r.int(GESTURES.length)] ?? 'one');
        if (walk.phase === 'tripped') throw new Error(`tripped: ${walk.log.slice(-4).join(' ')}`);
      }
      walk.level.close();
      for (const phase of seen) met.add(phase);
    }, 120_000);
  }

  it('the walks have met every phase that a wearer can be in', () => {
    for (const phase of ['idle', 'posture', 'lop', 'fill', 'work', 'released', 'paused', 'done'])
      expect([...met]).toContain(phase);
  });

  it('a burst at any moment of a released rest never fills before the finger is off', () => {
    const walk = new Walk(9);
    walk.push(1, 120);
    while (walk.phase !== 'released') walk.level.nextTick();
    while (walk.level.view.leftMs > 6500) walk.level.nextTick();
    const at = walk.level.board.nowMs + 1;
    walk.level.button(1, true, at);
    while (walk.level.board.nowMs < at + 4500) {
      walk.level.nextTick();
      expect([walk.phase, walk.level.view.vent]).toEqual(['released', 1]);
    }
    walk.level.button(1, false, walk.level.board.nowMs + 1);
    walk.run(1);
    expect(['deflate', 'done']).toContain(walk.phase);
    walk.level.close();
  });
});

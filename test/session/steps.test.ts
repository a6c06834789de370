/** The session's own rules, one by one, on ticks that are written here: no device, no plant. */
import { describe, expect, it } from 'vitest';
import { RELEASE_MS, VENTED_MMHG } from '../../src/limits.ts';
import {
  PHASE_DEFLATE,
  PHASE_DONE,
  PHASE_FILL,
  PHASE_IDLE,
  PHASE_LOP,
  PHASE_PAUSED,
  PHASE_POSTURE,
  PHASE_READY,
  PHASE_RELEASED,
  PHASE_REST,
  PHASE_TRIPPED,
  PHASE_WORK,
} from '../../src/phases.ts';
import { type Protocol, STEP_REST, STEP_WORK, type Step } from '../../src/session/protocol.ts';
import {
  beginSteps,
  createSession,
  EXIT_COMPLETE,
  EXIT_NONE,
  EXIT_NOT_READY,
  EXIT_STOPPED,
  EXIT_TRIPPED,
  enterPhase,
  notReady,
  OWED,
  OWED_NOT,
  OWED_UNKNOWN,
  pauseSession,
  resumeSession,
  type Session,
  startSession,
  stepSession,
  stopSession,
  toIdle,
} from '../../src/session/session.ts';
import { createTick, type Tick } from '../../src/tick.ts';

const LOP = 200;
const LAP = 200;
const on = (seconds: number, permille: number, more: Partial<Step> = {}): Step => ({
  kind: STEP_WORK,
  ms: seconds * 1000,
  permille,
  mmHg: 0,
  rampMmHgPerS: 0,
  ...more,
});
const off = (seconds: number): Step => on(seconds, 0, { kind: STEP_REST });
const protocol = (...steps: Step[]): Protocol => ({ id: 'mine', activity: 0, stage: 0, steps });

/** A session with its ticks. */
class Walk {
  readonly s: Session;
  readonly t: Tick = createTick(50);
  filled = false;

  constructor(...steps: Step[]) {
    this.s = createSession(protocol(...steps));
    startSession(this.s, protocol(...steps), LOP);
    this.t.lapMs = LAP;
    this.reads(0);
  }

  /** A believed reading, or with `doubtful` one that is not. */
  reads(mmHg: number, doubtful = false): this {
    this.t.filteredMmHg = mmHg;
    this.t.doubtful = doubtful;
    return this;
  }

  /** So many laps. */
  laps(n: number): this {
    for (let i = 0; i < n; i++) stepSession(this.s, this.t, this.filled);
    return this;
  }

  /** Into the fill of the first step. */
  fill(): this {
    beginSteps(this.s);
    return this;
  }

  /** ... and into its work, after a fill of `laps`. */
  work(laps = 5): this {
    this.fill().laps(laps - 1);
    this.filled = true;
    return this.laps(1);
  }

  /** Into the released rest that follows a first step of one second. */
  released(): this {
    this.work().laps(5);
    this.filled = false;
    this.s.owed = OWED_NOT;
    return this;
  }
}

describe('a start', () => {
  it('knows nothing of the session before', () => {
    const w = new Walk(on(60, 500));
    Object.assign(w.s, {
      step: 3,
      leftMs: 9,
      exit: EXIT_STOPPED,
      fillMs: 9,
      pauses: 9,
      releases: 9,
      phaseMs: 9,
      settledMs: 9,
    });
    w.s.owed = OWED;
    startSession(w.s, protocol(on(1, 400)), 180);
    expect(w.s).toMatchObject({
      phase: PHASE_READY,
      phaseMs: 0,
      step: -1,
      leftMs: 0,
      exit: EXIT_NONE,
      fillMs: 0,
      pauses: 0,
      releases: 0,
      settledMs: 0,
      owed: OWED_UNKNOWN,
      lopMmHg: 180,
    });
    expect(w.s.protocol.steps[0]?.permille).toBe(400);
  });
  it('that finds no zero is given up after 30 s, vented all the time, and ends idle', () => {
    const w = new Walk(on(60, 500)).laps(150);
    expect([w.s.phase, w.s.setpoint]).toEqual([PHASE_READY, null]);
    w.laps(1);
    expect([w.s.phase, w.s.exit, w.s.setpoint]).toEqual([PHASE_DEFLATE, EXIT_NOT_READY, null]);
    w.laps(5);
    expect([w.s.phase, w.s.step]).toEqual([PHASE_IDLE, -1]);
  });
  it('after a pause that finds none goes back to the pause', () => {
    const w = new Walk(on(60, 500)).work();
    pauseSession(w.s);
    resumeSession(w.s);
    expect(w.s.phase).toBe(PHASE_READY);
    w.laps(151);
    expect([w.s.phase, w.s.exit]).toEqual([PHASE_PAUSED, EXIT_NONE]);
    notReady(w.s);
    expect(w.s.phase).toBe(PHASE_PAUSED);
  });
});

describe('fill and work', () => {
  it('the setpoint of the step is asked for from the first lap of the fill, whatever its ramp, less what the wearer takes off', () => {
    const w = new Walk(on(60, 500, { rampMmHgPerS: 1 }));
    w.s.lessMmHg = 10;
    w.fill();
    expect([w.s.phase, w.s.step, w.s.leftMs]).toEqual([PHASE_FILL, 0, 60_000]);
    expect(w.laps(1).s.setpoint).toBe(90);
  });
  it('work begins when it is filled, and only its own time counts; the fill is remembered', () => {
    const w = new Walk(on(60, 500)).work(7);
    expect([w.s.phase, w.s.phaseMs, w.s.fillMs, w.s.leftMs]).toEqual([PHASE_WORK, 0, 7 * LAP, 60_000]);
    w.laps(3);
    expect([w.s.leftMs, w.s.phaseMs, w.s.setpoint]).toEqual([60_000 - 3 * LAP, 3 * LAP, 100]);
  });
  it('one step follows the other under pressure: a rest with the cuff on is no fill', () => {
    const w = new Walk(on(1, 500), on(1, 300, { kind: STEP_REST }), on(1, 400)).work();
    w.laps(4);
    expect([w.s.phase, w.s.step]).toEqual([PHASE_WORK, 0]);
    w.laps(1);
    expect([w.s.phase, w.s.step, w.s.leftMs]).toEqual([PHASE_REST, 1, 1000]);
    expect(w.laps(1).s.setpoint).toBe(60);
    w.laps(4);
    expect([w.s.phase, w.s.step]).toEqual([PHASE_WORK, 2]);
    w.laps(5);
    expect([w.s.phase, w.s.exit]).toEqual([PHASE_DEFLATE, EXIT_COMPLETE]);
    expect(w.laps(1).s.setpoint).toBeNull();
  });
  it('a changed setpoint is approached along its ramp, up and down, and not passed', () => {
    const ramp = { rampMmHgPerS: 35 };
    const w = new Walk(on(1, 500), on(1, 550, ramp), on(1, 490, ramp)).work().laps(5);
    const asked = (): (number | null)[] => [1, 2, 3].map(() => w.laps(1).s.setpoint);
    expect(asked()).toEqual([107, 110, 110]);
    w.laps(2);
    expect(w.s.step).toBe(2);
    expect(asked()).toEqual([103, 98, 98]);
  });
  it('a step that is not there is a release', () => {
    const w = new Walk(on(60, 500));
    w.s.step = 9;
    beginSteps(w.s);
    expect([w.s.phase, w.laps(1).s.setpoint]).toEqual([PHASE_RELEASED, null]);
  });
  it('a ramp of 0 is no ramp', () => {
    const w = new Walk(on(1, 500), on(1, 550)).work().laps(5);
    expect(w.laps(1).s.setpoint).toBe(110);
  });
  it('without a setpoint of the step nothing is asked for', () => {
    const w = new Walk(on(60, 500)).work().laps(1);
    w.s.target = null;
    w.laps(1);
    expect([w.s.setpoint, w.s.ramped]).toEqual([null, 0]);
  });
});

describe('a released rest', () => {
  it('asks for a vent, and the refill begins as much before its end as the last fill took', () => {
    const w = new Walk(on(1, 500), off(10), on(1, 450)).released();
    expect([w.s.phase, w.s.step, w.s.leftMs]).toEqual([PHASE_RELEASED, 1, 10_000]);
    w.laps(44);
    expect([w.s.phase, w.s.setpoint, w.s.ramped]).toEqual([PHASE_RELEASED, null, 0]);
    w.laps(1);
    expect([w.s.phase, w.s.step, w.s.leftMs]).toEqual([PHASE_FILL, 2, 1000]);
    expect(w.laps(1).s.setpoint).toBe(90);
  });
  it.each<[string, number, boolean, boolean]>([
    ['an empty cuff', VENTED_MMHG, false, true],
    ['one that is not empty', VENTED_MMHG + 1 / 10, false, false],
    ['a reading in doubt, however low', 0, true, false],
    ['no reading', Number.NaN, false, false],
  ])('a refill is begun on %s, or not', (_name, mmHg, doubtful, begins) => {
    const w = new Walk(on(1, 500), off(10), on(1, 500)).released().reads(mmHg, doubtful).laps(60);
    expect(w.s.phase === PHASE_FILL).toBe(begins);
    if (begins) return;
    w.reads(0).laps(1);
    expect(w.s.phase).toBe(PHASE_FILL);
  });
  it('nor is it begun under the wearer’s finger', () => {
    const w = new Walk(on(1, 500), off(10), on(1, 500)).released();
    w.s.busy = true;
    expect(w.laps(60).s.phase).toBe(PHASE_RELEASED);
    w.s.busy = false;
    expect(w.laps(1).s.phase).toBe(PHASE_FILL);
  });
  it('before another release it needs no empty cuff and takes its whole time, and the last one ends the session', () => {
    const w = new Walk(on(1, 500), off(10), off(5)).released().reads(99, true);
    w.s.owed = OWED;
    expect(w.laps(49).s.step).toBe(1);
    w.laps(1);
    expect([w.s.phase, w.s.step, w.s.leftMs]).toEqual([PHASE_RELEASED, 2, 5000]);
    w.laps(25);
    expect([w.s.phase, w.s.exit]).toEqual([PHASE_DEFLATE, EXIT_COMPLETE]);
  });
  it('waits while it has not been looked at whether a release is owed, and its time goes on', () => {
    const w = new Walk(on(1, 500), off(10), on(1, 500)).released();
    w.s.owed = OWED_UNKNOWN;
    w.laps(60);
    expect([w.s.phase, w.s.leftMs]).toEqual([PHASE_RELEASED, -2000]);
  });
  it('waits for a release that is owed, its time standing, and asks after twice three minutes more', () => {
    const w = new Walk(on(1, 500), off(10), on(1, 500)).released();
    w.s.owed = OWED;
    const laps = (10_000 + 2 * RELEASE_MS) / LAP;
    w.laps(laps);
    expect([w.s.phase, w.s.leftMs]).toEqual([PHASE_RELEASED, w.s.fillMs]);
    expect(w.laps(1).s.phase).toBe(PHASE_PAUSED);
  });
  it('is a pause once what bars the refill has lasted for two seconds, and not before', () => {
    const w = new Walk(on(1, 500), off(10), on(1, 500)).released();
    w.s.barred = true;
    w.laps(54);
    expect([w.s.phase, w.s.leftMs]).toEqual([PHASE_RELEASED, w.s.fillMs - 1800]);
    expect(w.laps(1).s.phase).toBe(PHASE_PAUSED);
    const goes = new Walk(on(1, 500), off(10), on(1, 500)).released();
    goes.s.barred = true;
    goes.laps(54);
    goes.s.barred = false;
    expect(goes.laps(1).s.phase).toBe(PHASE_FILL);
  });
  it('that is as short as a fill has two seconds all the same', () => {
    const w = new Walk(on(1, 500), off(1), on(1, 500)).work(40).laps(5);
    w.s.owed = OWED_NOT;
    w.s.barred = true;
    expect(w.laps(10).s.phase).toBe(PHASE_RELEASED);
    expect(w.laps(1).s.phase).toBe(PHASE_PAUSED);
  });
  it('a bar before a release is none', () => {
    const w = new Walk(on(1, 500), off(10), off(5)).released();
    w.s.barred = true;
    expect(w.laps(50).s.step).toBe(2);
  });
});

describe('a pause', () => {
  it('without a step under way is an end: there is nothing to go on with', () => {
    const w = new Walk(on(60, 500));
    pauseSession(w.s);
    expect([w.s.phase, w.s.exit, w.s.pauses]).toEqual([PHASE_DEFLATE, EXIT_STOPPED, 0]);
    expect(w.laps(1).s.setpoint).toBeNull();
  });
  it('in the first step or a later one can be gone on with, from what was left of it and through a fill', () => {
    const w = new Walk(on(60, 500, { rampMmHgPerS: 1 })).work().laps(10);
    pauseSession(w.s);
    expect([w.s.phase, w.s.exit, w.s.pauses]).toEqual([PHASE_PAUSED, EXIT_NONE, 1]);
    w.laps(1);
    expect([w.s.setpoint, w.s.ramped]).toEqual([null, 0]);
    resumeSession(w.s);
    beginSteps(w.s);
    expect([w.s.phase, w.s.step, w.s.leftMs]).toEqual([PHASE_FILL, 0, 60_000 - 10 * LAP]);
    w.filled = false;
    expect(w.laps(1).s.setpoint).toBe(100);
  });
  it('ends by itself after five minutes', () => {
    const w = new Walk(on(60, 500)).work();
    pauseSession(w.s);
    expect(w.laps(1500).s.phase).toBe(PHASE_PAUSED);
    w.laps(1);
    expect([w.s.phase, w.s.exit]).toEqual([PHASE_DEFLATE, EXIT_STOPPED]);
  });
});

describe('the end', () => {
  it('keeps its first reason, and a trip has a phase of its own', () => {
    const w = new Walk(on(60, 500)).work();
    stopSession(w.s, EXIT_STOPPED);
    stopSession(w.s, EXIT_TRIPPED);
    expect([w.s.phase, w.s.exit]).toEqual([PHASE_TRIPPED, EXIT_STOPPED]);
    expect(w.laps(9).s.setpoint).toBeNull();
    expect(w.s.phase).toBe(PHASE_TRIPPED);
  });
  it('waits for a cuff that is seen empty for a second in a row: a doubt begins it again', () => {
    const w = new Walk(on(60, 500)).work();
    stopSession(w.s, EXIT_STOPPED);
    w.reads(VENTED_MMHG + 1).laps(50);
    expect(w.s.phase).toBe(PHASE_DEFLATE);
    w.reads(0).laps(4).reads(0, true).laps(1).reads(0).laps(4);
    expect(w.s.phase).toBe(PHASE_DEFLATE);
    expect(w.laps(1).s.phase).toBe(PHASE_DONE);
    expect(w.s.setpoint).toBeNull();
  });
  it('asks for a minute how it felt, then it is idle and no step is under way', () => {
    const w = new Walk(on(60, 500)).work();
    stopSession(w.s, EXIT_STOPPED);
    w.laps(5);
    expect(w.laps(300).s.phase).toBe(PHASE_DONE);
    w.laps(1);
    expect([w.s.phase, w.s.step, w.s.leftMs]).toEqual([PHASE_IDLE, -1, 0]);
  });
  it('to idle: nothing is under way', () => {
    const w = new Walk(on(60, 500)).work();
    toIdle(w.s);
    expect([w.s.phase, w.s.step, w.s.leftMs]).toEqual([PHASE_IDLE, -1, 0]);
  });
});

it('phases that belong to no step ask for nothing, a measurement’s own demand is left alone', () => {
  for (const phase of [
    PHASE_IDLE,
    PHASE_READY,
    PHASE_DEFLATE,
    PHASE_DONE,
    PHASE_TRIPPED,
    PHASE_PAUSED,
    PHASE_POSTURE,
    99,
  ]) {
    const w = new Walk(on(60, 500)).work().laps(1);
    enterPhase(w.s, phase);
    w.laps(1);
    expect([w.s.setpoint, w.s.ramped], String(phase)).toEqual([null, 0]);
  }
  const w = new Walk(on(60, 500)).work().laps(1);
  enterPhase(w.s, PHASE_LOP);
  expect(w.laps(1).s.setpoint).toBe(100);
});

/** The short way of a session under pressure: where it is taken, it does what the long one does. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PHASE_FILL, PHASE_REST, PHASE_WORK } from '../../src/phases.ts';
import { passTime } from '../../src/session/mid-step.ts';
import { type Protocol, STEP_REST, STEP_WORK } from '../../src/session/protocol.ts';
import {
  beginSteps,
  createSession,
  type Session,
  startSession,
  stepSession,
} from '../../src/session/session.ts';
import { createTick, type Tick } from '../../src/tick.ts';

const protocol: Protocol = {
  id: 'mine',
  activity: 0,
  stage: 0,
  steps: [
    { kind: STEP_WORK, ms: 3000, permille: 500, mmHg: 0, rampMmHgPerS: 0 },
    { kind: STEP_REST, ms: 4000, permille: 300, mmHg: 0, rampMmHgPerS: 10 },
    { kind: STEP_REST, ms: 2000, permille: 0, mmHg: 0, rampMmHgPerS: 0 },
  ],
};

/** A session that has just been filled for its first step. */
function held(): { session: Session; t: Tick } {
  const session = createSession(protocol);
  const t = createTick(50);
  startSession(session, protocol, 200);
  beginSteps(session);
  t.lapMs = 200;
  stepSession(session, t, false);
  stepSession(session, t, true);
  stepSession(session, t, true);
  t.setpoint = session.setpoint;
  expect([session.phase, session.setpoint]).toEqual([PHASE_WORK, 100]);
  return { session, t };
}

describe('time that passes in the midst of a step', () => {
  it('does what a step of the session does, and is refused where that does more', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 40, max: 700 }), { minLength: 1, maxLength: 40 }), (laps) => {
        const { session, t } = held();
        for (const lapMs of laps) {
          t.lapMs = lapMs;
          const other = { ...session };
          const before = { ...session };
          stepSession(other, t, true);
          const short = passTime(session, t);
          if (short) expect(session).toEqual(other);
          else {
            expect(session).toEqual(before);
            stepSession(session, t, true);
          }
          t.setpoint = session.setpoint;
        }
      }),
      { seed: 3, numRuns: 60 },
    );
  });
  it('is the common case of work and of a rest with the cuff on', () => {
    const { session, t } = held();
    expect(passTime(session, t)).toBe(true);
    expect([session.phaseMs, session.leftMs]).toEqual([400, 2600]);
    session.phase = PHASE_REST;
    expect(passTime(session, t)).toBe(true);
    session.phase = PHASE_FILL;
    expect(passTime(session, t)).toBe(false);
  });
  it('is refused where the step ends, the setpoint moves, or another one was asked for', () => {
    const at = (change: Partial<Session>, asked: Partial<Tick> = {}): boolean => {
      const { session, t } = held();
      return passTime(Object.assign(session, change), Object.assign(t, asked));
    };
    expect(at({ leftMs: 201 })).toBe(true);
    expect(at({ leftMs: 200 })).toBe(false);
    expect(at({ leftMs: Number.NaN })).toBe(false);
    expect(at({ target: 90 })).toBe(false);
    expect(at({}, { setpoint: null })).toBe(false);
    expect(at({}, { setpoint: 99 })).toBe(false);
  });
});

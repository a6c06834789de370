import { describe, expect, it } from 'vitest';
import { MAX_ARM_MS, MAX_LEG_MS } from '../../src/limits.ts';
import { builtInProtocol, PROTOCOL_COUNT, PROTOCOL_INTRO } from '../../src/session/library.ts';
import {
  type Protocol,
  pressureTimeMs,
  protocolFits,
  STEP_WORK,
  stepSetpoint,
} from '../../src/session/protocol.ts';

function one(change: Partial<Protocol['steps'][number]>): Protocol {
  const step = { kind: STEP_WORK, ms: 60000, permille: 500, mmHg: 0, rampMmHgPerS: 0, ...change };
  return { id: 'x', activity: 0, stage: 0, steps: [step] };
}

describe('protocols', () => {
  it('every built-in one fits a leg with LOP 190 and 80 % as ceiling', () => {
    for (let i = 0; i < PROTOCOL_COUNT; i++) {
      const p = builtInProtocol(i);
      expect(protocolFits(p, 190, 152, MAX_LEG_MS), p.id).toBe(true);
    }
  });

  it('an index outside of the library gives the introduction', () => {
    for (const i of [-1, PROTOCOL_COUNT, 1.5, Number.NaN]) {
      expect(builtInProtocol(i).id).toBe(builtInProtocol(PROTOCOL_INTRO).id);
    }
  });

  it('a share of 50 % of 190 is 95 mmHg, less 10 is 85, never below 20', () => {
    const step = one({}).steps[0] as Protocol['steps'][number];
    expect(stepSetpoint(step, 190, 0)).toBe(95);
    expect(stepSetpoint(step, 190, 10)).toBe(85);
    expect(stepSetpoint(step, 190, 90)).toBe(20);
    expect(stepSetpoint({ ...step, permille: 0 }, 190, 0)).toBeNull();
  });

  it('counts time under pressure over rests that are too short for a full release', () => {
    const p = builtInProtocol(0);
    expect(pressureTimeMs(p, 0)).toBe(900000);
    const passive = builtInProtocol(11);
    expect(pressureTimeMs(passive, 0)).toBe(300000);
  });

  const bad: [string, Partial<Protocol['steps'][number]>][] = [
    ['801 permille', { permille: 801 }],
    ['negative share', { permille: -1 }],
    ['a share that is not a number', { permille: Number.NaN }],
    ['251 mmHg', { mmHg: 251 }],
    ['a pressure above the ceiling', { mmHg: 153 }],
    ['below the lowest setpoint', { mmHg: 19 }],
    ['an endless step', { ms: Number.POSITIVE_INFINITY }],
    ['a step of half a second', { ms: 500 }],
    ['longer than 20 min', { ms: 1200001 }],
    ['an unknown kind', { kind: 4 }],
    ['a ramp that is not a number', { rampMmHgPerS: Number.NaN }],
  ];
  for (const [name, change] of bad) {
    it(`refuses ${name}`, () => {
      expect(protocolFits(one({}), 190, 152, MAX_LEG_MS)).toBe(true);
      expect(protocolFits(one(change), 190, 152, MAX_LEG_MS)).toBe(false);
    });
  }

  it('refuses 18 min under pressure on an arm', () => {
    expect(protocolFits(one({ ms: 1080000 }), 190, 152, MAX_LEG_MS)).toBe(true);
    expect(protocolFits(one({ ms: 1080000 }), 190, 152, MAX_ARM_MS)).toBe(false);
  });

  it('refuses no steps at all', () => {
    expect(protocolFits({ id: 'x', activity: 0, stage: 0, steps: [] }, 190, 152, MAX_LEG_MS)).toBe(false);
  });
});

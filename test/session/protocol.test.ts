import { describe, expect, it } from 'vitest';
import { MAX_ARM_MS, MAX_LEG_MS, MAX_SESSION_MS, MAX_SESSION_PRESSURE_MS } from '../../src/limits.ts';
import { builtInProtocol, PROTOCOL_COUNT, PROTOCOL_INTRO } from '../../src/session/library.ts';
import {
  ASSUMED_FILL_MS,
  isFullRelease,
  isStepOn,
  lengthMs,
  MAX_STEPS,
  type Protocol,
  pressureLeftMs,
  pressureTimeMs,
  protocolFits,
  raiseBy,
  STEP_EASY,
  STEP_REST,
  STEP_WORK,
  type Step,
  sessionPressureMs,
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

const step = (change: Partial<Step>): Step => ({ ...(one({}).steps[0] as Step), ...change });
const on = (ms: number): Step => step({ ms });
const off = (ms: number): Step => step({ kind: STEP_REST, ms, permille: 0 });
const of = (...steps: Step[]): Protocol => ({ id: 'x', activity: 0, stage: 0, steps });

describe('what the progression puts on top', () => {
  const raised = (permille: number, extra: number): number => {
    const p = one({ permille });
    raiseBy(p, extra);
    return (p.steps[0] as Step).permille;
  };
  it.each<[string, number, number, number]>([
    ['a share grows by it', 500, 50, 550],
    ['to the hard limit', 750, 50, 800],
    ['and never beyond: 80 % is all there is', 780, 50, 800],
    ['nor from the limit on', 800, 100, 800],
    ['a release stays a release', 0, 50, 0],
    ['nothing on top changes nothing', 500, 0, 500],
    ['less than nothing neither', 500, -50, 500],
    ['nor what is no number', 500, Number.NaN, 500],
    ['where nothing is added, too much stays what it is and is refused later', 801, 0, 801],
  ])('%s', (_name, permille, extra, becomes) => {
    expect(raised(permille, extra)).toBe(becomes);
  });
  it('holds for every step with a share and for none in mmHg', () => {
    const p = of(step({ permille: 400 }), step({ permille: 0, mmHg: 90 }), step({ permille: 790 }));
    raiseBy(p, 100);
    expect(p.steps.map((s) => [s.permille, s.mmHg])).toEqual([
      [500, 0],
      [0, 90],
      [800, 0],
    ]);
  });
});

describe('the edges of a step', () => {
  const fits = (change: Partial<Step>, ceiling = 250, lop = 300): boolean =>
    protocolFits(one(change), lop, ceiling, MAX_LEG_MS);
  it.each<[string, Partial<Step>, boolean]>([
    ['no kind', { kind: 0 }, false],
    ['a kind that is no number', { kind: Number.NaN }, false],
    ['the last kind', { kind: STEP_EASY, permille: 0 }, true],
    ['warm-up with a cuff on', { kind: STEP_EASY, permille: 500 }, false],
    ['a second', { ms: 1000 }, true],
    ['less than a second', { ms: 999 }, false],
    ['an hour, released', { ms: 3_600_000, permille: 0 }, true],
    ['more than an hour, released', { ms: 3_600_001, permille: 0 }, false],
    ['a time that is no number', { ms: Number.NaN }, false],
    ['80 %', { permille: 800 }, true],
    ['released', { permille: 0 }, true],
    ['250 mmHg', { mmHg: 250 }, true],
    ['a pressure below nothing', { mmHg: -1 }, false],
    ['a pressure that is no number', { mmHg: Number.NaN }, false],
    ['no ramp', { rampMmHgPerS: 0 }, true],
    ['the steepest ramp', { rampMmHgPerS: 60 }, true],
    ['a steeper one', { rampMmHgPerS: 61 }, false],
    ['a ramp backwards', { rampMmHgPerS: -1 }, false],
    ['the lowest setpoint', { mmHg: 20 }, true],
    ['a share that comes to less than it', { permille: 66 }, false],
  ])('%s', (_name, change, good) => {
    expect(fits(change)).toBe(good);
  });
  it('251 mmHg and 80.1 % are refused by themselves, not only by a ceiling', () => {
    expect(fits({ mmHg: 251 }, 999)).toBe(false);
    expect(fits({ permille: 801 }, 999)).toBe(false);
  });
  it('the ceiling itself may be asked for', () => {
    expect(fits({ mmHg: 152 }, 152)).toBe(true);
    expect(fits({ mmHg: 153 }, 152)).toBe(false);
    expect(fits({}, Number.NaN)).toBe(false);
    expect(fits({}, 250, Number.NaN)).toBe(false);
  });
  it('every step is looked at', () => {
    expect(protocolFits(of(on(60_000), step({ permille: 801 })), 190, 152, MAX_LEG_MS)).toBe(false);
  });
  it('is on with a share or a pressure', () => {
    expect([step({}), step({ permille: 0, mmHg: 1 }), step({ permille: 0 })].map(isStepOn)).toEqual([
      true,
      true,
      false,
    ]);
  });
  it('mmHg go before a share, and the lowest setpoint holds for both', () => {
    expect(stepSetpoint(step({ mmHg: 77 }), 200, 0)).toBe(77);
    expect(stepSetpoint(step({ mmHg: 30 }), 200, 10)).toBe(20);
    expect(stepSetpoint(step({ mmHg: 30 }), 200, 11)).toBe(20);
  });
});

describe('the edges of a protocol', () => {
  const fits = (p: Protocol, limitMs = MAX_LEG_MS): boolean => protocolFits(p, 200, 160, limitMs);
  const times = (n: number, ...steps: Step[]): Step[] => Array.from({ length: n }, () => steps).flat();
  it('120 steps and no more', () => {
    expect(fits(of(...times(MAX_STEPS, on(1000))))).toBe(true);
    expect(fits(of(...times(MAX_STEPS + 1, on(1000))))).toBe(false);
  });
  it('two hours and no more', () => {
    const two = times(2, off(MAX_SESSION_MS / 2));
    expect([lengthMs(of(...two)), fits(of(...two)), fits(of(...two, off(1000)))]).toEqual([
      MAX_SESSION_MS,
      true,
      false,
    ]);
  });
  it('a fill that was not measured is counted as 12 s', () => {
    expect(ASSUMED_FILL_MS).toBe(12_000);
  });
  it('half an hour under pressure in all, its fills counted, whatever releases are between', () => {
    const ten = MAX_SESSION_PRESSURE_MS / 3 - ASSUMED_FILL_MS;
    const chain = (last: number): Protocol => of(on(ten), off(220_000), on(ten), off(220_000), on(last));
    expect([fits(chain(ten)), fits(chain(ten + 1))]).toEqual([true, false]);
    expect(sessionPressureMs(chain(ten), 0)).toBe(3 * ten);
  });
  it('a fill is counted once a release, not once a step', () => {
    const p = of(on(1000), on(1000), off(1000), on(1000));
    expect([sessionPressureMs(p, 100), pressureTimeMs(p, 100)]).toEqual([3200, 3200]);
  });
  it('the wearer’s own time, to the ms', () => {
    const p = of(on(60_000));
    expect([fits(p, 60_000 + ASSUMED_FILL_MS), fits(p, 60_000 + ASSUMED_FILL_MS - 1)]).toEqual([true, false]);
    expect(fits(p, Number.NaN)).toBe(false);
  });
  it('only a release of 3 min and what venting and refilling take gives the time back', () => {
    expect([isFullRelease(off(220_000)), isFullRelease(off(219_999)), isFullRelease(on(220_000))]).toEqual([
      true,
      false,
      false,
    ]);
    expect(pressureTimeMs(of(on(5000), off(220_000), on(3000)), 0)).toBe(5000);
    expect(pressureTimeMs(of(on(3000), off(220_000), on(5000)), 0)).toBe(5000);
    expect(pressureTimeMs(of(on(5000), off(219_999), on(3000)), 0)).toBe(8000);
  });
  it('what is left counts from the step under way, on top of what is used', () => {
    const p = of(on(9000), on(4000), off(1000), on(2000));
    expect(pressureLeftMs(p, 1, 500, 10_000, 0)).toBe(12_500);
    expect(pressureLeftMs(p, 2, 500, 10_000, 100)).toBe(12_100);
    expect(pressureLeftMs(p, 9, 500, 10_000, 100)).toBe(10_000);
    expect(pressureTimeMs(of(), 100)).toBe(0);
  });
});

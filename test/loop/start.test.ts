import { describe, expect, it } from 'vitest';
import { FILE_LOP } from '../../src/files.ts';
import * as inhibits from '../../src/safety/inhibits.ts';
import { builtInProtocol, PROTOCOL_ARM, PROTOCOL_COUNT, PROTOCOL_INTRO } from '../../src/session/library.ts';
import { type Protocol, STEP_REST, STEP_WORK } from '../../src/session/protocol.ts';
import { OWED, OWED_NOT } from '../../src/session/session.ts';
import { encodeProtocol } from '../../src/session/stored.ts';
import { isTooLong, keepOwed } from '../../src/session/time-left.ts';
import { PATTERN_CHOICE } from '../../src/wearer/patterns.ts';
import {
  chooseNext,
  choosePrevious,
  chosenProtocol,
  mayMeasure,
  startTraining,
} from '../../src/wearer/start.ts';
import { Device, type DeviceOptions, LOP, working } from './device.ts';

/** Idle and zeroed, with `completed` of as many sessions behind the wearer, at `stage`. */
function at(stage: number, completed = 20, options: DeviceOptions = {}): Device {
  const files = { 'cuff.prog': `1,${completed},${completed},${stage},0,0,0`, ...options.files };
  return new Device({ ...options, files }).settle();
}

describe('which session one press starts', () => {
  it.each<[string, number, number, Partial<DeviceOptions['settings']>, number]>([
    ['the introduction, before two were completed', 0, 0, {}, PROTOCOL_INTRO],
    ['... once', 0, 1, {}, PROTOCOL_INTRO],
    ['then by the stage', 1, 2, {}, 3],
    ['an arm’s own introduction', 0, 1, { limb: 0 }, PROTOCOL_ARM],
    ['what the settings say', 1, 20, { protocol: 5 }, 4],
    ['but not before the introduction is over', 0, 1, { protocol: 5 }, PROTOCOL_INTRO],
  ])('%s', (_name, stage, completed, settings, index) => {
    const chosen = chosenProtocol(at(stage, completed, { settings: settings ?? {} }).core);
    expect(builtInProtocol(chosen).id).toBe(index === 3 ? 'run-5x3' : builtInProtocol(index).id);
  });
  it('the first one of the list can be chosen by hand', () => {
    const d = at(4);
    d.core.readiness.choice = 0;
    expect(chosenProtocol(d.core)).toBe(0);
  });
  it.each<[string, number, number, number, Partial<DeviceOptions['settings']>, number]>([
    ['what the progression chose gets the share of its stage', 4, 20, -1, {}, 50],
    ['from the first session after the introduction', 4, 2, -1, {}, 50],
    ['not in the introduction', 4, 1, -1, {}, 0],
    ['not what was chosen by hand', 4, 20, 0, {}, 0],
    ['not what the settings say', 4, 20, -1, { protocol: 1 }, 0],
    ['nor both', 4, 20, 0, { protocol: 1 }, 0],
    ['an arm has shares of its own', 3, 20, -1, { limb: 0 }, 50],
  ])('%s', (_name, stage, completed, choice, settings, extra) => {
    const d = at(stage, completed, { settings: settings ?? {} });
    d.core.readiness.choice = choice;
    const plain = builtInProtocol(chosenProtocol(d.core));
    startTraining(d.core);
    if (d.core.readiness.declined !== 0) startTraining(d.core);
    expect(d.phase).toBe('ready');
    const step = d.core.session.protocol.steps.find((s) => s.permille > 0);
    const before = plain.steps.find((s) => s.permille > 0);
    expect((step?.permille ?? 0) - (before?.permille ?? 0)).toBe(extra);
  });
});

describe('a choice by hand', () => {
  it('goes through all protocols of the wearer’s stage and none above it, then back', () => {
    for (const stage of [0, 1, 3, 5]) {
      const d = at(stage);
      const seen: number[] = [];
      for (let i = 0; i < 40; i++) {
        chooseNext(d.core);
        if (d.core.readiness.choice < 0) break;
        seen.push(d.core.readiness.choice);
      }
      expect(d.core.readiness.choice).toBe(-1);
      const all = Array.from({ length: PROTOCOL_COUNT }, (_x, i) => i);
      expect(seen).toEqual(all.filter((i) => builtInProtocol(i).stage <= stage));
    }
  });
  it('is blinked for 12 s by its number, and a press ends that', () => {
    const d = at(5);
    chooseNext(d.core);
    expect([
      d.core.lamps.noticePattern,
      d.core.lamps.noticeNumber,
      d.core.lamps.noticeUntilMs - d.now,
    ]).toEqual([PATTERN_CHOICE, 1, 12_000]);
    chooseNext(d.core);
    expect(d.core.lamps.noticeNumber).toBe(2);
    startTraining(d.core);
    expect(d.core.lamps.noticeUntilMs).toBe(0);
  });
  it('leaves the limits as the settings have them, and offers nothing that the posture’s lower pressure does not bear', () => {
    const seated = (mmHg: number): Protocol => ({
      id: 'seated',
      activity: 2,
      stage: 0,
      steps: [{ kind: STEP_WORK, ms: 60_000, permille: mmHg > 0 ? 0 : 500, mmHg, rampMmHgPerS: 0 }],
    });
    const limits = at(5).core.supervisor.limits;
    for (const [mmHg, offered] of [
      [0, true],
      [150, false],
    ] as const) {
      const d = at(5, 20, { files: { 'cuff.p0': encodeProtocol(seated(mmHg)) } });
      const seen: number[] = [];
      for (let i = 0; i < 40; i++) {
        chooseNext(d.core);
        expect(d.core.supervisor.limits).toEqual(limits);
        if (d.core.readiness.choice < 0) break;
        seen.push(d.core.readiness.choice);
      }
      expect(seen.includes(24), String(mmHg)).toBe(offered);
    }
  });
});

describe('the press on an idle device', () => {
  it('does not leave idle at all where something speaks against it', () => {
    const d = at(1);
    d.core.tick.driverFaults = 1;
    startTraining(d.core);
    expect([d.phase, d.core.readiness.inhibits]).toEqual(['idle', inhibits.INHIBIT_DRIVER]);
  });
  it('says at once what it declines', () => {
    const d = at(1);
    Object.assign(d.core.supervisor, { usedMs: 1_000_000 });
    startTraining(d.core);
    expect([d.phase, d.core.readiness.inhibits, d.core.readiness.declined]).toEqual([
      'idle',
      inhibits.INHIBIT_LOCKOUT,
      inhibits.INHIBIT_LOCKOUT,
    ]);
  });
  it('takes the lasting step down with it, begins the record anew, and asks no question twice', () => {
    const d = at(1, 20, {
      files: { 'cuff.prog': '1,20,20,1,0,20,0' },
      settings: { screening: 0, lopPosture: 0 },
    });
    d.core.recorder.peak = 77;
    startTraining(d.core);
    expect(d.core.readiness.declined).toBe(inhibits.INHIBIT_POSTURE);
    const writes = d.told(() => startTraining(d.core));
    expect([d.phase, d.core.session.lessMmHg, d.core.recorder.peak, d.core.readiness.declined]).toEqual([
      'ready',
      20,
      0,
      0,
    ]);
    expect([d.core.settings.screening, writes.filter((c) => c.startsWith('write'))]).toEqual([0, []]);
  });
  it('half a minute is time enough for an answer', () => {
    for (const [ms, starts] of [
      [29_000, true],
      [31_000, false],
    ] as const) {
      const d = at(1, 20, { settings: { lopPosture: 0 } });
      d.tap();
      expect(d.core.readiness.declined).toBe(inhibits.INHIBIT_POSTURE);
      d.run(ms - 1000);
      startTraining(d.core);
      expect(d.phase === 'ready', String(ms)).toBe(starts);
    }
  });
  it('what no press answers comes before every question', () => {
    const other = { mmHg: LOP, limb: 1, side: 0, widthMm: 999, posture: 3, dateS: 0, dateTrusted: 0 };
    const d = at(0, 0, {
      settings: { screening: 0, lopPosture: 0 },
      files: { [FILE_LOP]: JSON.stringify(other) },
    });
    startTraining(d.core);
    expect(d.core.readiness.declined).toBe(inhibits.INHIBIT_LOP_OTHER);
  });
});

describe('may a measurement begin', () => {
  const MEASURE_MS = 80_000;
  it.each<[string, Partial<DeviceOptions['settings']>, number, boolean]>([
    ['its time is just left', {}, MEASURE_MS, true],
    ['a ms less', {}, MEASURE_MS - 1, false],
    ['a careful one takes twice as long', { lopCareful: 1 }, 2 * MEASURE_MS, true],
    ['a ms less', { lopCareful: 1 }, 2 * MEASURE_MS - 1, false],
  ])('%s', (_name, settings, leftMs, may) => {
    const d = at(1, 20, { settings: { lopMmHg: 0, lopSource: 0, ...settings } });
    Object.assign(d.core.supervisor, { usedMs: d.core.supervisor.limits.pressureMs - leftMs });
    expect(mayMeasure(d.core)).toBe(may);
    expect(d.core.readiness.declined).toBe(may ? 0 : inhibits.INHIBIT_LOCKOUT);
  });
  it('not where something else speaks against it, which is said', () => {
    const d = at(1, 20, { settings: { lopMmHg: 0, lopSource: 0 } });
    d.core.tick.driverFaults = 1;
    d.core.readiness.inhibits = 0;
    expect([mayMeasure(d.core), d.core.readiness.inhibits]).toEqual([false, inhibits.INHIBIT_DRIVER]);
  });
});

describe('what is left of a session', () => {
  const steps = (...seconds: number[]): Protocol => ({
    ...working(1),
    steps: seconds.map((s) => ({ kind: STEP_WORK, ms: s * 1000, permille: 500, mmHg: 0, rampMmHgPerS: 0 })),
  });
  it.each<[string, number, number, number]>([
    ['before it began, all of it', -1, 0, 300_000],
    ['in its first step, what is left of that', 0, 40_000, 240_000],
    ['in a later one, nothing of those before', 2, 10_000, 10_000],
  ])('%s', (_name, step, leftMs, needs) => {
    const d = new Device();
    const s = d.core.session;
    Object.assign(s, { protocol: steps(100, 100, 100), step, leftMs, fillMs: 0 });
    const fits = (limitMs: number): boolean => !isTooLong(s, 0, limitMs);
    expect([fits(needs + 30_000), fits(needs - 1)]).toEqual([true, false]);
  });
  it('past its last step nothing is, and only a planned rest owes a full release', () => {
    const s = new Device().core.session;
    Object.assign(s, { protocol: steps(100), step: 99, leftMs: 1000 });
    expect(isTooLong(s, 5, 1)).toBe(false);
    const rest = { kind: STEP_REST, ms: 300_000, permille: 0, mmHg: 0, rampMmHgPerS: 0 };
    Object.assign(s, { protocol: { ...steps(10), steps: [rest] }, step: 0, leftMs: 300_000 });
    for (const [phase, owed] of [
      [5, OWED],
      [10, OWED_NOT],
    ] as const) {
      Object.assign(s, { phase, owed: 0 });
      keepOwed(s, false, 0, 1_200_000);
      expect(s.owed).toBe(owed);
    }
  });
});

describe('three presses on an idle device', () => {
  const mine = encodeProtocol({ ...working(60), id: 'mine' });
  it('choose the last protocol that is open: one’s own is one gesture away', () => {
    const d = at(4, 20, { files: { 'cuff.p1': mine } }).tap(3);
    expect(d.core.readiness.choice).toBe(25);
  });
  it('walk back through the list, past what is not open, to the progression’s own', () => {
    const forth: number[] = [];
    const back: number[] = [];
    const d = at(4, 20, { files: { 'cuff.p1': mine } });
    do {
      chooseNext(d.core);
      forth.push(d.core.readiness.choice);
    } while (d.core.readiness.choice >= 0);
    do {
      choosePrevious(d.core);
      back.push(d.core.readiness.choice);
    } while (d.core.readiness.choice >= 0);
    expect(back.slice(0, -1)).toEqual(forth.slice(0, -1).reverse());
    expect(forth.length).toBeGreaterThan(5);
  });
});

import { describe, expect, it } from 'vitest';
import { receive } from '../../src/link/link.ts';
import { REFUSED_MAXIMUM } from '../../src/occlusion/verdict.ts';
import { inhibitNames } from '../../src/safety/inhibits.ts';
import { TRIP_NOT_VENTING } from '../../src/safety/rows/vent.ts';
import { lopFor } from '../../src/session/posture.ts';
import { type Protocol, STEP_WORK } from '../../src/session/protocol.ts';
import { saveSettings } from '../../src/session/settings-in-use.ts';
import { encodeProtocol } from '../../src/session/stored.ts';
import { defaultSettings, encodeSettings } from '../../src/settings.ts';
import type { Tick } from '../../src/tick.ts';
import { PATTERN_LOP_REFUSED } from '../../src/wearer/patterns.ts';
import { type Bench, bench } from '../core/bench.ts';

/** A trace that never comes to rest: no zero is found. */
function unsteady(b: Bench): () => number {
  const sensor = b.level.core.ports.sensor;
  const sample = sensor.sample.bind(sensor);
  let n = 0;
  return () => {
    n++;
    return sample() + 4 * Math.sin(n / 5);
  };
}

/** The zero kept by the session before. */
const ZERO = { 'cuff.zero': '7600' };
const DATE_S = 1790000000;

function inhibits(b: Bench): string {
  return inhibitNames(b.level.view.inhibits).join(' ');
}

function own(change: Partial<Protocol['steps'][number]>): string {
  const step = { kind: STEP_WORK, ms: 60000, permille: 500, mmHg: 0, rampMmHgPerS: 0, ...change };
  return encodeProtocol({ id: 'mine', activity: 0, stage: 0, steps: [step] });
}

describe('a protocol of one’s own', () => {
  it('is read from the store, checked and run', () => {
    const b = bench({ settings: { protocol: 25 }, files: { 'cuff.p0': own({ permille: 450 }) } });
    b.start();
    expect(b.level.core.session.protocol.id).toBe('mine');
    expect(b.level.view.setpoint).toBeCloseTo(85.5, 9);
  });

  const refused: [string, Record<string, string>][] = [
    ['missing', {}],
    ['damaged', { 'cuff.p0': own({}).replace('500', '510') }],
    ['above the wearer’s ceiling', { 'cuff.p0': own({ mmHg: 160 }) }],
    ['beyond 80 % of LOP', { 'cuff.p0': own({ permille: 801 }) }],
    ['longer than the limb may bear', { 'cuff.p0': own({ ms: 1200000 }) }],
  ];
  for (const [name, files] of refused) {
    it(`is refused whole when it is ${name}, and the device says "protocol"`, () => {
      const b = bench({ settings: { protocol: 25 }, files });
      b.settle();
      b.tap(1);
      b.run(3);
      expect([b.phase, inhibits(b), b.level.view.vent]).toEqual(['idle', 'protocol', 1]);
      b.tap(1);
      b.run(3);
      expect([b.phase, inhibits(b)]).toEqual(['idle', 'protocol']);
      b.run(31);
      expect(inhibits(b)).toBe('');
    });
  }

  it('is offered by two presses after the built-in ones', () => {
    const b = bench({ progress: '1,20,20,5,0,0,0', files: { 'cuff.p2': own({}) } });
    b.settle();
    let seen = 0;
    for (let i = 0; i < 30 && seen !== 27; i++) {
      b.tap(2);
      seen = b.level.core.readiness.choice + 1;
    }
    expect(seen).toBe(27);
    b.tap(2);
    expect(b.level.core.readiness.choice).toBe(-1);
  });

  it('chosen by hand holds for one session', () => {
    const b = bench({ progress: '1,20,20,5,0,0,0' });
    b.settle();
    b.tap(2);
    b.tap(2);
    expect(b.level.core.readiness.choice).toBe(1);
    b.tap(1);
    b.until('fill', 40);
    expect([b.level.core.session.protocol.id, b.level.core.readiness.choice]).toEqual(['intro', -1]);
  });
});

describe('posture', () => {
  it('a LOP taken lying is not silently used standing: asked, and used as it is after another press', () => {
    const b = bench({ settings: { lopPosture: 0 } });
    b.settle();
    b.tap(1);
    b.run(3);
    expect([b.phase, inhibits(b)]).toEqual(['idle', 'posture']);
    b.tap(1);
    b.until('work', 40);
    expect(b.level.view.setpoint).toBe(95);
    b.tap(1);
    b.run(8);
    b.hold(2.5);
    b.until('done', 10);
    b.run(0.2);
    expect(JSON.parse(b.level.stored('cuff.r3') ?? '')).toMatchObject({
      estimated: 1,
      asked: 'posture',
      lop: 190,
    });
  });

  it('a LOP taken standing is lowered for a seated session, with its limits', () => {
    const b = bench({ settings: { protocol: 10 }, rig: {} });
    b.settle();
    b.tap(1);
    expect(inhibits(b)).toBe('posture');
    b.tap(1);
    b.until('work', 40);
    expect(b.level.core.session.lopMmHg).toBe(160);
    expect(b.level.view.setpoint).toBe(96);
    expect(b.level.core.supervisor.limits).toMatchObject({ lopMmHg: 160, ceilingMmHg: 128 });
  });

  it('an answer that comes after half a minute is a new question', () => {
    const b = bench({ settings: { lopPosture: 0 } });
    b.settle();
    b.tap(1);
    b.run(31);
    expect(inhibits(b)).toBe('');
    b.tap(1);
    b.run(3);
    expect([b.phase, inhibits(b)]).toEqual(['idle', 'posture']);
  });

  it('is never used to raise anything: 6 postures and activities', () => {
    for (const lopPosture of [0, 1, 2])
      for (const activity of [0, 1, 2, 3, 4]) {
        const s = { ...defaultSettings(), lopMmHg: 200, lopSource: 1, lopPosture };
        expect(lopFor(s, activity)).toBeLessThanOrEqual(200);
      }
    const lying = { ...defaultSettings(), lopMmHg: 200, lopSource: 1, lopPosture: 0 };
    expect(lopFor({ ...lying, lopPosture: 2 }, 4)).toBe(154);
    expect(lopFor(lying, 0)).toBe(200);
    expect(lopFor({ ...lying, limb: 0, lopPosture: 2 }, 4)).toBe(200);
  });
});

describe('first use', () => {
  it('asks whether the screening questions were read, and keeps the version in settings and record', () => {
    const b = bench({ progress: '1,0,0,0,0,0,0' });
    b.settle();
    b.tap(1);
    b.run(2);
    expect([b.phase, inhibits(b)]).toEqual(['idle', 'screening']);
    b.tap(1);
    b.until('work', 40);
    expect(b.level.stored('cuff.set')).toContain('"screening":1');
    b.tap(1);
    b.run(8);
    b.hold(2.5);
    b.until('done', 10);
    b.run(0.2);
    expect(JSON.parse(b.level.stored('cuff.r1') ?? '')).toMatchObject({
      asked: 'screening',
      settings: { screening: 1 },
    });
  });

  it('asks one thing at a time, the screening first, and takes no answer to what it has not shown', () => {
    const b = bench({ progress: '1,0,0,0,0,0,0', settings: { lopPosture: 0 } });
    b.settle();
    b.tap(1);
    b.run(3);
    expect([b.phase, inhibits(b)]).toEqual(['idle', 'screening']);
    b.tap(1);
    b.run(3);
    expect([b.phase, inhibits(b)]).toEqual(['idle', 'posture']);
    expect(b.level.stored('cuff.set')).not.toContain('"screening":1');
    b.tap(1);
    b.until('work', 40);
    expect(inhibitNames(b.level.core.readiness.accepted).sort()).toEqual(['posture', 'screening']);
    expect(b.level.core.settings.screening).toBe(1);
  });

  it('an answer goes with its question: left alone, or with another protocol chosen, all is asked again', () => {
    for (const between of [(b: Bench) => b.run(31), (b: Bench) => b.tap(2)]) {
      const b = bench({ progress: '1,0,0,0,0,0,0', settings: { lopPosture: 0 } });
      b.settle();
      b.tap(1);
      b.tap(1);
      expect(inhibits(b)).toBe('posture');
      between(b);
      b.tap(1);
      expect([b.phase, inhibits(b)]).toEqual(['idle', 'screening']);
    }
  });

  it('asks before a measurement too', () => {
    const b = bench({ progress: '1,0,0,0,0,0,0' });
    b.settle();
    b.hold(2.5);
    expect([b.phase, inhibits(b)]).toEqual(['idle', 'screening']);
    b.hold(2.5);
    expect(b.phase).toBe('posture');
  });
});

describe('damaged settings', () => {
  it('are not written over by a press, nor by an answer', () => {
    const damaged = encodeSettings({
      ...defaultSettings(),
      lopMmHg: 190,
      lopSource: 1,
      maxMmHg: 120,
    }).replace('120', '121');
    const b = bench({ files: { 'cuff.set': damaged }, progress: '1,0,0,0,0,0,0' });
    b.settle();
    for (let i = 0; i < 3; i++) {
      b.hold(2.5);
      b.tap(1);
    }
    expect([b.phase, inhibits(b)]).toEqual(['idle', 'settings no-lop']);
    expect(b.level.stored('cuff.set')).toBe(damaged);
    expect(saveSettings(b.level.core)).toBe(false);
    expect(b.level.stored('cuff.set')).toBe(damaged);
  });
});

describe('time under pressure that is gone already', () => {
  it('keeps a session back that would not fit any more, until a full release', () => {
    const b = bench();
    b.settle();
    Object.assign(b.level.core.supervisor, { usedMs: 12 * 60000, ventedMs: 0, releasedMs: 0 });
    b.tap(1);
    b.run(3);
    expect([b.phase, inhibits(b)]).toEqual(['idle', 'lockout']);
    b.run(181);
    b.tap(1);
    b.until('fill', 5);
  });

  it('lets one begin that still fits', () => {
    const b = bench();
    b.settle();
    Object.assign(b.level.core.supervisor, { usedMs: 3 * 60000, ventedMs: 0, releasedMs: 0 });
    b.tap(1);
    b.until('fill', 5);
  });
});

describe('the lock in flash', () => {
  it('is asked for once a minute, not once a tick, while the store refuses', () => {
    const b = bench();
    b.start();
    b.tap(1);
    b.run(8);
    b.hold(2.5);
    b.until('idle', 90);
    const store = b.level.core.ports.store;
    const write = store.write.bind(store);
    let tried = 0;
    Object.assign(store, { write: () => tried++ < 0 });
    b.run(320);
    expect(tried).toBeGreaterThanOrEqual(2);
    expect(tried).toBeLessThanOrEqual(6);
    Object.assign(store, { write });
    b.run(61);
    expect(b.level.stored('cuff.lock')).toBe('0');
  });

  it('power gone in a session is noted once the limb has had its rest; after the session it is not', () => {
    const cut = bench({ files: { 'cuff.lock': '1', ...ZERO } });
    cut.run(150);
    expect(cut.level.stored('cuff.r3')).toBeUndefined();
    cut.run(50);
    expect(JSON.parse(cut.level.stored('cuff.r3') ?? '{}')).toMatchObject({
      protocol: 'restart',
      exit: 5,
      trip: '',
    });
    expect(cut.level.stored('cuff.lock')).toBe('0');
    expect(cut.level.stored('cuff.prog')).toBe('2,3,2,1,0,0,0,0,0');
    const over = bench({ files: { 'cuff.lock': '2', ...ZERO } });
    over.run(60);
    over.tap(1);
    over.run(2);
    expect(over.phase).toBe('idle');
    over.run(140);
    expect(over.level.stored('cuff.r3')).toBeUndefined();
    expect(over.level.stored('cuff.lock')).toBe('0');
  });

  it('says 1 from before the first fill to the record, through pauses, then 2', () => {
    const b = bench();
    b.start();
    b.tap(1);
    b.run(8);
    expect([b.phase, b.level.stored('cuff.lock')]).toEqual(['paused', '1']);
    b.hold(2.5);
    b.until('done', 10);
    b.run(0.2);
    expect(b.level.stored('cuff.r3')).toBeDefined();
    expect(b.level.stored('cuff.lock')).toBe('2');
    b.run(70);
    b.tap(1);
    b.until('fill', 10);
    expect(b.level.stored('cuff.lock')).toBe('1');
  });
});

describe('the power goes', () => {
  /** A store that keeps what it held after every write. */
  function watched(b: Bench): Record<string, string>[] {
    const store = b.level.core.ports.store;
    const names = ['cuff.set', 'cuff.prog', 'cuff.lock', 'cuff.zero', 'cuff.r3', 'cuff.r4'];
    const write = store.write.bind(store);
    const cuts: Record<string, string>[] = [];
    store.write = (name: string, text: string) => {
      const done = write(name, text);
      const held: Record<string, string> = {};
      for (const n of names) {
        const kept = store.read(n);
        if (kept !== undefined) held[n] = kept;
      }
      cuts.push(held);
      return done;
    };
    return cuts;
  }

  function restarted(files: Record<string, string>): Bench {
    const { 'cuff.prog': progress, ...rest } = files;
    const b = bench({ ...(progress === undefined ? {} : { progress }), files: rest });
    b.run(200);
    return b;
  }

  it('in a pause of more than three minutes: the session leaves its note', () => {
    const b = bench();
    const cuts = watched(b);
    b.start();
    b.run(60);
    b.tap(1);
    b.run(200);
    expect([b.phase, b.level.stored('cuff.lock')]).toEqual(['paused', '1']);
    const again = restarted(cuts[cuts.length - 1] ?? {});
    expect(JSON.parse(again.level.stored('cuff.r3') ?? '{}')).toMatchObject({ protocol: 'restart' });
    expect(again.level.stored('cuff.lock')).toBe('0');
  });

  it('after any write of a session: it is counted once, and its record is not written over', () => {
    const b = bench();
    const cuts = watched(b);
    b.settle();
    receive(b.level.core, `~D${DATE_S}\n`);
    b.tap(1);
    b.until('work', 60);
    b.run(60);
    b.tap(1);
    b.run(6);
    b.hold(2.5);
    b.until('done', 20);
    b.run(1);
    const between = cuts.filter((c) => c['cuff.r3'] !== undefined && c['cuff.prog'] === '1,2,2,1,0,0,0');
    expect(between).toHaveLength(1);
    for (const cut of cuts) {
      const again = restarted(cut);
      const had = cut['cuff.r3'];
      const record = JSON.parse(again.level.stored('cuff.r3') ?? '{"protocol":""}');
      if (had !== undefined) expect(again.level.stored('cuff.r3')).toBe(had);
      else if (cut['cuff.lock'] === '1') expect(record.protocol).toBe('restart');
      else expect(record.protocol).toBe('');
      if (cut !== between[0]) continue;
      const words = (again.level.stored('cuff.prog') ?? '').split(',').map(Number);
      expect(words.slice(0, 5)).toEqual([2, 3, 2, 1, 0]);
      expect(words[6]).toBe(JSON.parse(had ?? '{}').dateS);
      expect(again.level.stored('cuff.r4')).toBeUndefined();
    }
  });

  it('a record that is cut short is written anew', () => {
    for (const text of ['{"v":1,"n":3,"exit":1', 'null', '{"v":1,"n":27,"exit":1}']) {
      const again = restarted({ 'cuff.lock': '1', ...ZERO, 'cuff.r3': text });
      expect(JSON.parse(again.level.stored('cuff.r3') ?? '{}')).toMatchObject({ n: 3, protocol: 'restart' });
    }
  });
});

describe('a measurement', () => {
  it('goes into the settings, bound to limb, cuff and posture, and back to training limits', () => {
    const b = bench();
    b.settle();
    receive(b.level.core, `~D${DATE_S}\n`);
    b.hold(2.5);
    b.tap(2);
    b.until('lop', 5);
    b.until('deflate', 200);
    b.until('idle', 20);
    const { settings, supervisor } = b.level.core;
    expect(settings.lopMmHg).toBeGreaterThan(140);
    expect(settings.lopMmHg).toBeLessThan(230);
    expect(settings).toMatchObject({ lopSource: 1, lopPosture: 1 });
    const record = JSON.parse(b.level.stored('cuff.lop') ?? '{}');
    expect(record).toMatchObject({
      mmHg: settings.lopMmHg,
      limb: 1,
      widthMm: 110,
      posture: 2,
      dateTrusted: 1,
    });
    expect(record.dateS).toBeGreaterThanOrEqual(DATE_S);
    expect(supervisor.limits.lopMmHg).toBe(settings.lopMmHg);
  });

  it('needs no occlusion pressure to begin with, but the limb’s rest', () => {
    const b = bench({ settings: { lopMmHg: 0, lopSource: 0 } });
    b.settle();
    b.hold(2.5);
    b.tap(1);
    b.until('lop', 5);
    b.until('idle', 200);
    expect(b.level.core.settings.lopMmHg).toBeGreaterThan(100);
    const locked = bench({ settings: { lopMmHg: 0, lopSource: 0 }, files: { 'cuff.lock': '1' } });
    locked.settle();
    locked.hold(2.5);
    locked.tap(1);
    locked.run(3);
    expect([locked.phase, locked.level.view.vent, locked.level.core.measurement.ordered]).toEqual([
      'idle',
      1,
      false,
    ]);
  });

  it('that trips leaves a black box and nothing that a later session would stumble over', () => {
    const b = bench({ rig: { faults: [{ kind: 'sensor-nak', atMs: 30000, untilMs: 31500 }] } });
    b.settle();
    b.hold(2.5);
    b.tap(1);
    b.until('lop', 5);
    b.until('tripped', 60);
    b.run(60);
    expect(b.level.stored('cuff.b15')).toBeDefined();
    b.tap(1);
    b.run(1);
    expect(b.phase).toBe('idle');
    expect([b.level.core.measurement.ordered, b.level.core.tick.quiet]).toEqual([false, false]);
    b.tap(1);
    b.until('work', 40);
    expect(b.level.core.supervisor.limits.ceilingMmHg).toBe(152);
  });

  it('whose vent nobody saw is a hazard, and no press takes that away', () => {
    const b = bench({ rig: { faults: [{ kind: 'sensor-nak', atMs: 30000, untilMs: 45000 }] } });
    b.settle();
    b.hold(2.5);
    b.tap(1);
    b.until('tripped', 60);
    b.run(60);
    expect(b.level.core.supervisor.hazard).toBe(TRIP_NOT_VENTING);
    b.tap(1);
    b.run(1);
    expect(b.phase).toBe('tripped');
  });

  it('that trips is in the log, with the black box, and is no training', () => {
    const b = bench({ rig: { faults: [{ kind: 'sensor-nak', atMs: 30000, untilMs: 45000 }] } });
    b.settle();
    receive(b.level.core, `~D${DATE_S}\n`);
    b.hold(2.5);
    b.tap(1);
    b.until('tripped', 60);
    expect(b.level.core.supervisor.limits.ceilingMmHg).toBe(152);
    b.run(30);
    expect(JSON.parse(b.level.stored('cuff.r3') ?? '{}')).toMatchObject({
      n: 3,
      protocol: 'lop',
      exit: 3,
      trip: 'sensor-lost',
      lop: 190,
    });
    expect(b.level.stored('cuff.prog')).toBe('2,3,2,1,0,0,0,0,0');
    expect(b.level.stored('cuff.b15')).toBeDefined();
    expect(b.level.stored('cuff.lock')).toBe('4');
    b.run(5);
    expect(b.level.stored('cuff.r4')).toBeUndefined();
  });

  it('that never got ready, or was refused, makes no measurement of the next training', () => {
    const waiting = bench();
    waiting.settle();
    waiting.hold(2.5);
    waiting.level.core.sensing.zero.refusal = 2;
    waiting.level.rig.setActivity('run');
    waiting.level.core.ports.sensor.sample = unsteady(waiting);
    waiting.tap(1);
    expect([waiting.phase, waiting.level.core.measurement.ordered]).toEqual(['ready', true]);
    waiting.until('deflate', 40);
    waiting.run(0.1);
    expect(waiting.level.core.measurement.ordered).toBe(false);

    const b = bench();
    b.settle();
    b.hold(2.5);
    const monitor = b.level.core.ports.monitor;
    const { look } = monitor;
    const low = (t: Tick): void => {
      t.railMv = 3000;
    };
    Object.assign(monitor, { look: low });
    b.tap(1);
    b.until('idle', 5);
    expect([b.level.core.measurement.ordered, b.level.core.tick.quiet]).toEqual([false, false]);
    Object.assign(monitor, { look });
    b.run(3);
    b.tap(1);
    b.until('work', 40);
    expect([b.level.view.setpoint, b.level.core.supervisor.limits.ceilingMmHg]).toEqual([95, 152]);
  });

  it('after a session is not asked how it felt', () => {
    const b = bench();
    b.start();
    b.tap(1);
    b.run(8);
    b.hold(2.5);
    b.until('done', 10);
    b.tap(1);
    b.hold(2.5);
    b.tap(1);
    b.until('lop', 10);
    b.run(5);
    b.tap(1);
    b.until('deflate', 1);
    b.run(8);
    expect(b.phase).toBe('idle');
  });

  it('is not begun in a lock-out, and not where its time is not left', () => {
    for (const lock of ['1', '2']) {
      const b = bench({ settings: { lopMmHg: 0, lopSource: 0 }, files: { 'cuff.lock': lock, ...ZERO } });
      b.settle();
      b.hold(2.5);
      expect(b.phase).toBe('idle');
      expect(inhibits(b)).toMatch(/lockout$/);
    }
    for (const [usedMs, phase] of [
      [1_200_000 - 79_000, 'idle'],
      [1_200_000 - 81_000, 'posture'],
    ] as const) {
      const b = bench();
      b.settle();
      Object.assign(b.level.core.supervisor, { usedMs: usedMs });
      b.hold(2.5);
      expect([usedMs, b.phase]).toEqual([usedMs, phase]);
    }
  });

  it.each([
    [60, 0],
    [150, 150],
  ])(
    'keeps to the wearer’s own maximum of %i mmHg in the cuff, and blinks that it is too low',
    (maxMmHg, most) => {
      const b = bench({ settings: { maxMmHg } });
      b.settle();
      b.hold(2.5);
      b.tap(3);
      b.run(1);
      const { core } = b.level;
      let highest = 0;
      for (let s = 0; s < 200 && core.lamps.noticeNumber !== REFUSED_MAXIMUM; s++) {
        b.run(1);
        highest = Math.max(highest, b.level.rig.p2);
      }
      expect([core.lamps.noticePattern, core.lamps.noticeNumber]).toEqual([
        PATTERN_LOP_REFUSED,
        REFUSED_MAXIMUM,
      ]);
      expect(highest).toBeLessThanOrEqual(Math.max(most, 1));
      expect(highest).toBeGreaterThanOrEqual(most / 2);
    },
  );

  it('that is refused blinks its reason and keeps the old pressure; a press gives one up', () => {
    const b = bench();
    b.level.rig.setActivity('run');
    b.settle();
    b.hold(2.5);
    b.tap(3);
    b.until('lop', 5);
    b.until('deflate', 200);
    b.until('idle', 20);
    const { core } = b.level;
    expect(core.measurement.lop.result.refusal).toBeGreaterThan(0);
    expect([core.lamps.noticePattern, core.lamps.noticeNumber]).toEqual([
      PATTERN_LOP_REFUSED,
      core.measurement.lop.result.refusal,
    ]);
    expect(core.settings).toMatchObject({ lopMmHg: 190, lopSource: 1 });
    expect(b.level.stored('cuff.lop')).toBeUndefined();
    expect(core.supervisor.limits).toMatchObject({ lopMmHg: 190, ceilingMmHg: 152 });
    b.hold(2.5);
    b.tap(1);
    // the zero waits until the cuff of a runner is flat
    b.until('lop', 25);
    b.run(5);
    b.tap(1);
    b.until('idle', 15);
    expect(core.supervisor.limits.ceilingMmHg).toBe(152);
  });
});

describe('what an occlusion pressure is bound to', () => {
  function measured(change: object): Record<string, string> {
    const record = {
      mmHg: 190,
      limb: 1,
      side: 0,
      widthMm: 110,
      posture: 3,
      dateS: DATE_S,
      dateTrusted: 1,
      ...change,
    };
    return { 'cuff.lop': JSON.stringify(record) };
  }

  it('another cuff or limb: refused, however often one presses', () => {
    for (const change of [{ widthMm: 180 }, { limb: 0 }]) {
      const b = bench({ files: measured(change) });
      b.settle();
      for (let i = 0; i < 3; i++) b.tap(1);
      expect([b.phase, inhibits(b)]).toEqual(['idle', 'lop-other']);
    }
  });

  it('older than four weeks, with a known date: asked', () => {
    const b = bench({ files: measured({}) });
    b.settle();
    receive(b.level.core, `~D${DATE_S + 29 * 86400}\n`);
    b.tap(1);
    expect([b.phase, inhibits(b)]).toEqual(['idle', 'lop-old']);
    b.tap(1);
    b.until('work', 40);
  });

  it('a damaged note of the measurement keeps nobody from training', () => {
    for (const text of ['', 'null', '{', '5', '[]']) {
      const b = bench({ files: { 'cuff.lop': text } });
      b.settle();
      b.tap(1);
      b.until('fill', 5);
    }
  });
});

describe('an arm', () => {
  it('gets the protocol for arms, never one that is too long for it', () => {
    const b = bench({ settings: { limb: 0, maxPressureS: 900, lopMmHg: 150 }, progress: '1,9,9,3,0,0,0' });
    b.settle();
    b.tap(1);
    b.until('fill', 5);
    expect(b.level.core.session.protocol.id).toBe('arm-30-15');
    expect(b.level.core.session.protocol.steps[0]?.permille).toBe(450);
    const choosing = bench({
      settings: { limb: 0, maxPressureS: 900, lopMmHg: 150 },
      progress: '1,9,9,5,0,0,0',
    });
    choosing.settle();
    const offered: number[] = [];
    do {
      choosing.tap(2);
      offered.push(choosing.level.core.readiness.choice);
    } while (choosing.level.core.readiness.choice >= 0);
    expect(offered).not.toContain(0);
    expect(offered).not.toContain(5);
    expect(offered).toContain(13);
  });
});

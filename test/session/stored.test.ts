/** A wearer's own protocols in the store, and what an occlusion pressure is bound to: what is not whole is nothing. */
import { describe, expect, it } from 'vitest';
import { FILE_LOP } from '../../src/files.ts';
import { INHIBIT_LOP_OLD, INHIBIT_LOP_OTHER } from '../../src/safety/inhibits.ts';
import { builtInProtocol, PROTOCOL_COUNT } from '../../src/session/library.ts';
import { keepLop, lopDoubts } from '../../src/session/lop-record.ts';
import {
  isEstimated,
  isOtherPosture,
  lopFor,
  POSTURE_LYING,
  POSTURE_SEATED,
  POSTURE_STANDING,
  postureOf,
  postureText,
  shareWorn,
} from '../../src/session/posture.ts';
import {
  ACTIVITY_CYCLE,
  ACTIVITY_LIFT,
  ACTIVITY_PASSIVE,
  ACTIVITY_RUN,
  ACTIVITY_WALK,
  type Protocol,
} from '../../src/session/protocol.ts';
import {
  beginStepless,
  isTraining,
  MEASUREMENT,
  RESTART,
  stepless,
  TRIP_ALONE,
} from '../../src/session/stepless.ts';
import { decodeProtocol, encodeProtocol, protocolAt, protocolFile } from '../../src/session/stored.ts';
import {
  checksum,
  defaultSettings,
  LIMB_ARM,
  LIMB_LEG,
  LOP_ENTERED,
  LOP_MEASURED,
} from '../../src/settings.ts';
import { Device, LOP, working } from '../loop/device.ts';

/** A text with the right check sum, whatever it says. */
const signed = (body: string): string => `${body}\n${checksum(body)}`;
const steps = (n: number): string => Array.from({ length: n }, () => '1,60000,500,0,0').join(';');

describe('a protocol in the store', () => {
  it('comes back as it was written, to the last field', () => {
    const p: Protocol = {
      id: 'my own',
      activity: 2,
      stage: 3,
      silent: true,
      steps: [
        { kind: 1, ms: 60_000, permille: 500, mmHg: 0, rampMmHgPerS: 5 },
        { kind: 2, ms: 30_000, permille: 0, mmHg: 90, rampMmHgPerS: 0 },
      ],
    };
    expect(decodeProtocol(encodeProtocol(p))).toEqual(p);
    expect(decodeProtocol(encodeProtocol({ ...p, silent: false }))?.silent).toBe(false);
    expect(encodeProtocol(working(60))).toBe(signed('1,0,0,0,mine\n1,60000,500,0,0'));
  });
  it.each<[string, string | undefined]>([
    ['nothing', undefined],
    ['an empty text', ''],
    ['a wrong check sum', '1,0,0,0,mine\n1,60000,500,0,0\n1'],
    ['a line too few', signed('1,0,0,0,mine')],
    ['a line too many', signed('1,0,0,0,mine\n1,60000,500,0,0\n')],
    ['another version', signed('2,0,0,0,mine\n1,60000,500,0,0')],
    ['a field too few in the head', signed('1,0,0,mine\n1,60000,500,0,0')],
    ['a comma in the name', signed('1,0,0,0,mi,ne\n1,60000,500,0,0')],
    ['no name', signed('1,0,0,0,\n1,60000,500,0,0')],
    ['a name of 21', signed(`1,0,0,0,${'n'.repeat(21)}\n1,60000,500,0,0`)],
    ['no such activity', signed('1,5,0,0,mine\n1,60000,500,0,0')],
    ['an activity below them', signed('1,-1,0,0,mine\n1,60000,500,0,0')],
    ['no such stage', signed('1,0,6,0,mine\n1,60000,500,0,0')],
    ['a stage below them', signed('1,0,-1,0,mine\n1,60000,500,0,0')],
    ['silent, but how', signed('1,0,0,2,mine\n1,60000,500,0,0')],
    ['a number that is written in another way', signed('1,0,0,0,mine\n1,060000,500,0,0')],
    ['a number that is none', signed('1,0,0,0,mine\n1,x,500,0,0')],
    ['121 steps', signed(`1,0,0,0,mine\n${steps(121)}`)],
  ])('%s is none', (_name, text) => {
    expect(decodeProtocol(text)).toBeUndefined();
  });
  it.each<[string, string]>([
    ['a name of 20, the last activity and stage', signed(`1,4,5,0,${'n'.repeat(20)}\n1,60000,500,0,0`)],
    ['a name of 1, the first of all', signed('1,0,0,0,n\n1,60000,500,0,0')],
    ['120 steps', signed(`1,0,0,0,mine\n${steps(120)}`)],
  ])('%s is one', (_name, text) => {
    expect(decodeProtocol(text)).toBeDefined();
  });
  it('has a number after the built-in ones: 24 to 27, and nothing else has one', () => {
    const text = encodeProtocol(working(60));
    const { store } = new Device({
      files: { 'cuff.p0': text, 'cuff.p3': text, 'cuff.p4': text, 'cuff.p-1': text },
    }).core.ports;
    expect([protocolFile(0), protocolFile(3)]).toEqual(['cuff.p0', 'cuff.p3']);
    expect(protocolAt(store, 0)?.id).toBe(builtInProtocol(0).id);
    expect(protocolAt(store, PROTOCOL_COUNT - 1)?.id).toBe(builtInProtocol(PROTOCOL_COUNT - 1).id);
    expect([24, 27].map((n) => protocolAt(store, n)?.id)).toEqual(['mine', 'mine']);
    expect([-1, PROTOCOL_COUNT, 23, 25, 28, Number.NaN].map((n) => protocolAt(store, n))).toEqual(
      Array(6).fill(undefined),
    );
  });
});

describe('posture', () => {
  const at = (lopPosture: number, limb: number = LIMB_LEG) => ({
    ...defaultSettings(),
    limb,
    lopPosture,
    lopMmHg: 200,
    lopSource: LOP_MEASURED,
  });
  it('of each activity', () => {
    const all = [ACTIVITY_RUN, ACTIVITY_WALK, ACTIVITY_CYCLE, ACTIVITY_LIFT, ACTIVITY_PASSIVE];
    expect(all.map(postureOf)).toEqual([
      POSTURE_STANDING,
      POSTURE_STANDING,
      POSTURE_SEATED,
      POSTURE_SEATED,
      POSTURE_LYING,
    ]);
  });
  it.each<[string, number, number, number]>([
    ['standing, worn lying: lowered by the ratio', POSTURE_STANDING, ACTIVITY_PASSIVE, 154],
    ['standing, worn seated', POSTURE_STANDING, ACTIVITY_CYCLE, 168],
    ['seated, worn lying', POSTURE_SEATED, ACTIVITY_PASSIVE, 183],
    ['lying, worn standing: never raised', POSTURE_LYING, ACTIVITY_RUN, 200],
    ['the same', POSTURE_STANDING, ACTIVITY_RUN, 200],
  ])('%s', (_name, taken, activity, lop) => {
    expect(lopFor(at(taken), activity)).toBe(lop);
    expect(lopFor(at(taken, LIMB_ARM), activity)).toBe(200);
    expect(isOtherPosture(at(taken), activity)).toBe(taken !== postureOf(activity));
    expect(isOtherPosture(at(taken, LIMB_ARM), activity)).toBe(false);
  });
  it('an estimate is anything but a measurement in the right posture', () => {
    expect(isEstimated(at(POSTURE_STANDING), ACTIVITY_RUN)).toBe(false);
    expect(isEstimated(at(POSTURE_LYING), ACTIVITY_RUN)).toBe(true);
    expect(isEstimated({ ...at(POSTURE_STANDING), lopSource: LOP_ENTERED }, ACTIVITY_RUN)).toBe(true);
    expect(isEstimated({ ...at(POSTURE_LYING), lopMmHg: 0 }, ACTIVITY_RUN)).toBe(false);
  });
  it('says what a share comes to, and in which direction it errs', () => {
    expect([
      shareWorn(50, POSTURE_STANDING, POSTURE_LYING),
      shareWorn(50, POSTURE_LYING, POSTURE_STANDING),
    ]).toEqual([65, 39]);
    expect(postureText(50, POSTURE_SEATED, POSTURE_SEATED)).toBe('');
    expect(postureText(50, POSTURE_LYING, POSTURE_STANDING)).toBe(
      'LOP taken lying, session standing: 50 % of it would be about 39 % there, so the session is lighter than it says; ' +
        'the pressure is not raised. Measure standing for the true figure.',
    );
    expect(postureText(50, POSTURE_STANDING, POSTURE_LYING)).toMatch(/about 65 %.*HARDER/);
  });
});

describe('what a measured pressure is bound to', () => {
  const DATE_S = 1_790_000_000;
  /** With a measurement written down at DATE_S, by the device's own settings. */
  function measured(): Device {
    const d = new Device();
    Object.assign(d.core.measurement.lop.result, { spreadMmHg: 2.6, heartRate: 61.4, notices: 5 });
    keepLop(d.core, DATE_S);
    return d;
  }
  it('is written down with it', () => {
    const d = measured();
    expect(JSON.parse(d.files[FILE_LOP] ?? '')).toMatchObject({
      mmHg: LOP,
      spreadMmHg: 3,
      heartRate: 61,
      notices: 5,
      limb: LIMB_LEG,
      posture: d.core.settings.lopPosture + 1,
      dateS: DATE_S,
      dateTrusted: 1,
    });
    keepLop(d.core, 0);
    expect(JSON.parse(d.files[FILE_LOP] ?? '')).toMatchObject({ dateS: 0, dateTrusted: 0 });
    const once = JSON.parse(d.files[FILE_LOP] ?? '').by;
    d.core.measurement.lop.careful = true;
    keepLop(d.core, 0);
    expect(JSON.parse(d.files[FILE_LOP] ?? '').by).not.toBe(once);
  });
  it.each<[string, (d: Device) => void, number]>([
    ['nothing has changed', () => undefined, 0],
    ['another limb', (d) => Object.assign(d.core.settings, { limb: LIMB_ARM }), INHIBIT_LOP_OTHER],
    ['another cuff', (d) => Object.assign(d.core.settings, { cuffWidthMm: 55 }), INHIBIT_LOP_OTHER],
    [
      'a pressure that came by another way since',
      (d) => Object.assign(d.core.settings, { lopMmHg: 150, limb: LIMB_ARM }),
      0,
    ],
    [
      'a source of another kind',
      (d) => Object.assign(d.core.settings, { lopSource: LOP_ENTERED, limb: LIMB_ARM }),
      0,
    ],
    ['no note', (d) => Reflect.deleteProperty(d.files, FILE_LOP), 0],
    ['a damaged note', (d) => Object.assign(d.files, { [FILE_LOP]: '{' }), 0],
    ['an empty note', (d) => Object.assign(d.files, { [FILE_LOP]: 'null' }), 0],
  ])('%s', (_name, change, bits) => {
    const d = measured();
    change(d);
    expect(lopDoubts(d.core, DATE_S + 86_400)).toBe(bits);
  });
  it('after some weeks it is asked about, where the date is known', () => {
    const d = measured();
    expect(lopDoubts(d.core, DATE_S + 60 * 86_400)).toBe(INHIBIT_LOP_OLD);
    expect(lopDoubts(d.core, 0)).not.toBe(INHIBIT_LOP_OTHER);
  });
});

describe('what has a record and is no training', () => {
  it('has no steps, and knows nothing of the session before', () => {
    const s = new Device().work().core.session;
    Object.assign(s, { lessMmHg: 20, pauses: 3, releases: 2, exit: 2, leftMs: 9, step: 4 });
    beginStepless(s, MEASUREMENT, 180);
    expect(s).toMatchObject({
      lopMmHg: 180,
      lessMmHg: 0,
      step: 0,
      leftMs: 0,
      pauses: 0,
      releases: 0,
      exit: 0,
    });
    expect(s.protocol).toEqual({ id: MEASUREMENT, activity: ACTIVITY_PASSIVE, stage: 0, steps: [] });
    expect([MEASUREMENT, TRIP_ALONE, RESTART, 'run-5x3'].map(isTraining)).toEqual([
      false,
      false,
      false,
      true,
    ]);
    expect(stepless('x').id).toBe('x');
  });
});

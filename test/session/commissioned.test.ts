/** A build that has not passed starts nothing but its commissioning run, and measures nothing. */
import { describe, expect, it } from 'vitest';
import { passedWith } from '../../sim/core/store.ts';
import { createCore } from '../../src/core.ts';
import { FILE_COMMISSIONED } from '../../src/files.ts';
import { receive } from '../../src/link/link.ts';
import { INHIBIT_COMMISSION, INHIBIT_PARTS } from '../../src/safety/inhibits.ts';
import {
  COMMISSION_VERSION,
  commissionText,
  isCommissioned,
  isCommissioningRun,
  isOfParts,
} from '../../src/session/commissioned.ts';
import { ACTIVITY_PASSIVE, type Protocol, STEP_REST, STEP_WORK } from '../../src/session/protocol.ts';
import { encodeProtocol } from '../../src/session/stored.ts';
import { chosenProtocol, mayMeasure } from '../../src/wearer/start.ts';
import { Device, LOP } from '../loop/device.ts';

const step = { kind: STEP_REST, ms: 30_000, permille: 0, mmHg: 150, rampMmHgPerS: 0 };
const RUN: Protocol = {
  id: 'commissioning',
  activity: ACTIVITY_PASSIVE,
  stage: 0,
  silent: true,
  steps: [step],
};
const GOOD = `${COMMISSION_VERSION},1,1790000000,,,,vent:4.2`;

describe('the text', () => {
  it.each<[string, string | undefined, boolean]>([
    ['passed', commissionText(GOOD), true],
    ['none', undefined, false],
    ['empty', '', false],
    ['not passed', commissionText(GOOD.replace(',1,', ',0,')), false],
    ['another version', commissionText(GOOD.replace(/^2/, '1')), false],
    ['one byte damaged', commissionText(GOOD).replace('4.2', '4.3'), false],
    ['cut off', commissionText(GOOD).slice(0, -1), false],
    ['without its sum', GOOD, false],
    ['with more behind it', `${commissionText(GOOD)}\n`, false],
  ])('%s', (_name, text, passed) => {
    expect(isCommissioned(text)).toBe(passed);
  });
});

describe('the parts of the text', () => {
  const text = passedWith('0.1.0', 'jolt', 'mprls');
  it.each<[string, string, boolean]>([
    ['the same', '0.1.0,jolt,mprls', true],
    ['another firmware', '0.2.0,jolt,mprls', false],
    ['another board', '0.1.0,xiao,mprls', false],
    ['another sensor', '0.1.0,jolt,abp2', false],
    ['less', '0.1.0,jolt', false],
    ['none', ',,', false],
  ])('%s', (_name, parts, are) => {
    expect(isOfParts(text, parts)).toBe(are);
  });
  it('are read with numbers behind them, and are none in a text that is none', () => {
    expect(isOfParts(commissionText('2,1,0,0.1.0,jolt,mprls,vent:4.2'), '0.1.0,jolt,mprls')).toBe(true);
    expect([isOfParts(undefined, ',,'), isOfParts('', ',,')]).toEqual([false, false]);
  });

  /** INHIBIT_* bits that stand on an image of these parts, with the text in its store. */
  function barred(version: string, who: string, damaged?: string): number {
    const d = new Device({
      files: { [FILE_COMMISSIONED]: text },
      ...(damaged === undefined ? {} : { damaged }),
    });
    return createCore(d.core.ports, { periodMs: 50, version, who }).readiness.barred;
  }
  it('are those of the image, or nothing starts; the serial number is none of them', () => {
    expect(barred('0.1.0', 'jolt,mprls,12345678')).toBe(0);
    expect(barred('0.1.0', 'jolt,mprls,87654321')).toBe(0);
    expect(barred('0.2.0', 'jolt,mprls,12345678')).toBe(INHIBIT_PARTS);
    expect(barred('0.1.0', 'pico2,mprls,12345678')).toBe(INHIBIT_PARTS);
    expect(barred('0.1.0', 'jolt,abp2,12345678')).toBe(INHIBIT_PARTS);
  });
  it('a text of which a copy is damaged may be an older one: it does not count', () => {
    expect(barred('0.1.0', 'jolt,mprls,1', FILE_COMMISSIONED)).toBe(INHIBIT_COMMISSION);
  });
});

describe('the run', () => {
  it.each<[string, Partial<Protocol>, boolean]>([
    ['as the wizard writes it', {}, true],
    ['of another name', { id: 'mine' }, false],
    ['of an activity', { activity: 0 }, false],
    ['with work in it', { steps: [{ ...step, kind: STEP_WORK }] }, false],
    ['by a share of the occlusion pressure', { steps: [{ ...step, permille: 500 }] }, false],
    ['above 150 mmHg', { steps: [{ ...step, mmHg: 151 }] }, false],
    ['without a pressure', { steps: [{ ...step, mmHg: Number.NaN }] }, false],
    ['longer than 20 min', { steps: [step, { ...step, ms: 20 * 60_000 }] }, false],
  ])('%s', (_name, change, is) => {
    expect(isCommissioningRun({ ...RUN, ...change })).toBe(is);
  });
});

describe('a build that has not passed', () => {
  const device = (files: Record<string, string> = {}): Device =>
    new Device({ files: { [FILE_COMMISSIONED]: '', ...files } }).settle();

  it('starts no session and no measurement, and says so', () => {
    const d = device().tap(1);
    expect([d.phase, d.core.readiness.inhibits & INHIBIT_COMMISSION]).toEqual(['idle', INHIBIT_COMMISSION]);
    expect(mayMeasure(d.core)).toBe(false);
  });
  it('starts its commissioning run by one press, wherever it is kept, without asking what only a wearer can answer', () => {
    const d = device({ 'cuff.p2': encodeProtocol(RUN), 'cuff.prog': '1,0,0,0,0,0,0' });
    expect(chosenProtocol(d.core)).toBe(26);
    receive(d.core, '~C\n');
    d.tap(1);
    while (d.phase !== 'rest') {
      receive(d.core, '~C\n');
      d.tick();
    }
    expect([d.core.session.protocol.id, d.core.session.lopMmHg]).toEqual(['commissioning', LOP]);
  });
  it('does not start another protocol of one’s own', () => {
    const d = device({ 'cuff.p0': encodeProtocol({ ...RUN, id: 'mine' }) }).tap(1);
    expect(d.phase).toBe('idle');
  });
  it('that has passed starts what it did before', () => {
    const d = new Device({ files: { [FILE_COMMISSIONED]: commissionText(GOOD) } }).settle().tap(1);
    expect(d.core.readiness.inhibits & INHIBIT_COMMISSION).toBe(0);
    expect(d.phase).not.toBe('idle');
  });
});

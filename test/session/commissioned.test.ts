/** A build that has not passed starts nothing but its commissioning run, and measures nothing. */
import { describe, expect, it } from 'vitest';
import { FILE_COMMISSIONED } from '../../src/files.ts';
import { INHIBIT_COMMISSION } from '../../src/safety/inhibits.ts';
import {
  COMMISSION_VERSION,
  commissionText,
  isCommissioned,
  isCommissioningRun,
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
const GOOD = `${COMMISSION_VERSION},1,1790000000,0.1.0,vent:4.2`;

describe('the text', () => {
  it.each<[string, string | undefined, boolean]>([
    ['passed', commissionText(GOOD), true],
    ['none', undefined, false],
    ['empty', '', false],
    ['not passed', commissionText(GOOD.replace(',1,', ',0,')), false],
    ['another version', commissionText(GOOD.replace(/^1/, '2')), false],
    ['one byte damaged', commissionText(GOOD).replace('4.2', '4.3'), false],
    ['cut off', commissionText(GOOD).slice(0, -1), false],
    ['without its sum', GOOD, false],
    ['with more behind it', `${commissionText(GOOD)}\n`, false],
  ])('%s', (_name, text, passed) => {
    expect(isCommissioned(text)).toBe(passed);
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
    d.tap(1).until('rest');
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

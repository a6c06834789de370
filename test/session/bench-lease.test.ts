/** A build that has not passed fills only while the link goes on asking: whoever asked and is gone leaves a cuff that vents and starts nothing. */
import { describe, expect, it } from 'vitest';
import { commissionProtocol } from '../../sim/tune/commission-protocol.ts';
import { FILE_COMMISSIONED } from '../../src/files.ts';
import { receive } from '../../src/link/link.ts';
import { INHIBIT_COMMISSION, INHIBIT_NO_LOP } from '../../src/safety/inhibits.ts';
import { BENCH_LEASE_MS } from '../../src/session/bench-lease.ts';
import { encodeProtocol, protocolFile } from '../../src/session/stored.ts';
import { LOP_BENCH, LOP_MEASURED } from '../../src/settings.ts';
import { Device } from '../loop/device.ts';

const RUN = { [FILE_COMMISSIONED]: '', [protocolFile(3)]: encodeProtocol(commissionProtocol(150)) };
const BENCH = { lopMmHg: 190, lopSource: LOP_BENCH };
/** A round of turns, twice. */
const SLACK_MS = 400;

function device(): Device {
  return new Device({ settings: BENCH, files: RUN }).settle();
}

/** Runs for `ms` with the link asking twice a second. */
function asked(d: Device, ms: number): Device {
  for (let at = 0; at < ms; at += 500) {
    receive(d.core, '\n~C\n');
    d.run(500);
  }
  return d;
}

/** The run, in its hold. */
function held(): Device {
  const d = device();
  asked(d, 500).tap(1);
  for (let k = 0; k < 60 && d.phase !== 'rest'; k++) asked(d, 500);
  expect([d.phase, d.mmHg > 100]).toEqual(['rest', true]);
  return d;
}

/** A press, and the highest pressure in the half minute after it. */
function pressed(d: Device): number {
  d.tap(1);
  let most = d.mmHg;
  for (let at = 0; at < 30_000; at += 50) most = Math.max(most, d.tick().mmHg);
  return most;
}

describe('without anybody asking', () => {
  it('a press fills nothing and says that it is not commissioned', () => {
    const d = device();
    expect(pressed(d)).toBe(0);
    expect([d.phase, d.core.readiness.inhibits & INHIBIT_COMMISSION]).toEqual(['idle', INHIBIT_COMMISSION]);
  });
  it('nor does one right after the lease has ended, or after a power-up in it', () => {
    const late = asked(device(), 500).run(BENCH_LEASE_MS);
    expect(pressed(late)).toBe(0);
    const asking = asked(device(), 500);
    expect(pressed(new Device({ settings: BENCH, files: asking.files }).settle())).toBe(0);
  });
});

describe('a link that falls silent', () => {
  it('ends the run within the lease: vented, and a press starts nothing', () => {
    const d = held();
    const from = d.now;
    while (d.shut && d.now < from + 10_000) d.tick();
    expect([d.phase, d.now - from > 2000, d.now - from <= BENCH_LEASE_MS + SLACK_MS]).toEqual([
      'deflate',
      true,
      true,
    ]);
    d.run(15_000);
    expect([d.mmHg < 1, pressed(d) < 1]).toEqual([true, true]);
    d.run(90_000);
    expect(pressed(d)).toBeLessThan(1);
  });
  it('in a fill too', () => {
    const d = device();
    asked(d, 500).tap(1);
    while (d.phase !== 'fill') d.tick();
    d.run(BENCH_LEASE_MS + SLACK_MS);
    expect([d.phase, d.shut, d.pump]).toEqual(['done', false, 0]);
  });
  it('ends a pause: the press that would go on does nothing', () => {
    const d = held().tap(1);
    expect(d.phase).toBe('paused');
    asked(d, 2000);
    expect(d.phase).toBe('paused');
    d.run(BENCH_LEASE_MS + SLACK_MS).run(3000);
    expect(d.phase).toBe('done');
    expect(pressed(d)).toBeLessThan(1);
  });
  it('is not missed while it asks: the run goes to its end', () => {
    const d = held();
    for (let k = 0; k < 300 && d.phase !== 'done'; k++) asked(d, 500);
    expect([d.phase, d.core.session.exit]).toEqual(['done', 1]);
  });
});

describe('asking', () => {
  it('starts nothing and vents nothing', () => {
    const d = asked(device(), 5000);
    expect([d.phase, d.mmHg]).toEqual(['idle', 0]);
  });
  it('does not help a run without a pressure that it is planned with', () => {
    const d = new Device({ settings: { lopMmHg: 0, lopSource: 0 }, files: RUN }).settle();
    expect(d.core.readiness.inhibits).toBe(INHIBIT_COMMISSION);
    asked(d, 500).tap(1);
    expect([asked(d, 10_000).mmHg, d.phase]).toEqual([0, 'idle']);
  });
  it('lets no session start that is no commissioning run', () => {
    const mine = { ...commissionProtocol(100), id: 'mine' };
    const d = new Device({
      settings: BENCH,
      files: { ...RUN, [protocolFile(3)]: encodeProtocol(mine) },
    }).settle();
    asked(d, 500).tap(1);
    expect(asked(d, 10_000).mmHg).toBe(0);
  });
  it('gives a build that has passed no pressure of nobody’s', () => {
    const d = new Device({ settings: BENCH }).settle();
    asked(d, 500).tap(1);
    expect(d.core.readiness.inhibits).toBe(INHIBIT_NO_LOP);
    expect(asked(d, 10_000).mmHg).toBe(0);
  });
  it('is not needed by a build that has passed', () => {
    const d = new Device({ settings: { lopSource: LOP_MEASURED } }).work();
    expect(d.run(BENCH_LEASE_MS + 5000).phase).toBe('work');
  });
});

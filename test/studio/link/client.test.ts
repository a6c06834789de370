/** The page's client against the shipped image, over a faked serial port: connect, watch, stop, read, lose, come back. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ImageLevel } from '../../../sim/board/image-level.ts';
import { recordsOf } from '../../../sim/log/records.ts';
import { CuffClient } from '../../../sim/studio/link/cuff-client.ts';
import { emptyLog, pullLog } from '../../../sim/studio/link/pull-log.ts';
import { stopWords } from '../../../sim/studio/link/stopper.ts';
import { LINK_VERSION } from '../../../src/link/answers.ts';
import { phaseName } from '../../../src/phases.ts';
import { SerialCable } from './fake-serial.ts';
import { connected, over, powered, pressed, type Stand, troubleKind, until } from './stand.ts';
import { twoTabs } from './two-tabs.ts';

let stands: SerialCable[] = [];
beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  for (const cable of stands) cable.stop();
  stands = [];
  vi.useRealTimers();
});

async function stand(
  level: ImageLevel,
  ...rest: Parameters<typeof connected> extends [unknown, ...infer R] ? R : never
): Promise<Stand> {
  const made = await connected(level, ...rest);
  stands.push(made.cable);
  return made;
}

const at = (client: CuffClient): string => client.connection.value.at;

describe('a cuff at rest', () => {
  it('is met, watched, asked, and let go of', async () => {
    const { client, cable } = await stand(await powered());
    const now = client.connection.value;
    expect(now).toMatchObject({ at: 'ready', rights: 'all', hello: { board: 'jolt', sensor: 'mprls' } });
    await until(() => client.seen.value !== undefined, 'a state');
    expect(phaseName(client.seen.value?.state.phase ?? -1)).toBe('idle');
    await over(client.ask((link) => link.date(1_790_000_000)));
    expect(await over(client.ask((link) => link.question('N')))).toMatch(/^\d,17900000\d\d,/);
    await over(client.disconnect());
    expect([at(client), cable.port.isOpen, cable.listeners]).toEqual(['off', false, 1]);
    await over(client.connect('usb'));
    expect([at(client), cable.listeners]).toEqual(['ready', 1]);
  });

  it('comes back by itself when the cable is in again, as a new port, without a question', async () => {
    const { client, cable } = await stand(await powered());
    cable.unplug();
    await until(() => at(client) === 'lost', 'it is lost');
    await vi.advanceTimersByTimeAsync(5000);
    expect(at(client)).toBe('lost');
    cable.plug();
    await until(() => at(client) === 'ready', 'it is back');
    expect(cable.ports).toBe(2);
  });

  it('goes on after errors of the line and damaged answers', async () => {
    const { client, cable } = await stand(await powered());
    for (const name of ['FramingError', 'BufferOverrunError', 'BreakError', 'ParityError']) {
      cable.port.stumble(name);
      await vi.advanceTimersByTimeAsync(1500);
    }
    let k = 0;
    cable.knobs.fromBoard = (text) => (k++ % 2 === 0 ? text.replace(/[0-9]/, '\x11#') : `\x13${text}`);
    expect(await over(client.ask((link) => link.text(0)))).toMatch(/"lopMmHg":190/);
    expect(at(client)).toBe('ready');
  });
});

describe('what stands in the way', () => {
  it.each([
    ['the list was closed', { cancel: true }, 'cancelled'],
    ['another program has the port', { refuse: 'NetworkError' }, 'port-busy'],
    ['the page may not', { refuse: 'SecurityError' }, 'port-denied'],
    ['something that is no cuff', { fromBoard: () => '' }, 'not-a-cuff'],
  ] as const)('%s', async (_what, knobs, kind) => {
    const cable = new SerialCable((await powered()).board);
    stands.push(cable);
    Object.assign(cable.knobs, knobs);
    const client = new CuffClient({ serial: cable });
    await over(client.connect('usb'));
    expect([at(client), troubleKind(client)]).toEqual(['off', kind]);
    Object.assign(cable.knobs, { cancel: false, refuse: '', fromBoard: (text: string) => text });
    await over(client.connect('usb'));
    expect(at(client)).toBe('ready');
  });

  it('a browser without serial ports', async () => {
    const client = new CuffClient({});
    await over(client.connect('usb'));
    expect(troubleKind(client)).toBe('no-serial');
  });

  it.each([
    ['older', (line: string) => line.replace(/~H[^\n]*\n/, '')],
    ['newer', (line: string) => line.replace(`~H${LINK_VERSION},`, `~H${LINK_VERSION + 1},`)],
    ['newer settings', (line: string) => line.replace(/(~H\d+,\d+),\d+/, '$1,99')],
  ])('firmware that is %s is read and stopped, and may be updated', async (_what, fromBoard) => {
    const level = pressed(await powered());
    const cable = new SerialCable(level.board);
    stands.push(cable);
    cable.knobs.fromBoard = fromBoard;
    const client = new CuffClient({ serial: cable });
    await over(client.connect('usb'));
    expect(client.connection.value).toMatchObject({ at: 'ready', rights: 'read' });
    await until(() => client.seen.value !== undefined, 'a state');
    client.stop();
    await until(() => client.stopper.state.value.at === 'vented', 'vented');
    expect(level.view.setpoint).toBe(-1);
  });
});

describe('STOP', () => {
  it('vents a session, says it only when the cuff has, and shows the way down', async () => {
    const level = pressed(await powered());
    const { client } = await stand(level);
    await vi.advanceTimersByTimeAsync(3000);
    expect(client.record.run.raw.filter((mmHg) => mmHg > 60).length).toBeGreaterThan(30);
    client.stop();
    expect(stopWords(client.stopper.state.value)).toMatch(/^STOP sent\. Waiting…/);
    await vi.advanceTimersByTimeAsync(100);
    expect(level.view.vent).toBe(1);
    expect(client.stopper.state.value.at).toBe('sent');
    await until(() => client.stopper.state.value.at === 'vented', 'vented');
    expect(level.rig.p2).toBeLessThan(20);
    expect(stopWords(client.stopper.state.value)).toMatch(/^Vented: \d+ mmHg\.$/);
  });

  it('goes out again until it has got through', async () => {
    const level = pressed(await powered());
    const { client, cable } = await stand(level);
    let lost = 0;
    cable.knobs.toBoard = (text) => (lost++ < 6 ? text.replaceAll('~S', '~ ') : text);
    client.stop();
    await until(() => client.stopper.state.value.at === 'vented', 'vented');
    expect(lost).toBeGreaterThan(6);
  });

  it('goes past a write that hangs', async () => {
    const level = pressed(await powered());
    const { client, cable } = await stand(level);
    cable.knobs.stalled = true;
    await vi.advanceTimersByTimeAsync(600);
    void client.ask((link) => link.question('N')).catch(() => {});
    client.stop();
    await vi.advanceTimersByTimeAsync(3500);
    expect(stopWords(client.stopper.state.value)).toMatch(/Press the button on the cuff/);
    cable.knobs.stalled = false;
    await until(() => client.stopper.state.value.at === 'vented', 'vented');
  });

  it('goes out first over the next connection when there is none', async () => {
    const level = pressed(await powered());
    const { client, cable } = await stand(level);
    cable.unplug();
    await until(() => at(client) === 'lost', 'lost');
    client.stop();
    expect(stopWords(client.stopper.state.value)).toMatch(/^No connection/);
    await vi.advanceTimersByTimeAsync(2000);
    expect(level.view.vent).toBe(0);
    cable.sent = '';
    cable.plug();
    await until(() => client.stopper.state.value.at === 'vented', 'vented');
    expect(cable.sent).toMatch(/^\n~S\n/);
  });

  it('never says vented of a cuff that is not', async () => {
    const level = pressed(await powered());
    const { client, cable } = await stand(level);
    cable.knobs.toBoard = (text) => text.replaceAll('~S', '~ ');
    client.stop();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(stopWords(client.stopper.state.value)).toMatch(/not empty yet.*open the strap/);
    await vi.advanceTimersByTimeAsync(70_000);
    expect(stopWords(client.stopper.state.value)).toMatch(/not empty yet.*open the strap/);
  });

  it('gets through while a log is read, and the log is whole', async () => {
    const level = pressed(await powered());
    const { client } = await stand(level);
    client.stop();
    await until(() => client.stopper.state.value.at === 'vented', 'vented');
    await vi.advanceTimersByTimeAsync(8000);
    // ends the session for good
    level.button(1, true, level.board.nowMs + 1);
    level.button(1, false, level.board.nowMs + 3500);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(phaseName(level.view.phase)).toBe('done');
    const log = emptyLog('x');
    const pulled = pullLog(
      log,
      (n) => client.ask((link) => link.text(n)),
      () => {},
    );
    await until(() => log.done.size > 12, 'some of it');
    client.stop();
    await until(() => client.stopper.state.value.at === 'vented', 'vented again', 3000);
    expect(log.done.size).toBeLessThan(30);
    const texts = await over(pulled);
    expect(recordsOf(texts).records.length).toBe(1);
    for (const [name, text] of Object.entries(texts))
      expect([name, text]).toEqual([name, level.stored(name)]);
  });
});

describe('a log', () => {
  it('goes on after the cable was out: what was whole is not asked again', async () => {
    const { client, cable } = await stand(await powered());
    const log = emptyLog('x');
    const read = (n: number): Promise<string | undefined> => client.ask((link) => link.text(n));
    const pulled = pullLog(log, read, () => {}).catch((error: unknown) => error);
    await until(() => log.done.size === 20, 'twenty texts');
    cable.unplug();
    expect(await over(pulled)).toBeInstanceOf(Error);
    cable.plug();
    await until(() => at(client) === 'ready', 'back');
    cable.sent = '';
    await over(pullLog(log, read, () => {}));
    const asked = [...cable.sent.matchAll(/~R(\d+),0\n/g)].map((m) => Number(m[1]));
    expect(asked.filter((n) => n === 0)).toEqual([]);
    expect(asked.length).toBeLessThan(60);
  });

  it('of a cuff that has trained meanwhile begins anew', async () => {
    let sessions = '1,2,2,1,0,0,0';
    const asked: number[] = [];
    const read = (n: number): Promise<string | undefined> => {
      asked.push(n);
      return Promise.resolve(n === 1 ? sessions : undefined);
    };
    const log = emptyLog('x');
    await pullLog(log, read, () => {});
    const all = asked.length;
    await pullLog(log, read, () => {});
    expect(asked.length).toBe(all + 1);
    sessions = '1,3,2,1,0,0,0';
    await pullLog(log, read, () => {});
    expect(asked.length).toBe(2 * all + 1);
  });
});

describe('two tabs', () => {
  it('one has the cuff; the other says so, can stop it, and can take it over', async () => {
    const { tab } = twoTabs();
    const level = pressed(await powered());
    const { client, cable } = await stand(level, tab());
    const other = new CuffClient({ serial: cable, ...tab() });
    await over(other.connect('usb'));
    expect([at(other), troubleKind(other), at(client)]).toEqual(['off', 'other-tab', 'ready']);
    other.stop();
    await until(() => /^Vented/.test(other.elsewhere.words.value), 'the other tab says vented');
    expect(level.view.setpoint).toBe(-1);
    await over(other.connect('usb', { steal: true }));
    await until(() => at(other) === 'ready', 'taken over');
    expect([at(client), troubleKind(client)]).toEqual(['off', 'taken-over']);
  });
});

describe('a hidden tab', () => {
  it('with timers once a second and no reading for a minute harms nothing, and STOP works on', async () => {
    const level = pressed(await powered());
    const { client } = await stand(level);
    // what a browser does to the timers of a hidden page
    const whole = globalThis.setTimeout;
    // by hand: a spy would be put back once more at the end of the file, when the timers are real again
    globalThis.setTimeout = ((f: () => void, ms?: number) =>
      whole(f, Math.max(1000, ms ?? 0))) as typeof setTimeout;
    await vi.advanceTimersByTimeAsync(60_000);
    expect([at(client), level.view.trip]).toEqual(['ready', 0]);
    client.stop();
    await until(() => client.stopper.state.value.at === 'vented', 'vented');
    globalThis.setTimeout = whole;
  });
});

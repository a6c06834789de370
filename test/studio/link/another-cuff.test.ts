/** Two cuffs on one page: nothing that was read, seen or done of one is shown of the other. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CuffLog } from '../../../sim/studio/link/cuff-log.ts';
import { connected, over, powered, pressed, type Stand, until } from './stand.ts';

let stood: Stand | undefined;
beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  stood?.cable.stop();
  vi.useRealTimers();
});

async function stand(...of: Parameters<typeof connected>): Promise<Stand & { readonly log: CuffLog }> {
  stood = await connected(...of);
  return { ...stood, log: new CuffLog(stood.client) };
}

function serialOf({ client }: Stand): string {
  const now = client.connection.value;
  return now.at === 'ready' ? now.hello.serial : '';
}

/** The cuff that answers from now on is another. */
function exchange(of: Stand): void {
  const first = serialOf(of);
  expect(first).not.toBe('');
  of.cable.knobs.fromBoard = (text) => text.replace(`,${first},`, ',other-one,');
}

describe('another cuff', () => {
  it('after a disconnect: the log of the first is neither shown nor gone on with', async () => {
    const made = await stand(await powered());
    const { client, log } = made;
    await over(log.pull());
    expect([log.pulling.value.whole, Object.keys(log.texts).length > 0]).toEqual([true, true]);
    await over(client.disconnect());
    await over(client.connect('usb'));
    expect(log.pulling.value.whole).toBe(true);
    exchange(made);
    await over(client.disconnect());
    await over(client.connect('usb'));
    expect(serialOf(made)).toBe('other-one');
    expect([log.pulling.value.whole, log.isBegun, log.texts]).toEqual([false, false, {}]);
  });

  it('at the same cable, met without a click: its chart and its pressure are its own', async () => {
    const made = await stand(pressed(await powered()));
    const { client, cable } = made;
    await until(() => client.record.run.rows > 20, 'a chart');
    const met = client.met.value;
    cable.unplug();
    await until(() => client.connection.value.at === 'lost', 'lost');
    cable.plug();
    await until(() => client.connection.value.at === 'ready', 'the same is back');
    expect([client.met.value, client.record.run.rows > 20]).toEqual([met, true]);
    exchange(made);
    cable.unplug();
    await until(() => client.connection.value.at === 'lost', 'lost');
    let seen: unknown = 'not met';
    client.met.subscribe((n) => {
      if (n > met) seen = client.seen.value;
    });
    cable.plug();
    await until(() => client.connection.value.at === 'ready', 'another is there');
    expect([client.met.value, seen]).toEqual([met + 1, undefined]);
    expect(client.record.run.rows).toBeLessThan(20);
  });

  it('of a firmware that does not say which it is may be any after a click, and is the same after a restart', async () => {
    const made = await stand(await powered());
    const { client, cable } = made;
    cable.knobs.fromBoard = (text) => text.replace(/~H[^\n]*\n/, '');
    const met = client.met.value;
    await over(client.disconnect());
    await over(client.connect('usb'));
    expect(client.met.value).toBe(met + 1);
    cable.unplug();
    await until(() => client.connection.value.at === 'lost', 'lost');
    cable.plug();
    await until(() => client.connection.value.at === 'ready', 'back');
    expect(client.met.value).toBe(met + 1);
  });
});

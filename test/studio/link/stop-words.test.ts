/** What stands beside STOP is true of the cuff at every moment, long after the STOP too. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ImageLevel } from '../../../sim/board/image-level.ts';
import type { PageBrowser } from '../../../sim/studio/link/browser-types.ts';
import { CuffClient } from '../../../sim/studio/link/cuff-client.ts';
import { stopWords } from '../../../sim/studio/link/stopper.ts';
import type { SerialCable } from './fake-serial.ts';
import { connected, over, powered, pressed, type Stand, until } from './stand.ts';
import { twoTabs } from './two-tabs.ts';

let cables: SerialCable[] = [];
beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  for (const cable of cables) cable.stop();
  cables = [];
  vi.useRealTimers();
});

async function stand(level: ImageLevel, browser: PageBrowser = {}): Promise<Stand> {
  const made = await connected(level, browser);
  cables.push(made.cable);
  return made;
}

describe('a STOP', () => {
  /** STOP, and the cuff says that it has vented. */
  async function vented(): Promise<Stand> {
    const made = await stand(pressed(await powered()));
    made.client.stop();
    await until(() => made.client.stopper.state.value.at === 'vented', 'vented');
    return made;
  }

  it('no longer says vented once the button of the cuff goes on, nor to another tab', async () => {
    const { tab } = twoTabs();
    const level = pressed(await powered());
    const { client, cable } = await stand(level, tab());
    const other = new CuffClient({ serial: cable, ...tab() });
    await over(other.connect('usb'));
    client.stop();
    await until(() => /^Vented/.test(other.elsewhere.words.value), 'vented');
    await vi.advanceTimersByTimeAsync(5000);
    expect(stopWords(client.stopper.state.value)).toMatch(/^Vented/);
    pressed(level);
    await vi.advanceTimersByTimeAsync(1500);
    expect(client.seen.value?.state.mmHg).toBeGreaterThan(60);
    expect([stopWords(client.stopper.state.value), other.elsewhere.words.value]).toEqual(['', '']);
  });

  it('no longer says vented of a cuff that is out of sight', async () => {
    const { client, cable } = await vented();
    cable.unplug();
    await until(() => client.connection.value.at === 'lost', 'lost');
    expect(stopWords(client.stopper.state.value)).toBe('');
  });

  it('says nothing more after the reader has disconnected', async () => {
    const { client } = await vented();
    await over(client.disconnect());
    expect(client.stopper.state.value).toEqual({ at: 'none' });
  });

  it('under way is not ended by disconnecting: it goes out first over the next connection', async () => {
    const level = pressed(await powered());
    const { client, cable } = await stand(level);
    cable.knobs.toBoard = (text) => text.replaceAll('~S', '~ ');
    client.stop();
    await over(client.disconnect());
    await vi.advanceTimersByTimeAsync(1000);
    expect(stopWords(client.stopper.state.value)).toMatch(/^No connection.*open the strap/);
    cable.knobs.toBoard = (text) => text;
    await over(client.connect('usb'));
    await until(() => client.stopper.state.value.at === 'vented', 'vented');
  });

  it('that the cuff does not follow goes out as long as the connection stands, and the rest of the page goes on beside it', async () => {
    const { client, level, cable } = await stand(pressed(await powered()));
    cable.knobs.toBoard = (text) => text.replaceAll('~S', '~ ');
    client.stop();
    await vi.advanceTimersByTimeAsync(100_000);
    let answered = false;
    const asked = client
      .ask((link) => link.greet())
      .then(() => {
        answered = true;
      });
    await vi.advanceTimersByTimeAsync(10_000);
    expect([answered, level.view.vent]).toEqual([false, 0]);
    await over(asked);
    await vi.advanceTimersByTimeAsync(30_000);
    cable.sent = '';
    await vi.advanceTimersByTimeAsync(3000);
    expect(cable.sent.split('~S').length).toBeGreaterThan(9);
    expect(stopWords(client.stopper.state.value)).toMatch(/not empty yet.*open the strap/);
    cable.knobs.toBoard = (text) => text;
    await until(() => client.stopper.state.value.at === 'vented', 'vented');
    expect(level.view.setpoint).toBe(-1);
    cable.sent = '';
    await vi.advanceTimersByTimeAsync(3000);
    expect(cable.sent).not.toContain('~S');
  });

  it('that got through nowhere for two minutes is told, until the cuff is there again and says that it is empty', async () => {
    const { client, level, cable } = await stand(pressed(await powered()));
    cable.unplug();
    await until(() => client.connection.value.at === 'lost', 'lost');
    client.stop();
    await vi.advanceTimersByTimeAsync(130_000);
    expect(stopWords(client.stopper.state.value)).toMatch(/^Not confirmed.*open the strap/);
    level.button(1, true, level.board.nowMs + 1);
    level.button(1, false, level.board.nowMs + 150);
    cable.plug();
    await until(() => client.stopper.state.value.at === 'vented', 'vented');
  });
});

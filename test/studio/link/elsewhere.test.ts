/** Two tabs: STOP from the one that does not have the cuff is answered in time or said to be unanswered, and what it shows of the cuff does not go stale. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PageBluetooth, PageBrowser } from '../../../sim/studio/link/browser-types.ts';
import { CuffClient } from '../../../sim/studio/link/cuff-client.ts';
import { ANSWER_MS, NOBODY, STALE_MS } from '../../../sim/studio/link/elsewhere.ts';
import type { PageChannel } from '../../../sim/studio/link/owner.ts';
import type { SerialCable } from './fake-serial.ts';
import { connected, over, powered, pressed, type Stand, troubleKind, until } from './stand.ts';
import { twoTabs } from './two-tabs.ts';

interface Tab {
  readonly browser: PageBrowser;
  /** Its process is gone: it neither hears nor says anything. */
  die(): void;
}

let tabs: () => Tab;
let cables: SerialCable[] = [];
beforeEach(() => {
  vi.useFakeTimers();
  const { tab } = twoTabs();
  tabs = () => mortal(tab());
});
afterEach(() => {
  for (const cable of cables) cable.stop();
  cables = [];
  vi.useRealTimers();
});

function mortal({ locks, channel }: ReturnType<ReturnType<typeof twoTabs>['tab']>): Tab {
  let lives = true;
  const limited: PageChannel = {
    addEventListener: (type, heard) =>
      channel.addEventListener(type, (event) => {
        if (lives) heard(event);
      }),
    postMessage: (message) => {
      if (lives) channel.postMessage(message);
    },
  };
  return {
    browser: { locks, channel: limited },
    die: () => {
      lives = false;
    },
  };
}

/** One tab has a cuff under pressure, and the other has asked for it. */
async function had(): Promise<Stand & { readonly here: Tab; readonly other: CuffClient }> {
  const here = tabs();
  const made = await connected(pressed(await powered()), here.browser);
  cables.push(made.cable);
  const other = new CuffClient({ serial: made.cable, ...tabs().browser });
  await over(other.connect('usb'));
  return { ...made, here, other };
}

const said = (client: CuffClient): string => client.elsewhere.words.value;

describe('STOP from the tab that does not have the cuff', () => {
  it('is answered at once by the one that has it, with how it has it', async () => {
    const { other, level } = await had();
    expect([troubleKind(other), other.elsewhere.kind.value]).toEqual(['other-tab', 'usb']);
    other.stop();
    expect(said(other)).toMatch(/^STOP sent\. Waiting/);
    await until(() => /^Vented/.test(said(other)), 'vented');
    expect(level.view.setpoint).toBe(-1);
  });

  it('that nobody answers says so in time, and what to do', async () => {
    const { other, here } = await had();
    here.die();
    other.stop();
    expect(said(other)).toMatch(/^STOP is asked/);
    await vi.advanceTimersByTimeAsync(ANSWER_MS + 300);
    expect([ANSWER_MS <= 2000, said(other)]).toEqual([true, NOBODY]);
    expect(NOBODY).toMatch(/Press the button on the cuff and open the strap/);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(said(other)).toBe(NOBODY);
  });

  it('is heard by a tab that gets the cuff some seconds later', async () => {
    const { client, other, cable, level } = await had();
    await over(client.disconnect());
    other.stop();
    await vi.advanceTimersByTimeAsync(ANSWER_MS + 300);
    expect(said(other)).toBe(NOBODY);
    const third = new CuffClient({ serial: cable, ...tabs().browser });
    void third.connect('usb');
    await until(() => /^Vented/.test(said(other)), 'vented', 30_000);
    expect(level.view.setpoint).toBe(-1);
  });

  it('under way in a tab that dies is not waited for', async () => {
    const { client, other, here, cable } = await had();
    cable.knobs.toBoard = (text) => text.replaceAll('~S', '~ ');
    client.stop();
    await vi.advanceTimersByTimeAsync(1000);
    expect(said(other)).toMatch(/^STOP sent/);
    here.die();
    await vi.advanceTimersByTimeAsync(STALE_MS + 1000);
    expect(said(other)).toBe(NOBODY);
  });

  it('under way in the tab that had the cuff is that of the one that takes it', async () => {
    const { client, other, cable, level } = await had();
    cable.knobs.toBoard = (text) => text.replaceAll('~S', '~ ');
    client.stop();
    await vi.advanceTimersByTimeAsync(1000);
    const taken = other.connect('usb', { steal: true });
    await until(() => client.isElsewhere, 'robbed');
    cable.knobs.toBoard = (text) => text;
    await over(taken);
    await until(() => /^Vented/.test(said(client)), 'vented', 30_000);
    expect(level.view.setpoint).toBe(-1);
  });
});

describe('what another tab has said of the cuff', () => {
  it('stands as long as it says so, and not when it has died', async () => {
    const { other, here } = await had();
    other.stop();
    await until(() => /^Vented/.test(said(other)), 'vented');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(said(other)).toMatch(/^Vented/);
    here.die();
    await vi.advanceTimersByTimeAsync(STALE_MS + 1000);
    expect([STALE_MS <= 6000, said(other), other.elsewhere.kind.value]).toEqual([true, '', undefined]);
  });

  it('is over when it lets go of it', async () => {
    const { client, other } = await had();
    other.stop();
    await until(() => /^Vented/.test(said(other)), 'vented');
    await over(client.disconnect());
    expect(said(other)).toBe('');
  });
});

describe('a take-over', () => {
  it.each(['usb', 'ble'] as const)(
    'whose list (%s) is closed leaves the cuff where it is, and says so',
    async (kind) => {
      const { client, level } = await had();
      const closed = Object.assign(new Error('User cancelled'), { name: 'NotFoundError' });
      const bluetooth: PageBluetooth = { requestDevice: () => Promise.reject(closed) };
      const serial = {
        getPorts: () => Promise.resolve([]),
        requestPort: () => Promise.reject(closed),
        addEventListener: () => {},
      };
      const other = new CuffClient({ serial, bluetooth, ...tabs().browser });
      await over(other.connect(kind, { steal: true }));
      await vi.advanceTimersByTimeAsync(3000);
      expect(client.connection.value.at).toBe('ready');
      expect(other.connection.value).toMatchObject({
        at: 'off',
        trouble: {
          kind: 'not-taken',
          title: expect.stringMatching(/the other tab keeps it/),
          what: 'No device was chosen',
        },
      });
      other.stop();
      await until(() => /^Vented/.test(said(other)), 'vented');
      expect([level.view.setpoint, other.elsewhere.kind.value]).toEqual([-1, 'usb']);
    },
  );

  it('is offered by the way in which the cuff is had', async () => {
    const bluetooth: PageBluetooth = { requestDevice: () => new Promise(() => {}) };
    const holder = new CuffClient({ bluetooth, ...tabs().browser });
    void holder.connect('ble');
    const other = new CuffClient({ bluetooth, ...tabs().browser });
    await over(other.connect('usb'));
    expect([troubleKind(other), other.elsewhere.kind.value]).toEqual(['other-tab', 'ble']);
  });
});

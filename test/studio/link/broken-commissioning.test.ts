/** A commissioning that STOP, the reader or a cable ends: the page says truly whose settings are on the cuff, and gives the wearer's back where it can. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ImageLevel } from '../../../sim/board/image-level.ts';
import type { Person, Question } from '../../../sim/commission/bench.ts';
import { JOLT_PINS } from '../../../sim/commission/pins.ts';
import type { CuffClient } from '../../../sim/studio/link/cuff-client.ts';
import { GIVEN_BACK, MAYBE, STILL } from '../../../sim/studio/link/page-bench.ts';
import { commissionCuff } from '../../../sim/studio/link/service-work.ts';
import type { Trouble } from '../../../sim/studio/link/troubles.ts';
import { FILE_SETTINGS } from '../../../src/files.ts';
import { decodeSettings, LOP_BENCH } from '../../../src/settings.ts';
import { wantedBoard } from '../../../tools/board/board-names.ts';
import { ASK_SERVICE } from '../../../tools/board/open-board.ts';
import { storedText } from '../../../tools/settings/store-file.ts';
import type { SerialCable } from './fake-serial.ts';
import { connected, over, powered, until } from './stand.ts';
import { twoTabs } from './two-tabs.ts';

/** What the wearer has measured (stand.ts). */
const OWN = 1;
let level: ImageLevel;
let cable: SerialCable;
let client: CuffClient;
/** Called with all that the page says. */
let onSay: (text: string) => void;
/** The person opens service mode when it is asked for. */
let helps: boolean;

beforeEach(async () => {
  vi.useFakeTimers();
  level = await powered();
  ({ cable, client } = await connected(level, twoTabs().tab()));
  onSay = () => {};
  helps = true;
});
afterEach(() => {
  cable.stop();
  vi.useRealTimers();
});

function holdButton(text: string): void {
  if (text !== ASK_SERVICE || !helps) return;
  const at = level.board.nowMs + 500;
  level.button(1, true, at);
  level.button(1, false, at + 5400);
}

const person: Person = {
  say: (text) => {
    holdButton(text);
    onSay(text);
  },
  yes: () => Promise.resolve(true),
  number: (id: Question) => Promise.resolve(id === 'relief-full' ? 306 : 301),
};

/** Up to the first run, for which nobody presses; there `act` is done once. */
async function brokenOff(act: () => void): Promise<void> {
  let did = false;
  onSay = (text) => {
    if (did || !text.includes('Press the training button once')) return;
    did = true;
    setTimeout(act, 3000);
  };
  await commission();
  expect(did).toBe(true);
}

async function commission(): Promise<void> {
  const work = client.work('commission', (open, port, lent) =>
    commissionCuff(open, port, lent, { board: wantedBoard('jolt'), pins: JOLT_PINS, person }),
  );
  await over(work, 2_000_000);
}

function lopSource(): number | undefined {
  const { storage } = level.board.machine;
  const read = (place: number): string | undefined => storage.read(`${FILE_SETTINGS}.${place}`) ?? undefined;
  const text = storedText({ a: read(0), b: read(1) });
  const decoded = text === undefined ? undefined : decodeSettings(text);
  return decoded?.settings?.lopSource;
}

function told(): Trouble | undefined {
  const now = client.connection.value;
  return 'trouble' in now ? now.trouble : undefined;
}

describe('a commissioning ended by', { timeout: 120_000 }, () => {
  it('STOP gives the settings back, and says so', async () => {
    await brokenOff(() => client.stop());
    expect(lopSource()).toBe(OWN);
    expect(told()).toMatchObject({ kind: 'stopped', cuff: GIVEN_BACK });
    await until(() => client.connection.value.at === 'ready', 'it runs again');
    expect(told()?.cuff).toBe(GIVEN_BACK);
  });

  it('STOP, where nobody opens service mode, says that they are still there', async () => {
    await brokenOff(() => {
      helps = false;
      client.stop();
    });
    expect(lopSource()).toBe(LOP_BENCH);
    expect(told()).toMatchObject({ kind: 'not-finished', cuff: STILL });
  });

  it('a second STOP, while they go back, says that they are still there', async () => {
    await brokenOff(() => {
      onSay = (text) => {
        if (text === ASK_SERVICE) client.stop();
      };
      helps = false;
      client.stop();
    });
    expect(lopSource()).toBe(LOP_BENCH);
    expect(told()).toMatchObject({ kind: 'not-finished', cuff: STILL });
  });

  it('a cable that is out for some seconds gives them back', async () => {
    await brokenOff(() => {
      cable.unplug();
      setTimeout(() => cable.plug(), 8000);
    });
    expect(lopSource()).toBe(OWN);
    expect(told()).toMatchObject({ kind: 'unplugged', cuff: GIVEN_BACK });
  });

  it('a cable that stays out says that they are still there, and the next commissioning gives them back', async () => {
    await brokenOff(() => cable.unplug());
    expect(lopSource()).toBe(LOP_BENCH);
    expect(told()).toMatchObject({ kind: 'not-finished', cuff: STILL });
    expect(told()?.next.join()).toMatch(/begin the commissioning again/);
    cable.plug();
    await until(() => client.connection.value.at === 'ready', 'it is back');
    expect(told()).toMatchObject({ kind: 'not-finished', cuff: STILL });
    await brokenOff(() => client.stop());
    expect(lopSource()).toBe(OWN);
  });

  it('the reader, who disconnects, says that they are still there', async () => {
    await brokenOff(() => void client.disconnect());
    expect(lopSource()).toBe(LOP_BENCH);
    expect(client.connection.value.at).toBe('off');
    expect(told()).toMatchObject({ kind: 'not-finished', cuff: STILL });
    await over(client.connect('usb'));
    expect(client.connection.value.at).toBe('ready');
  });

  it('the reader, while they are being written, says that they may be there', async () => {
    cable.knobs.toBoard = (text) => {
      if (text.includes(`cuffWrite("${FILE_SETTINGS}`)) void client.disconnect();
      return text;
    };
    await commission();
    expect(told()).toMatchObject({ kind: 'not-finished', cuff: MAYBE });
  });

  it('STOP before anything was written says no more than that', async () => {
    onSay = (text) => {
      if (text === ASK_SERVICE) client.stop();
    };
    await commission();
    expect(told()).toMatchObject({ kind: 'stopped', cuff: '' });
  });
});

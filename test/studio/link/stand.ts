/** A cuff on the virtual board behind a faked serial port, with the page's client on it; time is Node's faked clock. */
import { vi } from 'vitest';
import { ImageLevel } from '../../../sim/board/image-level.ts';
import { nominalLimb } from '../../../sim/plant/limb-params.ts';
import { NOMINAL_THIGH } from '../../../sim/plant/params.ts';
import { Rig } from '../../../sim/plant/rig.ts';
import { flashed } from '../../../sim/setup/image.ts';
import type { PageBrowser } from '../../../sim/studio/link/browser-types.ts';
import { CuffClient } from '../../../sim/studio/link/cuff-client.ts';
import type { TroubleKind } from '../../../sim/studio/link/troubles.ts';
import { FILE_PROGRESS, FILE_SETTINGS } from '../../../src/files.ts';
import { phaseName } from '../../../src/phases.ts';
import { defaultSettings, encodeSettings } from '../../../src/settings.ts';
import { SerialCable } from './fake-serial.ts';

/** Faked time goes on until `done` says so. */
export async function until(done: () => boolean, what: string, mostMs = 400_000): Promise<void> {
  for (let t = 0; t < mostMs; t += 20) {
    if (done()) return;
    await vi.advanceTimersByTimeAsync(20);
  }
  throw new Error(`never: ${what}`);
}

/** Faked time goes on until the work is over. */
export async function over<T>(work: Promise<T>, mostMs = 400_000): Promise<T> {
  let done = false;
  const end = (): void => {
    done = true;
  };
  work.then(end, end);
  await until(() => done, 'the work ends', mostMs);
  return await work;
}

export async function powered(texts: Readonly<Record<string, string>> = {}): Promise<ImageLevel> {
  const files = await flashed('mprls', {
    [FILE_SETTINGS]: encodeSettings({ ...defaultSettings(), lopMmHg: 190, lopSource: 1 }),
    [FILE_PROGRESS]: '1,2,2,1,0,0,0',
    ...texts,
  });
  const rig = new Rig({ plant: NOMINAL_THIGH, limb: nominalLimb('run'), sensor: 'MPRLS' }, 1);
  rig.setActivity('rest');
  const level = new ImageLevel(rig, {
    files,
    prepare: (board) => {
      board.machine.usb.connected = true;
    },
  });
  level.board.advanceTo(9000);
  return level;
}

/** A session has begun by the button, and there is pressure. */
export function pressed(level: ImageLevel): ImageLevel {
  level.button(1, true, level.board.nowMs + 1);
  level.button(1, false, level.board.nowMs + 150);
  const end = level.board.nowMs + 60_000;
  while (level.rig.p2 < 80) {
    if (level.board.nowMs > end) throw new Error(`no pressure: ${phaseName(level.view.phase)}`);
    level.nextTick();
  }
  return level;
}

export interface Stand {
  readonly level: ImageLevel;
  readonly cable: SerialCable;
  readonly client: CuffClient;
}

/** The page has connected to this cuff. */
export async function connected(level: ImageLevel, browser: PageBrowser = {}): Promise<Stand> {
  const cable = new SerialCable(level.board);
  const client = new CuffClient({ serial: cable, ...browser });
  await over(client.connect('usb'));
  return { level, cable, client };
}

export function troubleKind(client: CuffClient): TroubleKind | '' {
  const now = client.connection.value;
  return 'trouble' in now ? (now.trouble?.kind ?? '') : '';
}

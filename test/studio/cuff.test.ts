/** My cuff in a real browser: the shipped image on the virtual board behind a faked serial port, driven as somebody would. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { VirtualBoard } from '../../sim/board/virtual-board.ts';
import { nominalLimb } from '../../sim/plant/limb-params.ts';
import { NOMINAL_THIGH } from '../../sim/plant/params.ts';
import { Rig } from '../../sim/plant/rig.ts';
import { flashed } from '../../sim/setup/image.ts';
import { FILE_PROGRESS, FILE_SETTINGS } from '../../src/files.ts';
import { defaultSettings, encodeSettings } from '../../src/settings.ts';
import { releaseFiles } from '../flash/run-flash.ts';
import { smallFirmware } from '../flash/small-firmware.ts';
import { axeProblems } from './axe.ts';
import { withoutBrowser } from './chromium.ts';
import { PageSerial } from './page-serial.ts';
import { type OpenPage, openStudio, type Studio } from './studio-page.ts';

/** The board's time against the clock on the wall. */
const SPEED = 8;

async function newCuff(): Promise<VirtualBoard> {
  const rig = new Rig({ plant: NOMINAL_THIGH, limb: nominalLimb('run'), sensor: 'MPRLS' }, 1);
  rig.setActivity('rest');
  const board = new VirtualBoard({ rig });
  board.write(
    await flashed('mprls', {
      [FILE_SETTINGS]: encodeSettings({ ...defaultSettings(), lopMmHg: 190, lopSource: 1 }),
      [FILE_PROGRESS]: '1,2,2,1,0,0,0',
    }),
  );
  board.machine.usb.connected = true;
  board.powerOn();
  board.advanceTo(9000);
  return board;
}

interface Opened extends OpenPage {
  readonly serial: PageSerial;
}

describe.skipIf(withoutBrowser())('my cuff', { timeout: 120_000 }, () => {
  let studio: Studio;
  let open: Opened;
  beforeAll(async () => {
    studio = await openStudio();
  }, 240_000);
  afterAll(() => studio?.close());

  async function opened(): Promise<Opened> {
    const board = await newCuff();
    let serial: PageSerial | undefined;
    const made = await studio.open('#/cuff', {}, async (page) => {
      serial = await PageSerial.behind(page, board, SPEED);
    });
    if (serial === undefined) throw new Error('the page was not prepared');
    await made.page.getByRole('heading', { level: 1, name: 'My cuff' }).waitFor();
    open = { ...made, serial };
    return open;
  }

  async function close(): Promise<void> {
    open.serial.stop();
    expect(open.problems).toEqual([]);
    expect(open.requests.filter((url) => !url.startsWith(studio.address))).toEqual([]);
    await open.close();
  }

  const fits = (page: Page): Promise<unknown> =>
    page.evaluate('document.documentElement.scrollWidth <= innerWidth');

  /** Nothing for axe to find, no sideways scrolling: light and wide, dark and narrow. Kept as pictures where a folder is named. */
  async function looksRight(page: Page, name: string): Promise<void> {
    await open.serial.slowly(() => look(page, name));
  }

  async function look(page: Page, name: string): Promise<void> {
    for (const [colorScheme, width] of [
      ['light', 1280],
      ['dark', 360],
    ] as const) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 800 });
      const folder = process.env['CUFFLOOP_PICTURES'];
      if (folder !== undefined) {
        mkdirSync(folder, { recursive: true });
        await page.screenshot({
          path: join(folder, `${name}-${colorScheme}-${width}.png`),
          fullPage: width > 400,
        });
      }
      expect([name, width, await axeProblems(page), await fits(page)]).toEqual([name, width, [], true]);
    }
  }

  test('is connected by keyboard, driven, stopped by Escape on another tab, lost and found', async () => {
    const { page, serial } = await opened();
    await serial.tell("refuse = 'NetworkError'");
    const connect = page.getByRole('button', { name: 'Connect by USB' });
    await connect.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'The port could not be opened' }).waitFor();
    await looksRight(page, 'busy');
    await serial.tell("refuse = ''");
    await page.getByRole('button', { name: 'Close this' }).press('Enter');
    await connect.press('Enter');
    await page.getByText('Ready: its own button starts a session').waitFor();
    await page.getByText('occlusion pressure 190 mmHg').waitFor();
    await looksRight(page, 'ready');
    serial.hold(150);
    await page.getByText('Under pressure: work').waitFor();
    await page.waitForFunction(
      'Number(document.querySelector(".status-mmhg").textContent.match(/\\d+/)) > 70',
    );
    await looksRight(page, 'pressure');
    await page.locator('.tabs a', { hasText: 'Learn' }).click();
    await page.keyboard.press('Escape');
    await page.getByText(/^Vented: \d+ mmHg\.$/).waitFor();
    expect(serial.board.rig.valve).toBe(0);
    await page.locator('.tabs a', { hasText: 'My cuff' }).click();
    await page.getByText('Stopped by you').waitFor();
    await serial.unplug();
    await page.getByRole('heading', { name: 'The connection is lost' }).waitFor();
    await looksRight(page, 'lost');
    await serial.plug();
    await page.getByText('Stopped by you').waitFor();
    await close();
  });

  test('has its settings written in service mode, and is told so beside the button', async () => {
    const { page, serial } = await opened();
    await page.getByRole('button', { name: 'Connect by USB' }).click();
    await page.getByText('Ready: its own button').waitFor();
    await page.getByText('Settings and protocols').click();
    await page.getByRole('button', { name: 'Read the settings' }).click();
    await page.getByRole('heading', { name: 'Now at the cuff: open service mode' }).waitFor();
    serial.hold(5600);
    await page.getByRole('textbox', { name: /^maxMmHg/ }).fill('120');
    const write = page.getByRole('button', { name: 'Write these settings' });
    await write.click();
    const said = page.getByText(/^Written and read back: maxMmHg/);
    await said.waitFor();
    const [button, words] = [await write.boundingBox(), await said.boundingBox()];
    expect(Math.abs((words?.y ?? 9999) - (button?.y ?? 0))).toBeLessThan(150);
    await looksRight(page, 'written');
    await close();
  });

  test('is flashed with files chosen by hand, in service mode, and runs the new image', async () => {
    const { page, serial } = await opened();
    await page.getByRole('button', { name: 'Connect by USB' }).click();
    await page.getByText('Ready: its own button').waitFor();
    await page.getByText('Firmware: write, update, recover').click();
    await page.getByText('Other images').click();
    await page.getByLabel(/manifest\.json, the image/).setInputFiles(
      Object.entries(releaseFiles(smallFirmware('two', '9.9.9', 6))).map(([name, text]) => ({
        name,
        mimeType: 'text/plain',
        buffer: Buffer.from(text, 'latin1'),
      })),
    );
    await page.getByText('Version 9.9.9, from the chosen files').waitFor();
    expect(await fits(page)).toBe(true);
    await page.getByRole('button', { name: 'Write the firmware' }).click();
    await page.getByRole('heading', { name: 'Now at the cuff: open service mode' }).waitFor();
    await looksRight(page, 'service');
    serial.hold(5600);
    await page.getByText('Done: version 9.9.9 runs').waitFor();
    expect(serial.board.evaluate('boot.version')).toBe('9.9.9');
    await page.getByText('A --dev image runs with its console open').waitFor();
    await looksRight(page, 'flashed');
    await close();
  });
});

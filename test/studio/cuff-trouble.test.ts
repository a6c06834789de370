/** My cuff when something goes wrong, in a real browser: a tab that is hidden, a peer that reads nothing, another board, a full Storage. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { VirtualBoard } from '../../sim/board/virtual-board.ts';
import { Rig } from '../../sim/plant/rig.ts';
import { releaseFiles } from '../flash/run-flash.ts';
import { smallFirmware } from '../flash/small-firmware.ts';
import { SOON, UNHURRIED } from './browser.ts';
import { withoutBrowser } from './chromium.ts';
import { type CuffPage, openCuff, QUIET } from './cuff-page.ts';
import { canBeHidden, hide } from './hidden-tab.ts';
import { newCuff } from './new-cuff.ts';
import { openStudio, type Studio } from './studio-page.ts';

/** Time of the board for which a tab is hidden, ms: longer than all that was granted ahead lasts. */
const HIDDEN_MS = 20_000;
/** In the cuff, whatever the sensor says. */
function trueMmHg({ rig }: VirtualBoard): number {
  if (!(rig instanceof Rig)) throw new Error('not a simulated cuff');
  return rig.p2;
}

/** Pieces of 512 bytes: an image that has to be looked for room for. */
const PIECES = 60;

describe.skipIf(withoutBrowser())('my cuff in trouble', UNHURRIED, () => {
  let studio: Studio;
  beforeAll(async () => {
    studio = await openStudio();
  }, 240_000);
  afterAll(() => studio?.close());

  const mmHgOn = async ({ page }: CuffPage): Promise<number> =>
    Number.parseInt(await page.locator('.status-mmhg').innerText(), 10);

  async function underPressure(made: CuffPage): Promise<void> {
    await made.connect();
    made.serial.hold(150);
    await made.page.getByText('Under pressure: work').waitFor();
    await expect.poll(() => mmHgOn(made), SOON).toBeGreaterThan(70);
  }

  test('a tab that is hidden, its timers standing: the cuff runs on; shown again, readings come, and STOP vents', async () => {
    const made = await openCuff(studio, await newCuff('usb'), canBeHidden);
    const { page, serial, end } = made;
    const { board } = serial;
    await underPressure(made);
    await hide(page, true);
    const hiddenAt = board.nowMs;
    await expect.poll(() => board.nowMs - hiddenAt, SOON).toBeGreaterThan(HIDDEN_MS);
    expect(trueMmHg(board)).toBeGreaterThan(70);
    await hide(page, false);
    // what it shows is of now: the reading follows the cuff's own again
    await serial.slowly(() =>
      expect.poll(async () => Math.abs((await mmHgOn(made)) - trueMmHg(board)), SOON).toBeLessThan(25),
    );
    await page.getByText('last seen').waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
    await page.getByText(/^Vented: \d+ mmHg\.$/).waitFor();
    expect(board.rig.valve).toBe(0);
    // what happens meanwhile stands there at once when it is shown again
    await hide(page, true);
    serial.hold(150);
    await expect.poll(() => trueMmHg(board), SOON).toBeGreaterThan(70);
    await hide(page, false);
    await page.getByText('Under pressure: work').waitFor();
    await page.keyboard.press('Escape');
    await page.getByText(/^Vented: \d+ mmHg\.$/).waitFor();
    expect(await end()).toEqual(QUIET);
  });

  test('a peer that reads nothing: told, what to do by hand is said, and STOP goes out once it reads again', async () => {
    const made = await openCuff(studio, await newCuff('usb'));
    const { page, serial, looks, end } = made;
    await underPressure(made);
    await serial.stall(true);
    // which of the two comes first hangs on when in a question the peer fell silent
    await page
      .getByText(/last seen|The connection is lost/)
      .first()
      .waitFor();
    await page.keyboard.press('Escape');
    const said = page.locator('.stop-said');
    await said.filter({ hasText: 'press the button on the cuff' }).waitFor();
    expect(serial.board.rig.valve).toBe(1);
    await looks('cuff-stalled');
    await serial.stall(false);
    await page.getByText(/^Vented: \d+ mmHg\.$/).waitFor();
    expect(serial.board.rig.valve).toBe(0);
    expect(await end()).toEqual(QUIET);
  });

  async function flashFiles(made: CuffPage, board: string): Promise<void> {
    const { page } = made;
    await made.connect();
    await page.getByText('Firmware: write, update, recover').click();
    await page.getByText('Other images').click();
    const files = Object.entries(releaseFiles(smallFirmware('two', '9.9.9', PIECES), board));
    await page.getByLabel(/manifest\.json, the image/).setInputFiles(
      files.map(([name, text]) => {
        const named = text.replace('{"jolt":"JOLTJS"}', '{"jolt":"JOLTJS","pico2":"PICO_R2"}');
        return { name, mimeType: 'text/plain', buffer: Buffer.from(named, 'latin1') };
      }),
    );
    await page.getByText('Version 9.9.9, from the chosen files').waitFor();
    await page.getByRole('button', { name: 'Write the firmware' }).click();
    await made.openService();
  }

  test('an image for another board is refused with both names, and nothing is written', async () => {
    const made = await openCuff(studio, await newCuff('usb'));
    const { page, serial, looks, end } = made;
    const before = serial.board.machine.storage.list().toString();
    await flashFiles(made, 'pico2');
    await page.getByRole('heading', { name: 'The image is for another board' }).waitFor();
    await page.locator('.trouble-what', { hasText: 'JOLTJS' }).waitFor();
    await looks('cuff-wrong-board');
    expect(serial.board.machine.storage.list().toString()).toBe(before);
    expect(await end()).toEqual(QUIET);
  });

  test('a full Storage is told with the way out, and the image in use stays', async () => {
    const board = await newCuff('usb');
    const { storage } = board.machine;
    const image = storage.read('cuff.a');
    storage.write('music', 'm'.repeat(storage.getFree() - 8000));
    const made = await openCuff(studio, board);
    await flashFiles(made, 'jolt');
    await made.page.getByRole('heading', { name: 'The Storage of the board is full' }).waitFor();
    await made.page
      .getByText(/Begin with an empty Storage/)
      .first()
      .waitFor();
    await made.looks('cuff-full');
    expect(storage.read('cuff.a')).toBe(image);
    expect(await made.end()).toEqual(QUIET);
  });
});

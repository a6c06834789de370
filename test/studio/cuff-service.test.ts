/** My cuff in service mode, in a real browser: settings, flashing with the cable pulled, commissioning. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keptReport } from '../../sim/commission/record.ts';
import { FILE_COMMISSIONED, FILE_SETTINGS } from '../../src/files.ts';
import { decodeSettings } from '../../src/settings.ts';
import { releaseFiles } from '../flash/run-flash.ts';
import { smallFirmware } from '../flash/small-firmware.ts';
import { SOON, UNHURRIED } from './browser.ts';
import { withoutBrowser } from './chromium.ts';
import { type CuffPage, openCuff, QUIET } from './cuff-page.ts';
import { keptOn, newCuff } from './new-cuff.ts';
import { openStudio, type Studio } from './studio-page.ts';

describe.skipIf(withoutBrowser())('my cuff in service mode', UNHURRIED, () => {
  let studio: Studio;
  beforeAll(async () => {
    studio = await openStudio();
  }, 240_000);
  afterAll(() => studio?.close());

  test('shows what would change, refuses what cannot be, writes, reads back and says so beside the button', async () => {
    const { page, serial, connect, openService, looks, end } = await openCuff(studio, await newCuff('usb'));
    await connect();
    await page.getByText('Settings and protocols').click();
    await page.getByRole('button', { name: 'Read the settings' }).click();
    await openService();
    const field = page.getByRole('textbox', { name: /^maxMmHg/ });
    const write = page.getByRole('button', { name: 'Write these settings' });
    const diff = page.locator('.diff');
    await field.fill('999');
    await diff.getByText(/maxMmHg/).waitFor();
    await expect.poll(() => write.isDisabled(), SOON).toBe(true);
    await looks('cuff-refused');
    await field.fill('120');
    await diff.locator('ins', { hasText: '120' }).waitFor();
    await expect.poll(() => diff.innerText(), SOON).toMatch(/maxMmHg: 200 → 120 mmHg/);
    await write.focus();
    await page.keyboard.press('Enter');
    const said = page.getByText(/^Written and read back: maxMmHg 200 → 120/);
    await said.waitFor();
    const apart = async (): Promise<number> =>
      Math.abs(((await said.boundingBox())?.y ?? 9999) - ((await write.boundingBox())?.y ?? 0));
    await expect.poll(apart, SOON).toBeLessThan(150);
    expect(decodeSettings(keptOn(serial.board, FILE_SETTINGS)).settings?.maxMmHg).toBe(120);
    await looks('cuff-written');
    await page.getByRole('button', { name: 'Done: restart the cuff' }).click();
    await page.getByText('Ready: its own button').waitFor();
    expect(await end()).toEqual(QUIET);
  });

  async function chooseFiles({ page }: CuffPage): Promise<void> {
    await page.getByText('Other images').click();
    await page.getByLabel(/manifest\.json, the image/).setInputFiles(
      Object.entries(releaseFiles(smallFirmware('two', '9.9.9', 60))).map(([name, text]) => ({
        name,
        mimeType: 'text/plain',
        buffer: Buffer.from(text, 'latin1'),
      })),
    );
    await page.getByText('Version 9.9.9, from the chosen files').waitFor();
  }

  test('is flashed with files chosen by hand, again after the cable was pulled, and runs the new image', async () => {
    const made = await openCuff(studio, await newCuff('usb'));
    const { page, serial, connect, openService, looks, end } = made;
    await connect();
    await page.getByText('Firmware: write, update, recover').click();
    await chooseFiles(made);
    // where what is asked for lies below what is in view
    await page.setViewportSize({ width: 360, height: 800 });
    const write = page.getByRole('button', { name: 'Write the firmware' });
    await write.click();
    const ask = page.getByRole('heading', { name: 'Now at the cuff: open service mode' });
    await ask.waitFor();
    await expect.poll(async () => (await ask.boundingBox())?.y, SOON).toBeLessThan(700);
    await looks('cuff-service');
    await openService();
    await page.getByRole('progressbar', { name: 'Written' }).waitFor();
    await serial.unplug();
    await page.getByRole('heading', { name: 'The connection was lost' }).waitFor();
    await serial.plug();
    await page.getByRole('heading', { name: 'A board, connected' }).waitFor();
    await looks('cuff-unplugged');
    await write.click();
    await page.getByText('Done: version 9.9.9 runs').waitFor();
    expect(serial.board.evaluate('boot.version')).toBe('9.9.9');
    await page.getByText('A --dev image runs with its console open').waitFor();
    await looks('cuff-flashed');
    expect(await end()).toEqual(QUIET);
  });

  test('is led through its commissioning by keyboard; what was not measured has not passed, and stands on the cuff', async () => {
    const { page, serial, connect, openService, looks, end } = await openCuff(studio, await newCuff('usb'));
    await connect();
    await page.getByText('Commissioning: measure the build').click();
    await page.getByRole('button', { name: 'Begin' }).press('Enter');
    const asked = page.getByRole('region', { name: 'Question' });
    await asked.getByText(/Is the cuff OFF every limb/).waitFor();
    await looks('cuff-question');
    await asked.getByRole('button', { name: 'Yes' }).press('Enter');
    // an earlier report is looked for first, in service mode
    await openService();
    await asked.getByText(/Blow into the hose/).waitFor();
    await asked.getByRole('button', { name: 'No' }).press('Enter');
    await page.getByText(/Not passed, ended by: The valve is open without power/).waitFor();
    await looks('cuff-not-passed');
    expect(keptReport(keptOn(serial.board, FILE_COMMISSIONED))).toMatchObject({ passed: false });
    expect(await end()).toEqual(QUIET);
  });
});

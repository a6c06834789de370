/** My cuff in a real browser: the shipped image on the virtual board behind a faked serial port, driven as somebody would. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SOON, UNHURRIED } from './browser.ts';
import { withoutBrowser } from './chromium.ts';
import { openCuff, QUIET } from './cuff-page.ts';
import { TAKES_PICTURES } from './looks.ts';
import { newCuff, trained } from './new-cuff.ts';
import { openStudio, type Studio } from './studio-page.ts';

/** Length of what the picture of a live chart shows, ms. */
const PICTURED_MS = 25_000;

describe.skipIf(withoutBrowser())('my cuff', UNHURRIED, () => {
  let studio: Studio;
  beforeAll(async () => {
    studio = await openStudio();
  }, 240_000);
  afterAll(() => studio?.close());

  test('is connected by keyboard, driven, stopped by Escape on another tab, lost and found', async () => {
    const { page, serial, looks, end } = await openCuff(studio, await newCuff('usb'));
    await serial.tell("refuse = 'NetworkError'");
    const connect = page.getByRole('button', { name: 'Connect by USB' });
    await connect.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'The port could not be opened' }).waitFor();
    await looks('cuff-busy');
    await serial.tell("refuse = ''");
    await page.getByRole('button', { name: 'Close this' }).press('Enter');
    await connect.press('Enter');
    await page.getByText('Ready: its own button starts a session').waitFor();
    await page.getByText('occlusion pressure 190 mmHg').waitFor();
    serial.hold(150);
    await page.getByText('Under pressure: work').waitFor();
    const mmHg = async (): Promise<number> =>
      Number.parseInt(await page.locator('.status-mmhg').innerText(), 10);
    await expect.poll(mmHg, SOON).toBeGreaterThan(70);
    if (TAKES_PICTURES) await serial.slowly(() => page.waitForTimeout(PICTURED_MS));
    await looks('cuff-pressure');
    await page.locator('.chart-surface').focus();
    await page.keyboard.press('End');
    const atEnd = (): Promise<string | null> => page.locator('.chart-surface').getAttribute('aria-valuetext');
    await expect.poll(atEnd, SOON).toMatch(/work.*sensor \d\d/);
    await page.locator('.tabs a', { hasText: 'Learn' }).click();
    await page.keyboard.press('Escape');
    await page.getByText(/^Vented: \d+ mmHg\.$/).waitFor();
    expect(serial.board.rig.valve).toBe(0);
    await page.locator('.tabs a', { hasText: 'My cuff' }).click();
    await page.getByText('Stopped by you').waitFor();
    await looks('cuff-stopped');
    await serial.unplug();
    await page.getByRole('heading', { name: 'The connection is lost' }).waitFor();
    await looks('cuff-lost');
    await serial.plug();
    await page.getByRole('heading', { name: 'The connection is lost' }).waitFor({ state: 'detached' });
    await page.getByText('Stopped by you').waitFor();
    expect(await end()).toEqual(QUIET);
  });

  test('is given the date and gives its log, whole though STOP is pressed meanwhile', async () => {
    const { page, serial, looks, end } = await openCuff(studio, await newCuff('usb', trained()));
    await page.getByRole('button', { name: 'Connect by USB' }).click();
    await page.getByText(/At rest|Ready: its own/).waitFor();
    await page.getByText('Date', { exact: true }).click();
    await page.getByRole('button', { name: 'Set it to this computer’s' }).click();
    await page.getByText(/^Set: /).waitFor();
    await page.getByText('Sessions and log').click();
    // at the clock's own pace the log is still coming when STOP is pressed
    await serial.slowly(async () => {
      await page.getByRole('button', { name: 'Read the log' }).click();
      await page.getByRole('progressbar', { name: 'Log read' }).waitFor();
      await page.keyboard.press('Escape');
    });
    await page.getByText(/^Vented: \d+ mmHg\.$/).waitFor();
    const table = page.getByRole('table', { name: /The sessions that the cuff keeps/ });
    await table.waitFor();
    await table.locator('tbody tr', { hasText: 'intro' }).waitFor();
    expect(await table.locator('tbody tr').count()).toBe(1);
    await looks('cuff-log');
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save it as a file' }).click(),
    ]);
    expect(file.suggestedFilename()).toMatch(/^cuff-.+\.json$/);
    expect(await end()).toEqual(QUIET);
  });

  test('of an older firmware is read, stopped and may be updated, and nothing else; damaged answers are asked again', async () => {
    const { page, serial, looks, end } = await openCuff(studio, await newCuff('usb'));
    const older = (text: string): string => text.replace(/~H[^\n]*\n/, '');
    serial.fromBoard = older;
    await page.getByRole('button', { name: 'Connect by USB' }).click();
    await page.getByText(/The firmware on this cuff is older than this page/).waitFor();
    const cards = (): Promise<string[]> => page.locator('main details.card > summary').allInnerTexts();
    await expect.poll(cards, SOON).toEqual(['Sessions and log', 'Firmware: write, update, recover']);
    await looks('cuff-older');
    let n = 0;
    serial.fromBoard = (text) => (++n % 3 === 0 ? text.replace(/[0-9]/, '#') : older(text));
    serial.hold(150);
    await page.getByText('Under pressure: work').waitFor();
    await page.getByRole('button', { name: 'STOP' }).click();
    await page.getByText(/^Vented: \d+ mmHg\.$/).waitFor();
    expect(await end()).toEqual(QUIET);
  });

  test('is had by one tab: another says so, stops it, and takes it over', async () => {
    const { page, serial, connect, looks, end } = await openCuff(studio, await newCuff('usb'));
    await connect();
    serial.hold(150);
    await page.getByText('Under pressure: work').waitFor();
    const other = await page.context().newPage();
    await serial.alsoBehind(other);
    await other.goto(`${studio.address}#/cuff`);
    await other.getByRole('button', { name: 'Connect by USB' }).click();
    await other.getByRole('heading', { name: 'Another tab of this page has the cuff' }).waitFor();
    await other.getByRole('button', { name: 'STOP' }).click();
    await other.getByText(/^Vented: \d+ mmHg\.$/).waitFor();
    await page.getByText('Stopped by you').waitFor();
    await other.getByRole('button', { name: 'Take it over to this tab' }).click();
    await page.getByRole('heading', { name: 'Another tab has taken the cuff over' }).waitFor();
    await other.getByText('Stopped by you').waitFor();
    await page.bringToFront();
    await looks('cuff-elsewhere');
    expect(await end()).toEqual(QUIET);
  });
});

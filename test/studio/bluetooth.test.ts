/** My cuff over the browser's real Web Bluetooth, with the browser's emulated radio behind it: chosen, driven, stopped, lost, found. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SOON, UNHURRIED } from './browser.ts';
import { withoutBrowser } from './chromium.ts';
import { newCuff } from './new-cuff.ts';
import { PageRadio } from './page-radio.ts';
import { openStudio, type Studio } from './studio-page.ts';

const SPEED = 4;
/** What a connection asks of the browser and of the radio. */
const CONNECTED = ['list of 1', 'connection', 'discovery', 'subscribe-to-notifications'];

describe.skipIf(withoutBrowser())('my cuff by Bluetooth', UNHURRIED, () => {
  let studio: Studio;
  beforeAll(async () => {
    studio = await openStudio();
  });
  afterAll(() => studio?.close());

  test('is chosen in the list of the browser, watched under pressure, stopped, lost and found', async () => {
    const board = await newCuff('bluetooth');
    let radio: PageRadio | undefined;
    const { page, problems, close } = await studio.open('#/cuff', {}, async (to) => {
      radio = await PageRadio.behind(to, board, SPEED);
    });
    if (radio === undefined) throw new Error('the page was not prepared');
    await radio.choose();
    await page.getByRole('button', { name: 'By Bluetooth' }).click();
    await page.getByText('Ready: its own button starts a session').waitFor();
    await expect.poll(() => radio?.asked, SOON).toEqual(CONNECTED);
    board.schedule(board.nowMs + 20, () => board.press('D1'));
    board.schedule(board.nowMs + 170, () => board.release('D1'));
    await page.getByText('Under pressure: work').waitFor();
    await page.keyboard.press('Escape');
    await page.getByText(/^Vented: \d+ mmHg\.$/).waitFor();
    expect(board.rig.valve).toBe(0);
    await radio.leave();
    await page.getByRole('heading', { name: 'The connection is lost' }).waitFor();
    // the device is granted: it is found again without the list
    await page.getByRole('heading', { name: 'The connection is lost' }).waitFor({ state: 'detached' });
    await page.getByText('Stopped by you').waitFor();
    await expect.poll(() => radio?.asked, SOON).toEqual([...CONNECTED, ...CONNECTED.slice(1)]);
    await page.getByRole('button', { name: 'Disconnect' }).click();
    await expect.poll(() => radio?.asked.at(-1), SOON).toBe('unsubscribe-from-notifications');
    expect(problems).toEqual([]);
    await radio.stop();
    await close();
  });
});

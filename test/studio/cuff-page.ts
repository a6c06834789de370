/** The screen "My cuff" of the built page, with a cuff behind the faked serial port of its browser. */
import type { Page } from 'playwright-core';
import type { VirtualBoard } from '../../sim/board/virtual-board.ts';
import { looksRight } from './looks.ts';
import { PageSerial } from './page-serial.ts';
import type { OpenPage, Studio } from './studio-page.ts';

/** The board's time against the clock on the wall. */
const SPEED = 8;

export interface CuffPage extends OpenPage {
  readonly serial: PageSerial;
  /** All looks of what stands there now; the board's time goes slowly meanwhile. */
  looks(name: string): Promise<void>;
  /** Connects by the button, and waits until the cuff has said that it is ready. */
  connect(): Promise<void>;
  /** Opens service mode as a person does: once the page asks for it. */
  openService(): Promise<void>;
  /** What the page has asked of other hosts, and its errors: both must be empty. */
  end(): Promise<{ readonly elsewhere: readonly string[]; readonly problems: readonly string[] }>;
}

/** `prepare`: before the page is loaded. */
export async function openCuff(
  studio: Studio,
  board: VirtualBoard,
  prepare: (page: Page) => Promise<void> = async () => {},
): Promise<CuffPage> {
  let made: PageSerial | undefined;
  const open = await studio.open('#/cuff', {}, async (page) => {
    made = await PageSerial.behind(page, board, SPEED);
    await prepare(page);
  });
  if (made === undefined) throw new Error('the page was not prepared');
  const serial = made;
  const { page, problems, requests } = open;
  await page.getByRole('heading', { level: 1, name: 'My cuff' }).waitFor();
  return {
    ...open,
    serial,
    looks: (name) => serial.slowly(() => looksRight(page, name)),
    connect: async () => {
      await page.getByRole('button', { name: 'Connect by USB' }).click();
      await page.getByText('Ready: its own button').waitFor();
    },
    openService: async () => {
      await page.getByRole('heading', { name: 'Now at the cuff: open service mode' }).waitFor();
      serial.hold(5600);
    },
    end: async () => {
      serial.stop();
      await open.close();
      return { elsewhere: requests.filter((url) => !url.startsWith(studio.address)), problems };
    },
  };
}

/** What `end` must give. */
export const QUIET = { elsewhere: [], problems: [] };

/**
 * What the page does on a board in service mode: flash it, set it, lead through its commissioning. All by the code of flash.sh, of the settings
 * tool and of the wizard; here is only how they are called from a page. Each ends with the board restarting.
 */
import type { Settings } from '../../../src/settings.ts';
import type { Conversation } from '../../../tools/board/conversation.ts';
import { openBoard, pause, type WantedBoard } from '../../../tools/board/open-board.ts';
import type { OpenWire } from '../../../tools/board/wire.ts';
import type { DrivePins } from '../../../tools/build/drive-pins.ts';
import { boardText, planLines, runUpdate, type Updated } from '../../../tools/flash/run-update.ts';
import { RESTART, RESTART_MS } from '../../../tools/flash/start-image.ts';
import type { Firmware, Reporter } from '../../../tools/flash/update.ts';
import { placeOn } from '../../../tools/settings/board-place.ts';
import { earlierAt, readSettings, writeSettings } from '../../../tools/settings/commands.ts';
import type { Earlier } from '../../../tools/settings/questions.ts';
import type { Person } from '../../commission/bench.ts';
import type { Part } from '../../commission/lines.ts';
import { commissionDevice } from '../../commission/on-device.ts';
import type { Report } from '../../commission/wizard.ts';
import { type Lent, PageBench } from './page-bench.ts';

/** How long somebody may take to open service mode, s. */
const SERVICE_S = 300;

export interface FlashWork extends Reporter {
  readonly board: WantedBoard;
  readonly firmware: Firmware;
  readonly say: (text: string) => void;
  /** What will be done, a line each; it is done then. */
  readonly planned: (lines: readonly string[]) => void;
}

/** Throws FlashFailure. */
export async function flashBoard(
  open: OpenWire,
  port: string,
  work: FlashWork,
): Promise<Updated | undefined> {
  const { board, say, firmware } = work;
  const opened = await openBoard({ open, port, board, waitS: SERVICE_S, say });
  say(boardText(opened));
  return await runUpdate(opened, firmware, {
    open,
    port,
    step: work.step,
    progress: work.progress,
    planned: (plan) => {
      work.planned(planLines(plan, firmware));
      return true;
    },
  });
}

/** The stored texts of a board in service mode, open until `close`. */
export interface OpenSettings {
  /** As they stand on the board; what `write` has written, from then on. */
  readonly settings: Settings;
  readonly note: string;
  /** Occlusion pressures that are known there, for the questions about `next`. */
  earlier(next: Settings): Promise<Earlier[]>;
  /** Writes a whole set and reads it back. Throws where it does not stand there. */
  write(next: Settings): Promise<void>;
  /** Writes another text of the store (a protocol), and reads it back. */
  writeText(name: string, text: string): Promise<void>;
  /** The board restarts. */
  close(): Promise<void>;
}

/** Throws FlashFailure, and SettingsProblems for a set that cannot be used. */
export async function openSettings(
  open: OpenWire,
  port: string,
  how: { readonly board: WantedBoard; readonly say: (text: string) => void },
): Promise<OpenSettings> {
  const { conversation } = await openBoard({ open, port, ...how, waitS: SERVICE_S });
  const place = placeOn(conversation);
  try {
    const { settings, note } = await readSettings(place);
    return openOn(conversation, settings, note);
  } catch (error) {
    await conversation.close();
    throw error;
  }
}

function openOn(conversation: Conversation, settings: Settings, note: string): OpenSettings {
  const place = placeOn(conversation);
  let now = settings;
  return {
    get settings() {
      return now;
    },
    note,
    earlier: (next) => earlierAt(place, now, next),
    write: async (next) => {
      await writeSettings(place, next);
      now = next;
    },
    writeText: async (name, text) => {
      await place.write(name, text);
      if ((await place.read(name)) !== text)
        throw new Error(`${name} reads back otherwise than it was written; write it again`);
    },
    close: async () => {
      conversation.send(RESTART);
      await pause(RESTART_MS);
      await conversation.close();
    },
  };
}

export interface CommissionWork {
  readonly board: WantedBoard;
  /** Its outputs, for the electrical step. */
  readonly pins: DrivePins;
  readonly person: Person;
  /** Only what has to be measured again after a change of this part. */
  readonly after?: Part | undefined;
}

/**
 * The report goes onto the device, passed or not: a build that has not passed starts nothing. Throws, with what is on the device then, where it was
 * broken off.
 */
export async function commissionCuff(
  open: OpenWire,
  port: string,
  lent: Lent,
  work: CommissionWork,
): Promise<Report> {
  const { board, pins, person, after } = work;
  const bench = new PageBench({ open, port, board, pins, person }, lent);
  try {
    return await commissionDevice(bench, after);
  } catch (error) {
    throw bench.failure(error);
  }
}

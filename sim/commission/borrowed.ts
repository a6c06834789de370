/**
 * What the commissioning borrows on the device and gives back: the settings, the place of the wearer's last protocol, and the place of its own report,
 * where the wearer's texts stand meanwhile. Each step may be the last one: after any of them the device starts nothing for a wearer. Must never
 * take what the wizard itself has put there for the wearer's.
 */
import { FILE_COMMISSIONED, FILE_SETTINGS } from '../../src/files.ts';
import { encodeProtocol, protocolFile } from '../../src/session/stored.ts';
import {
  defaultSettings,
  encodeSettings,
  LOP_BENCH,
  LOP_UNKNOWN,
  type Settings,
} from '../../src/settings.ts';
import type { Conversation } from '../../tools/board/conversation.ts';
import { readPair, writeStored } from '../../tools/settings/board-store.ts';
import { understand } from '../../tools/settings/migrate.ts';
import { storedText } from '../../tools/settings/store-file.ts';
import { commissionMmHg, commissionProtocol } from '../tune/commission-protocol.ts';
import { leftBehind, putAsideText } from './put-aside.ts';

/** Nobody is in the cuff: what the runs are planned with. */
const PLACEHOLDER_LOP = 190;
/** Place of the run among the wearer's own protocols: the last. */
const RUN_PLACE = 3;

export interface Borrowed {
  /** The wearer's own. */
  readonly settings: Settings;
  readonly protocol: string | undefined;
}

/** The settings of the run: the wearer's, but for the occlusion pressure, which is nobody's, and a fill that shows what the pump can. */
export function plannedFor(own: Settings): Settings {
  return { ...own, lopMmHg: PLACEHOLDER_LOP, lopSource: LOP_BENCH, fillMmHgPerS: 0 };
}

function settingsIn(text: string | undefined): Settings | undefined {
  const stored = understand(text);
  return stored.state === 'good' || stored.state === 'migrated' ? stored.settings : undefined;
}

/** The wearer's own of what stands there now and of what was put aside: what a person has written since a broken commissioning is his. */
export function ownOf(now: Settings | undefined, aside: Settings | undefined): Settings {
  if (now === undefined) return aside ?? defaultSettings();
  if (now.lopSource !== LOP_BENCH) return now;
  const { lopMmHg, lopSource, lopPosture, fillMmHgPerS } = aside ?? {
    ...now,
    lopMmHg: 0,
    lopSource: LOP_UNKNOWN,
  };
  return {
    ...now,
    lopMmHg,
    lopSource,
    lopPosture,
    fillMmHgPerS: now.fillMmHgPerS === 0 ? fillMmHgPerS : now.fillMmHgPerS,
  };
}

async function textOf(conversation: Conversation, name: string): Promise<string | undefined> {
  return storedText(await readPair(conversation, name));
}

/** Puts the wearer's texts aside, then the run and what it is planned with in their places. */
export async function borrow(conversation: Conversation): Promise<Borrowed> {
  const left = leftBehind(await textOf(conversation, FILE_COMMISSIONED));
  const stored = await textOf(conversation, FILE_SETTINGS);
  const settings = ownOf(settingsIn(stored), left === undefined ? undefined : settingsIn(left.settings));
  const place = protocolFile(RUN_PLACE);
  const protocol = left === undefined ? await textOf(conversation, place) : left.protocol;
  // a build is judged anew from here on; a wizard that is broken off finds the wearer's own texts again
  const aside = { settings: stored === undefined ? undefined : encodeSettings(settings), protocol };
  await writeStored(conversation, FILE_COMMISSIONED, putAsideText(aside));
  const planned = plannedFor(settings);
  await writeStored(conversation, FILE_SETTINGS, encodeSettings(planned));
  await writeStored(conversation, place, encodeProtocol(commissionProtocol(commissionMmHg(planned))));
  return { settings, protocol };
}

/** Gives settings and protocol back as they were, and only then leaves `report` on the device. */
export async function giveBack(conversation: Conversation, own: Borrowed, report: string): Promise<void> {
  await writeStored(conversation, FILE_SETTINGS, encodeSettings(own.settings));
  // an empty text is no protocol: the run does not stay where none was
  await writeStored(conversation, protocolFile(RUN_PLACE), own.protocol ?? '');
  await writeStored(conversation, FILE_COMMISSIONED, report);
}

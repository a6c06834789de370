/**
 * An update on a board whose console is open and on which no image runs. The order is the safety: the slot in use is not
 * touched, its follower becomes the one in use by one small write at the end, after length, CRC, version and settings are proven.
 */
import type { SlotRecord } from '../../hal/boot/slots.ts';
import { FILE_SETTINGS } from '../../src/files.ts';
import { SETTINGS_VERSION } from '../../src/settings.ts';
import {
  type Contents,
  LOADER,
  nextSlot,
  RECORD,
  readContents,
  type Slot,
  sameSum,
  slotInUse,
  sumOf,
} from '../board/contents.ts';
import { type Conversation, WireEnded } from '../board/conversation.ts';
import { crcWrong, otherPrograms, otherSettings, storageFull, unplugged } from '../board/failure.ts';
import {
  eraseAll,
  eraseFile,
  type Progress,
  packStorage,
  proveFile,
  writeFile,
  writeSmall,
} from '../board/storage-writes.ts';
import { readPair, writeStored } from '../settings/board-store.ts';
import { type Stored, understand } from '../settings/migrate.ts';
import { storedText } from '../settings/store-file.ts';

export interface Firmware {
  code: string;
  version: string;
  loader: string;
  /** Erase start-up programs that are not of this project, before anything is written. */
  eraseForeign?: boolean;
  /** Begin with an empty Storage: settings and log are lost too. */
  erase?: boolean;
}

export interface Plan {
  slot: Slot;
  serial: number;
  inUse: Slot | undefined;
  /** The image stands in the slot already: an earlier update was cut off after it. */
  there: boolean;
  writeLoader: boolean;
  /** Start-up programs of somebody else, to be erased first. */
  foreign: readonly string[];
  settings: Stored;
  contents: Contents;
}

export interface Reporter {
  step: (text: string) => void;
  progress: Progress;
}

/** SERVICE_FILE of hal/boot/service.ts: left behind, it would take the place of the first start. */
const SERVICE_REQUEST = 'cuff.svc';
/** Space for records and settings beside the images, bytes. */
const SPARE = 12_000;
const HEADER = 32;

/**
 * Look at the board and decide; writes nothing. Settings that the image could not read, and start-up programs of somebody else, are refused
 * here. A loader counts as ours by its sum; `loaderRan` false = there was one, but it did not run: it is written anew.
 */
export async function planUpdate(
  conversation: Conversation,
  firmware: Firmware,
  loaderRan = true,
): Promise<Plan> {
  return await connected('reading the board', async () => {
    if (firmware.erase) return planFirst(await readContents(conversation));
    const contents = await readContents(conversation);
    if (contents.otherBoot.length > 0 && firmware.eraseForeign !== true)
      throw otherPrograms(contents.otherBoot);
    const settings = understand(storedText(await readPair(conversation, FILE_SETTINGS)));
    if (settings.state === 'other-version') throw otherSettings(settings.version, SETTINGS_VERSION);
    const { slot, serial } = nextSlot(contents);
    return {
      slot,
      serial,
      inUse: slotInUse(contents),
      there: sameSum(contents.slots[slot].image, sumOf(firmware.code)),
      writeLoader: !loaderRan || !sameSum(contents.loader, sumOf(firmware.loader)),
      foreign: contents.otherBoot,
      settings,
      contents,
    };
  });
}

function planFirst(contents: Contents): Plan {
  return {
    slot: 'cuff.a',
    serial: 1,
    inUse: slotInUse(contents),
    there: false,
    writeLoader: true,
    foreign: [],
    settings: { state: 'none' },
    contents,
  };
}

/** Carry out `plan`. Whatever interrupts it leaves the old image in use, or the new one, or a vented board. */
export async function update(
  conversation: Conversation,
  firmware: Firmware,
  plan: Plan,
  report: Reporter,
): Promise<void> {
  const { slot } = plan;
  await connected(`writing ${slot}`, async () => {
    if (firmware.erase) {
      report.step('Erasing the whole Storage (about 10 s)');
      await eraseAll(conversation);
    }
    for (const name of plan.foreign) {
      report.step(`Erasing ${name}, which is not of this project`);
      await eraseFile(conversation, name);
    }
    if (!plan.there) {
      await freeSpace(conversation, firmware, plan, report);
      report.step(`Writing ${firmware.code.length} bytes to ${slot}`);
      await writeFile(conversation, slot, firmware.code, report.progress);
    }
    report.step('Checking length, CRC and version on the board');
    await proveFile(conversation, slot, sumOf(firmware.code));
    await proveVersion(conversation, slot, firmware);
    if (plan.settings.state === 'migrated') {
      report.step(`Settings: from version ${plan.settings.from} to ${SETTINGS_VERSION}`);
      await writeStored(conversation, FILE_SETTINGS, plan.settings.text);
    }
    if (plan.writeLoader) await writeLoader(conversation, firmware, report);
    report.step(`Switching to ${slot}`);
    await eraseFile(conversation, SERVICE_REQUEST);
    await writeRecord(conversation, firmware, plan);
  });
}

async function freeSpace(
  conversation: Conversation,
  firmware: Firmware,
  plan: Plan,
  report: Reporter,
): Promise<void> {
  if (firmware.erase) return;
  const { slot, contents } = plan;
  if (contents.slots[slot].record !== undefined) await eraseFile(conversation, slot + RECORD);
  if (contents.slots[slot].image.length > 0) await eraseFile(conversation, slot);
  const needed = firmware.code.length + HEADER + (plan.writeLoader ? firmware.loader.length : 0) + SPARE;
  if (contents.free >= needed) return;
  report.step('Packing the Storage (up to a minute): do not unplug the board now');
  const free = await packStorage(conversation);
  if (free < needed) throw storageFull(free, needed, othersIn(contents));
}

function othersIn(contents: Contents): string[] {
  return contents.files
    .filter((f) => !f.name.startsWith('cuff.') && f.name !== LOADER)
    .slice(0, 3)
    .map((f) => `${f.name} (${f.length})`);
}

/** The version that the bytes on the board carry, read there. */
async function proveVersion(conversation: Conversation, slot: Slot, firmware: Firmware): Promise<void> {
  const quoted = [`"${firmware.version}"`, `'${firmware.version}'`].map((t) => JSON.stringify(t));
  const found = await conversation.ask(
    `(function(){var d=require("Storage").read("${slot}");return d.indexOf(${quoted[0]})>=0||d.indexOf(${quoted[1]})>=0})()`,
    10_000,
    3,
  );
  if (found !== true) throw crcWrong(slot, 'an image of another version', `version ${firmware.version}`);
}

async function writeLoader(conversation: Conversation, firmware: Firmware, report: Reporter): Promise<void> {
  report.step('Writing the loader');
  await eraseFile(conversation, LOADER);
  await writeFile(conversation, LOADER, firmware.loader, report.progress);
}

async function writeRecord(conversation: Conversation, firmware: Firmware, plan: Plan): Promise<void> {
  const sum = sumOf(firmware.code);
  const record: SlotRecord = {
    serial: plan.serial,
    length: sum.length,
    crc: sum.crc,
    version: firmware.version,
  };
  await writeSmall(conversation, plan.slot + RECORD, JSON.stringify(record));
}

async function connected<T>(doing: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof WireEnded ? unplugged(doing, error.message) : error;
  }
}

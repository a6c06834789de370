/** Where settings live: on a board in service mode, or in a Storage file. Both keep the last good set beside the new one. */
import { readFileSync, writeFileSync } from 'node:fs';
import { FILE_SETTINGS } from '../../src/files.ts';
import { type OpenBoard, openBoard } from '../flash/open-board.ts';
import { readStorage, writeInto } from '../flash/storage-image.ts';
import type { OpenWire } from '../flash/wire.ts';
import { readPair, writeStored } from './board-store.ts';
import { nextFile, type StorePair, storedText } from './store-file.ts';

export interface Place {
  name: string;
  /** Stored text of `name` (a name of src/files.ts), undefined when there is none. */
  read: (name: string) => Promise<string | undefined>;
  write: (name: string, text: string) => Promise<void>;
  close: () => Promise<void>;
}

/** A file made by `npm run release`, or read out of a board. */
export function storagePlace(file: string): Place {
  const pairIn = (files: Record<string, string>, name: string): StorePair => ({
    a: files[`${name}.0`],
    b: files[`${name}.1`],
  });
  const load = () => new Uint8Array(readFileSync(file));
  return {
    name: file,
    read: (name) => Promise.resolve(storedText(pairIn(readStorage(load()), name))),
    write: (name, text) => {
      const bytes = load();
      const pair = pairIn(readStorage(bytes), name);
      if (storedText(pair) === text) return Promise.resolve();
      const next = nextFile(pair, text);
      writeFileSync(file, writeInto(bytes, `${name}.${next.place}`, next.file));
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  };
}

/** A board in service mode (asked for as by flash.sh). */
export async function boardPlace(options: {
  open: OpenWire;
  port: string;
  board: string;
  waitS: number;
  say: (text: string) => void;
}): Promise<Place> {
  const opened: OpenBoard = await openBoard(options);
  const { conversation } = opened;
  return {
    name: `the board on ${options.port}`,
    read: async (name) => storedText(await readPair(conversation, name)),
    write: async (name, text) => {
      await writeStored(conversation, name, text);
    },
    close: () => conversation.close(),
  };
}

export const SETTINGS_NAME = FILE_SETTINGS;

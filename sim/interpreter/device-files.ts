/**
 * What is in a device's flash after a first flashing and its commissioning: the loader, one image in slot A with its record, and stored texts.
 */
import type { SlotRecord } from '../../hal/boot/slots.ts';
import { FILE_COMMISSIONED } from '../../src/files.ts';
import type { Image } from '../../tools/build/image.ts';
import { crc32 } from '../../tools/crc32.ts';
import { nextFile } from '../../tools/settings/store-file.ts';

import { passedWith } from '../core/store.ts';

/** Names of hal/boot/slots.ts, which only a board can load. */
const SLOT_A = 'cuff.a';
const RECORD = '.rec';

/** No file of a name yet. */
const NONE = { a: undefined, b: undefined };

/** Files of a device with `image` in slot A; `store`: named texts of the firmware's own store. */
export function deviceFiles(
  loader: string,
  image: Pick<Image, 'code' | 'version' | 'board' | 'sensor'>,
  store: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const record: SlotRecord = {
    serial: 1,
    length: image.code.length,
    crc: crc32(image.code),
    version: image.version,
  };
  const files: Record<string, string> = {
    '.bootcde': loader,
    [SLOT_A]: image.code,
    [SLOT_A + RECORD]: JSON.stringify(record),
  };
  const passed = passedWith(image.version, image.board, image.sensor);
  for (const [name, text] of Object.entries({ [FILE_COMMISSIONED]: passed, ...store }))
    files[`${name}.0`] = nextFile(NONE, text).file;
  return files;
}

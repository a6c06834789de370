/** What is in a device's flash after a first flashing: the loader, one image in slot A with its record, and stored texts. */
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { bootText } from '../../hal/boot/root.ts';
import type { SlotRecord } from '../../hal/boot/slots.ts';
import { buildImage, type Image } from '../../tools/build/image.ts';
import { ROOT } from '../../tools/build/project.ts';

/** Names of hal/boot/slots.ts, which only a board can load. */
const SLOT_A = 'cuff.a';
const RECORD = '.rec';

/** The loader as it is flashed. */
export async function loaderText(): Promise<string> {
  const loader = await buildImage({ entry: join(ROOT, 'hal/boot/loader.ts') });
  return bootText(loader.code);
}

function hex(value: number): string {
  return value.toString(16).padStart(8, '0');
}

/** A text as the firmware's store keeps it, first of its name (format: hal/store-format.ts). */
export function storedFile(text: string): string {
  const body = hex(0) + text;
  return hex(crc32(body)) + body;
}

/** Files of a device with `image` in slot A; `store`: named texts of the firmware's own store. */
export function deviceFiles(
  loader: string,
  image: Pick<Image, 'code' | 'version'>,
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
  for (const [name, text] of Object.entries(store)) files[`${name}.0`] = storedFile(text);
  return files;
}

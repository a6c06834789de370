/** The files of a release: for each board a loader, for each board and sensor an image and a whole Storage; with their sums. */

import type { SlotRecord } from '../../hal/boot/slots.ts';
import { SETTINGS_VERSION } from '../../src/settings.ts';
import { ESPRUINO_NAMES } from '../board/board-names.ts';
import { LOADER, RECORD, SLOTS } from '../board/contents.ts';
import { OLDEST_VERSION } from '../board/espruino-version.ts';
import { loaderText } from '../board/loader.ts';
import { makeStorage } from '../board/storage-image.ts';
import { deadMan } from '../build/board-checks.ts';
import { buildImage, type Image } from '../build/image.ts';
import { choices, projectVersion, ROOT } from '../build/project.ts';
import { sensorTraits } from '../build/sensor-range.ts';
import { crc32 } from '../crc32.ts';
import { sha256, sumsOf } from '../sums.ts';
import { MANIFEST, type Manifest, type ReleaseFile, SUMS } from './manifest.ts';

export interface Release {
  manifest: Manifest;
  /** Name to bytes, manifest and sums included. */
  files: Map<string, Uint8Array>;
}

/** Why no image is made for a board with a sensor: it has no pins for it; '' = one is made. */
export function leftOut(board: string, sensor: string): string {
  try {
    sensorTraits(sensor, ROOT, board);
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}

/** The same bytes for the same sources, whenever and wherever. `part`: only these boards and sensors, all when left out. */
export async function makeRelease(
  part: { boards?: readonly string[]; sensors?: readonly string[] } = {},
  say: (text: string) => void = () => {},
): Promise<Release> {
  const boards = part.boards ?? choices('boards').filter((board) => deadMan(board) !== '');
  const sensors = part.sensors ?? choices('sensors');
  const files = new Map<string, Uint8Array>();
  const listed: ReleaseFile[] = [];
  const add = (kind: ReleaseFile['kind'], file: string, board: string, sensor: string, data: Uint8Array) => {
    files.set(file, data);
    listed.push({ file, kind, board, sensor, ...sumsOf(data) });
    say(`${file}: ${data.length} bytes`);
  };
  for (const board of boards) {
    const loader = await loaderText(board);
    add('loader', `loader-${board}.js`, board, '', ascii(loader));
    for (const sensor of sensors) {
      const why = leftOut(board, sensor);
      if (why !== '') {
        say(`no image for ${board}: ${why}`);
        continue;
      }
      const image = await buildImage({ board, sensor });
      add('image', `cuffloop-${board}-${sensor}.js`, board, sensor, ascii(image.code));
      add('storage', `cuffloop-${board}-${sensor}.storage`, board, sensor, firstStorage(image, loader));
    }
  }
  const manifest: Manifest = {
    name: 'cuffloop',
    version: projectVersion(),
    settingsVersion: SETTINGS_VERSION,
    espruino: OLDEST_VERSION,
    espruinoBoards: Object.fromEntries(boards.map((b) => [b, ESPRUINO_NAMES[b] ?? ''])),
    files: listed,
  };
  files.set(MANIFEST, ascii(`${JSON.stringify(manifest, null, 2)}\n`));
  const sums = [...files].map(([name, data]) => `${sha256(data)}  ${name}\n`);
  files.set(SUMS, ascii(sums.join('')));
  return { manifest, files };
}

/** The Storage as a first flash leaves it. */
function firstStorage(image: Image, loader: string): Uint8Array {
  const record: SlotRecord = {
    serial: 1,
    length: image.code.length,
    crc: crc32(image.code),
    version: image.version,
  };
  return makeStorage({
    [LOADER]: loader,
    [SLOTS[0]]: image.code,
    [SLOTS[0] + RECORD]: JSON.stringify(record),
  });
}

function ascii(text: string): Uint8Array {
  return Buffer.from(text, 'latin1');
}

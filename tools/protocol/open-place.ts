/** Options that say where a device's store is: a board in service mode, or a Storage file. */
import type { Command } from 'commander';
import { wantedBoard } from '../board/board-names.ts';
import { onlyPort } from '../board/find-port.ts';
import { listPorts, openWire } from '../board/open-wire.ts';
import { choices, referenceChoice } from '../build/project.ts';
import { boardPlace } from '../settings/board-place.ts';
import type { Place } from '../settings/place.ts';
import { storagePlace } from '../settings/storage-place.ts';
import { decimalOption } from '../settings/wearer-option.ts';

export interface Where {
  readonly port?: string;
  readonly image?: string;
  readonly board: string;
  readonly wait: number;
}

/** Adds the options of `Where`. */
export function withWhere(command: Command): Command {
  return command
    .option(
      '--port <port>',
      'serial port or tcp://host:port of the board in service mode; found by itself when left out',
    )
    .option('--image <file>', 'a .storage file, or a store as JSON, instead of a board')
    .option('--board <name>', `board: ${choices('boards').join(', ')}`, referenceChoice('boards'))
    .option('--wait <s>', 'how long to wait for service mode, s', decimalOption(1, 3600, 's'), 180);
}

/** Do `work` there and let go of it. Throws FlashFailure. */
export async function inPlace(where: Where, work: (place: Place) => Promise<void>): Promise<void> {
  const place =
    where.image !== undefined
      ? storagePlace(where.image)
      : await boardPlace({
          open: openWire,
          port: where.port ?? onlyPort(await listPorts()),
          board: wantedBoard(where.board),
          waitS: where.wait,
          say: (text) => console.error(text),
        });
  try {
    await work(place);
  } finally {
    await place.close();
  }
}

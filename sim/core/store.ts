/** The device's store in memory, for the core in the loop. */
import { FILE_COMMISSIONED } from '../../src/files.ts';
import type { StorePort } from '../../src/ports.ts';
import { COMMISSION_VERSION, commissionText } from '../../src/session/commissioned.ts';

/** What stands in a build that has passed, when does not matter: firmware, board and sensor as its image calls them. */
export function passedWith(version: string, board: string, sensor: string): string {
  return commissionText([COMMISSION_VERSION, 1, 0, version, board, sensor].join(','));
}

/** The same of the core in the loop, which is no image on a board. */
export const PASSED = passedWith('', '', '');

/** Small named texts in memory, of a device that has been commissioned unless `files` say otherwise, as the device's flash keeps them between power-ups. */
export class MemoryStore implements StorePort {
  readonly refused = 0;
  readonly files: Record<string, string>;

  constructor(files: Readonly<Record<string, string>>) {
    this.files = { [FILE_COMMISSIONED]: PASSED, ...files };
  }

  read(name: string): string | undefined {
    return this.files[name];
  }

  isDamaged(_name: string): boolean {
    return false;
  }

  write(name: string, bytes: string): boolean {
    this.files[name] = bytes;
    return true;
  }

  erase(name: string): void {
    delete this.files[name];
  }
}

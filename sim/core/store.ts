/** The device's store in memory, for the core in the loop. */
import type { StorePort } from '../../src/ports.ts';

/** Small named texts in memory, as the device's flash keeps them between power-ups. */
export class MemoryStore implements StorePort {
  readonly refused = 0;
  readonly files: Record<string, string>;

  constructor(files: Readonly<Record<string, string>>) {
    this.files = { ...files };
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

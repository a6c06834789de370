/**
 * The wire that the page's links are made of: the project's `Wire`, with a way past everything that waits. STOP goes that way. What is
 * urgent is kept once: a hundred repeats of STOP behind a peer that reads nothing are still one line.
 */
import type { Wire } from '../../../tools/board/wire.ts';

export interface LinkWire extends Wire {
  /** Sends `text` before all that waits, and past a write that hangs. Takes the place of an urgent text that has not gone yet. */
  urgent(text: string): void;
}

/** XON and XOFF: the board's flow control over Bluetooth, anywhere in what it sends; its texts never hold them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these two bytes are what is meant
const FLOW = /[\x11\x13]/g;

export function withoutFlow(text: string): string {
  return text.replace(FLOW, '');
}

/** Texts in the order in which they go out. */
export class Outgoing {
  #urgent = '';
  #waiting = '';

  add(text: string): void {
    this.#waiting += text;
  }

  addUrgent(text: string): void {
    this.#urgent = text;
  }

  /** The next `most` characters, '' = nothing waits. */
  next(most: number): string {
    if (this.#urgent !== '') {
      const text = this.#urgent.slice(0, most);
      this.#urgent = this.#urgent.slice(most);
      return text;
    }
    const text = this.#waiting.slice(0, most);
    this.#waiting = this.#waiting.slice(most);
    return text;
  }

  clear(): void {
    this.#urgent = '';
    this.#waiting = '';
  }
}

/**
 * The one line to the cuff. Tools open and close it as they need to (it is the `OpenWire` that they take); whoever stops the cuff reaches past
 * them. One wire at a time: the next opens when the one before has closed.
 */
import type { OpenWire, Wire, WireEvents } from '../../../tools/board/wire.ts';
import type { LinkWire } from './link-wire.ts';
import { PageFailure } from './troubles.ts';

/** Opens a wire to the chosen device. */
export type OpenLink = (events: WireEvents) => Promise<LinkWire>;

export class Line {
  readonly #open: OpenLink;
  #wire: LinkWire | undefined;
  #closed: Promise<void> = Promise.resolve();
  #interrupted = false;
  #toTell: (() => void)[] = [];
  #endTool: (why: string) => void = () => {};
  /** Everything that comes in, whoever asked for it. */
  onText: (text: string) => void = () => {};
  /** A wire has just been opened: nothing was sent over it yet. */
  onOpen: () => void = () => {};
  /** Everything that goes out, for tests. */
  onSend: (text: string) => void = () => {};

  constructor(open: OpenLink) {
    this.#open = open;
  }

  get isOpen(): boolean {
    return this.#wire !== undefined;
  }

  /** A STOP has ended the tool that had the line. */
  get isInterrupted(): boolean {
    return this.#interrupted;
  }

  readonly open: OpenWire = async (_port, events): Promise<Wire> => {
    if (this.#interrupted) throw new PageFailure('stopped');
    await this.#closed;
    await this.#wire?.close();
    this.#wire = undefined;
    let mine: LinkWire | undefined;
    const gone = (): void => {
      if (this.#wire === mine) this.#wire = undefined;
    };
    mine = await this.#open({
      onText: (text) => {
        this.onText(text);
        events.onText(text);
      },
      onEnd: (why) => {
        gone();
        events.onEnd(why);
      },
    });
    const wire = mine;
    this.#wire = wire;
    this.#endTool = events.onEnd;
    this.onOpen();
    return {
      send: (text) => {
        this.onSend(text);
        wire.send(text);
      },
      close: () => {
        // after an interruption the wire stays, for STOP; the next to open it closes this one
        if (this.#interrupted) return Promise.resolve();
        gone();
        this.#closed = wire.close();
        return this.#closed;
      },
    };
  };

  /** Ends the tool that has the line, whatever it does, and keeps the wire open for STOP. Nobody opens it before `resume`. */
  interrupt(): void {
    this.#interrupted = true;
    this.#endTool('stopped');
    this.#endTool = () => {};
    for (const tell of this.#toTell.splice(0)) tell();
  }

  /** Rejects when the tool that has the line is ended; for a tool that waits for a person. */
  interruption(): Promise<never> {
    return new Promise((_, reject) => {
      this.#toTell.push(() => reject(new PageFailure('stopped')));
    });
  }

  resume(): void {
    this.#interrupted = false;
    this.#toTell = [];
  }

  /** Closes what is open. */
  async close(): Promise<void> {
    const wire = this.#wire;
    this.#wire = undefined;
    await wire?.close();
  }

  /** Past all that waits; false = there is no open wire. */
  urgent(text: string): boolean {
    if (this.#wire === undefined) return false;
    this.onSend(text);
    this.#wire.urgent(text);
    return true;
  }
}

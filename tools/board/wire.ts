/** Text to and from a board. Whoever has it is the only one on the port. */
export interface Wire {
  send(text: string): void;
  close(): Promise<void>;
}

export interface WireEvents {
  onText: (text: string) => void;
  /** The other side is gone; `why` in a few words. Once. */
  onEnd: (why: string) => void;
}

/** Opens a port; rejects with a `FlashFailure` that says why it cannot. */
export type OpenWire = (port: string, events: WireEvents) => Promise<Wire>;

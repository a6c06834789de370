/**
 * Raw bytes over USB and Bluetooth, without the console. Answers go to whoever spoke last: nobody has to be asked whether he
 * listens, and a silent port costs nothing. A write never waits: what the output buffer cannot take whole is dropped.
 */
import type { LinkPort } from '../src/ports.ts';
import { throwClosed } from './closed.ts';

export interface LinkOptions {
  streams: ByteStream[];
  onReceive: (bytes: string) => void;
}

export class Link implements LinkPort {
  /** Where answers go. */
  peer: ByteStream | undefined;
  onReceive: (bytes: string) => void;
  /** Messages dropped because they did not fit. */
  dropped: number;

  constructor(options: LinkOptions) {
    this.peer = undefined;
    this.onReceive = options.onReceive;
    this.dropped = 0;
    for (let i = 0; i < options.streams.length; i++) listen(this, options.streams[i]);
  }

  write(bytes: string): void {
    if (this.peer === undefined) return;
    const out = process.memory(false).tx;
    if (out.total - out.used < bytes.length) this.dropped = this.dropped + 1;
    else this.peer.write(bytes);
  }

  close(): void {
    this.peer = undefined;
    this.onReceive = nothing;
    this.write = throwClosed;
  }
}

function nothing(): void {}

function listen(link: Link, stream: ByteStream | undefined): void {
  if (stream === undefined) return;
  stream.on('data', (bytes: string) => {
    link.peer = stream;
    link.onReceive(bytes);
  });
}

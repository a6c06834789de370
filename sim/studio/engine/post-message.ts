/** How a worker speaks to its page. */
import type { Explained, FromRunner } from './messages.ts';

const page = self as unknown as {
  postMessage(message: FromRunner | Explained, transfer: Transferable[]): void;
};

export function say(message: FromRunner | Explained, transfer: Transferable[] = []): void {
  page.postMessage(message, transfer);
}

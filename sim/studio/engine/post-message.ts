/** How a worker speaks to its page. */
import type { Explained, FromRunner, HuntAnswer } from './messages.ts';

type Said = FromRunner | Explained | HuntAnswer;

const page = self as unknown as {
  postMessage(message: Said, transfer: Transferable[]): void;
};

export function say(message: Said, transfer: Transferable[] = []): void {
  page.postMessage(message, transfer);
}

/**
 * Keeps the page open: a file that is dropped beside its frame must not take the page's place, and a page with a cuff on its line asks before it
 * goes, since STOP, a write that is under way and the connection would go with it.
 */
import { realCuff, stopPlace } from './cuff-state.ts';

/** `on`: the window. */
export function keepOpen(on: EventTarget): void {
  for (const type of ['dragover', 'drop']) on.addEventListener(type, (event) => event.preventDefault());
  on.addEventListener('beforeunload', (event) => {
    if (realCuff.value !== '' || stopPlace.value !== null) event.preventDefault();
  });
}

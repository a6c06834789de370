/**
 * Where the page stands with the cuff: one state, and one function that says what an event makes of it. An event that has no place in a state
 * changes nothing: what comes late is not taken for news. A trouble stays until it was read.
 */
import { LINK_VERSION } from '../../../src/link/answers.ts';
import { SETTINGS_VERSION } from '../../../src/settings.ts';
import type { Hello } from '../../../tools/board/frames.ts';
import type { Trouble } from './troubles.ts';

export type Kind = 'usb' | 'ble';

/** What the page does with the cuff beside watching it. */
export type Work = 'flash' | 'settings' | 'protocol' | 'commission';

/** `read`: of another version than this page; it is read, stopped and updated, and nothing else. */
export type Rights = 'all' | 'read';

export type Connection =
  | { readonly at: 'off'; readonly trouble?: Trouble }
  /** The browser's list is open, then the port. */
  | { readonly at: 'opening'; readonly kind: Kind; readonly trouble?: Trouble }
  | {
      readonly at: 'ready';
      readonly kind: Kind;
      readonly hello: Hello;
      readonly rights: Rights;
      readonly trouble?: Trouble;
    }
  /** A board that answers by its console: service mode, no firmware yet, or a --dev image. */
  | { readonly at: 'console'; readonly kind: Kind; readonly mode: string; readonly trouble?: Trouble }
  | { readonly at: 'working'; readonly kind: Kind; readonly work: Work }
  /** It was there, and comes back by itself when the cable is in again. */
  | { readonly at: 'lost'; readonly kind: Kind; readonly why: string };

export type Happening =
  | { readonly is: 'connect'; readonly kind: Kind }
  /** It could not be connected, or the connection is over for good. */
  | { readonly is: 'ended'; readonly trouble: Trouble }
  | { readonly is: 'answered'; readonly hello: Hello }
  | { readonly is: 'console'; readonly mode: string }
  | { readonly is: 'work'; readonly work: Work }
  /** The work is over: well, or with a trouble. The board may be restarting. */
  | { readonly is: 'worked'; readonly trouble?: Trouble }
  | { readonly is: 'lost'; readonly why: string }
  | { readonly is: 'disconnected' }
  /** A work that the end of the connection has broken off has left something on the cuff. */
  | { readonly is: 'left'; readonly trouble: Trouble };

export function rightsFor(hello: Hello): Rights {
  return hello.link === LINK_VERSION && hello.settingsVersion === SETTINGS_VERSION ? 'all' : 'read';
}

/** What the reader is told of a cuff with fewer rights; '' = it has them all. */
export function ageWords(hello: Hello): string {
  if (rightsFor(hello) === 'all') return '';
  const age = hello.link < LINK_VERSION ? 'older' : 'newer';
  const other = hello.link === LINK_VERSION ? 'of another version' : age;
  return `The firmware on this cuff is ${other} than this page: it is read and stopped as it is, nothing else is written. Update the firmware below${age === 'newer' ? ', or load this page again from where it is newer' : ''}.`;
}

/** What the page calls the cuff; '' = it has none, whatever became of an earlier one. `elsewhere`: another tab has it. */
export function cuffName(now: Connection, elsewhere: boolean): string {
  if (now.at === 'ready') return `${now.hello.board} ${now.hello.version}`;
  if (now.at !== 'off') return 'here';
  return elsewhere ? 'in another tab' : '';
}

export function kindOf(now: Connection): Kind | undefined {
  return now.at === 'off' ? undefined : now.kind;
}

export function next(now: Connection, event: Happening): Connection {
  const kind = kindOf(now);
  if (event.is === 'disconnected') return { at: 'off' };
  if (event.is === 'connect') return now.at === 'working' ? now : { at: 'opening', kind: event.kind };
  if (event.is === 'ended') return { at: 'off', trouble: kept(now).trouble ?? event.trouble };
  if (event.is === 'left') return leftWith(now, event.trouble);
  if (kind === undefined) return now;
  switch (event.is) {
    case 'answered':
      return now.at === 'opening' || now.at === 'lost'
        ? { at: 'ready', kind, hello: event.hello, rights: rightsFor(event.hello), ...kept(now) }
        : now;
    case 'console':
      return now.at === 'opening' || now.at === 'lost'
        ? { at: 'console', kind, mode: event.mode, ...kept(now) }
        : now;
    case 'work':
      return now.at === 'ready' || now.at === 'console' ? { at: 'working', kind, work: event.work } : now;
    case 'worked':
      return now.at === 'working' ? afterWork(kind, event.trouble) : now;
    case 'lost':
      return now.at === 'ready' || now.at === 'console' ? { at: 'lost', kind, why: event.why } : now;
  }
}

/** Its trouble was read. */
export function dismissed(now: Connection): Connection {
  if (now.at !== 'off' && now.at !== 'ready' && now.at !== 'console') return now;
  const { trouble: _, ...rest } = now;
  return rest;
}

/** The board is asked anew after a work, however it went; what went wrong stays to be read. */
function afterWork(kind: Kind, trouble: Trouble | undefined): Connection {
  return trouble === undefined ? { at: 'opening', kind } : { at: 'opening', kind, trouble };
}

/** What is still to be read keeps its name: it may say that another tab has the cuff. */
function leftWith(now: Connection, left: Trouble): Connection {
  if (now.at === 'working' || now.at === 'lost') return now;
  const had = now.trouble;
  const { cuff, next } = left;
  return { ...now, trouble: had === undefined ? left : { ...had, cuff, next: [...had.next, ...next] } };
}

/** A trouble that was not read yet. */
function kept(now: Connection): { readonly trouble?: Trouble } {
  return now.at === 'opening' && now.trouble !== undefined ? { trouble: now.trouble } : {};
}

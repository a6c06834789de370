/** What the screen "Logs" knows: the files that are open, the one that is shown, what is under way, what went wrong. */
import { computed, signal } from '@preact/signals';
import { BadInput } from '../../../../tools/input/bad-input.ts';
import { ROWS_BYTES } from '../../../../tools/input/bytes-text.ts';
import type { OpenedLog } from '../../../log/open-log.ts';
import type { Replay } from '../../../log/replay.ts';
import { startLogsWorker } from '../../engine/workers.ts';
import { isAll, keepFile, takeAll } from './kept.ts';
import type { FromLogs, ReplayOrder, ToLogs } from './messages.ts';

export interface OpenFile {
  readonly id: number;
  readonly name: string;
  readonly log: OpenedLog;
  /** What today's firmware makes of it, once it was asked. */
  readonly replay: Replay | null;
}

export interface Busy {
  readonly id: number;
  readonly what: string;
  /** 0..1 */
  readonly share: number;
}

export interface Failed {
  readonly name: string;
  readonly problems: readonly string[];
}

/** Newest first. */
export const files = signal<readonly OpenFile[]>([]);
/** Number of the file that is shown; 0 = none. */
export const shownId = signal(0);
/** What is under way, each file for itself; the first is shown. */
export const underWay = signal<readonly Busy[]>([]);
export const busy = computed(() => underWay.value[0] ?? null);
/** A file that could not be opened leaves everything that is open as it is. */
export const failed = signal<Failed | null>(null);

const names = new Map<number, string>();
/** Files that are kept once they have been opened. */
const toKeep = new Map<number, File>();
let lastId = 0;
let worker: Worker | null = null;

function began(now: Busy): void {
  underWay.value = [...underWay.value.filter(({ id }) => id !== now.id), now];
}

function came(id: number, share: number): void {
  underWay.value = underWay.value.map((one) => (one.id === id ? { ...one, share } : one));
}

function ended(id: number): void {
  underWay.value = underWay.value.filter((one) => one.id !== id);
}

function takeReplay(id: number, replay: Replay): void {
  files.value = files.value.map((file) => (file.id === id ? { ...file, replay } : file));
}

function hear(message: FromLogs): void {
  const { id } = message;
  if (message.kind === 'progress') {
    came(id, message.share);
    return;
  }
  ended(id);
  const name = names.get(id) ?? '';
  const file = toKeep.get(id);
  toKeep.delete(id);
  if (message.kind === 'failed') failed.value = { name, problems: message.problems };
  else if (message.kind === 'replayed') takeReplay(id, message.replay);
  else {
    files.value = [{ id, name, log: message.log, replay: null }, ...files.value];
    shownId.value = id;
    if (file !== undefined) void keepFile(file);
  }
}

/** A worker that died takes nothing with it: the next order starts another one. */
function theWorker(): Worker {
  if (worker !== null) return worker;
  const made = startLogsWorker();
  made.onmessage = ({ data }: MessageEvent<FromLogs>) => hear(data);
  made.onerror = (event) => {
    made.terminate();
    worker = null;
    underWay.value = [];
    failed.value = { name: 'the reader', problems: [event.message, 'what was open stays open; try again'] };
  };
  worker = made;
  return made;
}

function send(order: ToLogs, transfer: Transferable[] = []): void {
  theWorker().postMessage(order, transfer);
}

/** All bytes of a file, with progress. */
async function bytesOf(file: File, id: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(file.size);
  const reader = file.stream().getReader();
  began({ id, what: `Reading ${file.name}`, share: 0 });
  let at = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    bytes.set(part.value, at);
    at += part.value.length;
    came(id, at / Math.max(1, file.size));
  }
  return bytes;
}

export async function openFile(file: File): Promise<void> {
  const id = ++lastId;
  names.set(id, file.name);
  failed.value = null;
  if (file.size > ROWS_BYTES) {
    const size = `${(file.size / 1e6).toFixed(0)} MB; a log has at most ${ROWS_BYTES / 1e6} MB`;
    failed.value = { name: file.name, problems: [`${size}. It was not read.`] };
    return;
  }
  try {
    const bytes = await bytesOf(file, id);
    if (isAll(bytes)) {
      await takeAll(bytes);
      ended(id);
      return;
    }
    toKeep.set(id, file);
    began({ id, what: `Looking into ${file.name}`, share: 1 });
    send({ kind: 'open', id, bytes }, [bytes.buffer]);
  } catch (error) {
    ended(id);
    const why = error instanceof BadInput ? error.problems : [`cannot be read: ${(error as Error).message}`];
    failed.value = { name: file.name, problems: why };
  }
}

export function openExample(): void {
  const id = ++lastId;
  names.set(id, 'example: the hose comes off');
  failed.value = null;
  began({ id, what: 'Running a simulated session', share: 0 });
  send({ kind: 'example', id });
}

export function startReplay(file: OpenFile, order: ReplayOrder): void {
  began({ id: file.id, what: 'Replaying through today’s firmware', share: 0 });
  send({ kind: 'replay', id: file.id, order });
}

export function closeFile(id: number): void {
  files.value = files.value.filter((file) => file.id !== id);
  if (shownId.value === id) shownId.value = files.value[0]?.id ?? 0;
}

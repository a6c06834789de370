/** What the screen "Logs" keeps in this browser: the list, what went wrong with it, and all of it as one file and back. */
import { signal } from '@preact/signals';
import { BadInput } from '../../../../tools/input/bad-input.ts';
import { readJson } from '../../../../tools/input/json.ts';
import { bytesOf, textOf } from '../../../../tools/latin1.ts';
import { BrowserKeeper, type Keeper, type KeptFile } from './kept-files.ts';

export const kept = signal<readonly KeptFile[]>([]);
/** What went wrong, in words; '' = nothing. */
export const keptTrouble = signal('');
/** True when what was kept cannot be read: it may be deleted, by the reader alone. */
export const unreadable = signal(false);

/** Keys of the entries that are damaged: each can be deleted alone. */
export const damaged = signal<readonly IDBValidKey[]>([]);

/** How a file with all of them begins. */
const HEAD = '{"cuffloop-logs":1,';
export const ALL_NAME = 'cuffloop-logs.json';

let keeper: Keeper = new BrowserKeeper();

/** For tests. */
export function keepWith(other: Keeper): void {
  keeper = other;
}

function reason(error: unknown): string {
  return error instanceof Error || error instanceof DOMException
    ? error.message || error.name
    : String(error);
}

function isFull(error: unknown): boolean {
  return (error as { name?: string } | null)?.name === 'QuotaExceededError';
}

function isKept(entry: unknown): entry is { readonly file: File; readonly atMs: number } {
  const { file, atMs } = Object(entry) as Record<string, unknown>;
  return file instanceof File && typeof atMs === 'number' && Number.isFinite(atMs);
}

/** The list, the one that was kept last first; what is damaged is told apart, and stays. */
async function read(): Promise<void> {
  const whole: KeptFile[] = [];
  const broken: IDBValidKey[] = [];
  for (const [key, entry] of await keeper.all()) {
    if (typeof key === 'string' && isKept(entry)) whole.push({ key, file: entry.file, atMs: entry.atMs });
    else broken.push(key);
  }
  kept.value = whole.sort((a, b) => b.atMs - a.atMs);
  damaged.value = broken;
}

/** Reads the list. What cannot be read is told, and stays as it is. */
export async function loadKept(): Promise<void> {
  try {
    await read();
    unreadable.value = false;
  } catch (error) {
    unreadable.value = true;
    keptTrouble.value = `What this browser has kept cannot be read (${reason(error)}). Nothing of it was deleted. Load the page again; if it stays so, delete it and begin anew.`;
  }
}

/** Keeps a file that has been opened. Where it cannot, the file stays open all the same. */
export async function keepFile(file: File): Promise<void> {
  try {
    await keeper.keep(file);
    await read();
  } catch (error) {
    const why = isFull(error)
      ? 'this browser gives the page no more room. Save all as one file, or forget some'
      : `${reason(error)}. Keep the file itself`;
    keptTrouble.value = `${file.name} is open, and is not kept for the next visit: ${why}.`;
  }
}

async function change(what: () => Promise<void>): Promise<void> {
  try {
    await what();
    keptTrouble.value = '';
  } catch (error) {
    keptTrouble.value = `It could not be deleted: ${reason(error)}.`;
  }
  await loadKept();
}

export function forget(key: IDBValidKey): Promise<void> {
  return change(() => keeper.forget(key));
}

export function forgetAll(): Promise<void> {
  return change(() => keeper.deleteAll());
}

/** All of them as one text, for `takeAll`. */
export async function allAsText(): Promise<string> {
  const files = await Promise.all(
    kept.value.map(async ({ file }) => ({
      name: file.name,
      lastModified: file.lastModified,
      base64: btoa(textOf(new Uint8Array(await file.arrayBuffer()))),
    })),
  );
  return `${HEAD}"files":${JSON.stringify(files)}}\n`;
}

export function isAll(bytes: Uint8Array): boolean {
  return textOf(bytes.subarray(0, HEAD.length)) === HEAD;
}

interface Packed {
  readonly name: string;
  readonly lastModified: number;
  readonly base64: string;
}

function isPacked(one: unknown): one is Packed {
  const { name, lastModified, base64 } = Object(one) as Record<string, unknown>;
  return typeof name === 'string' && typeof lastModified === 'number' && typeof base64 === 'string';
}

function unpacked(text: string): File[] {
  try {
    const { files } = Object(readJson(text).value) as { files: unknown };
    if (!Array.isArray(files) || !files.every(isPacked)) throw new Error('its list of files is not whole');
    return files.map(
      ({ name, lastModified, base64 }) => new File([bytesOf(atob(base64))], name, { lastModified }),
    );
  } catch (error) {
    throw new BadInput([`a file of kept logs, but damaged: ${reason(error)}`]);
  }
}

/** Takes what `allAsText` gave: what is kept already stays. Throws BadInput for a damaged one. */
export async function takeAll(bytes: Uint8Array): Promise<void> {
  for (const file of unpacked(new TextDecoder().decode(bytes))) await keepFile(file);
}

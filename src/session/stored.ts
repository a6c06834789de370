/**
 * Protocols of the wearer's own: texts of whole numbers in the store, written by tools in service mode. Must
 * never hand out a text that is not whole; one that is whole is checked like a built-in one before every start.
 */
import type { StorePort } from '../ports.ts';
import { checksum } from '../settings.ts';
import { builtInProtocol, PROTOCOL_COUNT } from './library.ts';
import { ACTIVITY_PASSIVE, MAX_STEPS, type Protocol, type Step } from './protocol.ts';

/** Version of the text. */
export const STORED_VERSION = 1;
/** Places for protocols of one's own; place k is the file `cuff.p` + k and number FIRST_STORED + k. */
export const STORED_COUNT = 4;
export const FIRST_STORED = 24;
export const FILE_PROTOCOL = 'cuff.p';
/** Longest name. */
export const MAX_ID = 20;
/** Highest stage of the progression that a protocol may ask for. */
export const MAX_STAGE = 5;

export function protocolFile(place: number): string {
  return FILE_PROTOCOL + place;
}

/** One line of head, one of steps, one with the check sum of both. */
export function encodeProtocol(p: Protocol): string {
  const silent = p.silent === true ? 1 : 0;
  const steps = p.steps.map((s) => `${s.kind},${s.ms},${s.permille},${s.mmHg},${s.rampMmHgPerS}`);
  const body = `${STORED_VERSION},${p.activity},${p.stage},${silent},${p.id}\n${steps.join(';')}`;
  return `${body}\n${checksum(body)}`;
}

function readStep(text: string): Step {
  const n = text.split(',').map((word) => parseInt(word, 10));
  return {
    kind: n[0] as number,
    ms: n[1] as number,
    permille: n[2] as number,
    mmHg: n[3] as number,
    rampMmHgPerS: n[4] as number,
  };
}

/** The protocol of a text, or undefined: anything that would not be written in exactly this way is refused. */
export function decodeProtocol(text: string | undefined): Protocol | undefined {
  const lines = text === undefined ? [] : text.split('\n');
  if (lines.length !== 3) return undefined;
  const head = (lines[0] as string).split(',');
  const steps = (lines[1] as string).split(';');
  if (head.length !== 5 || !(steps.length <= MAX_STEPS)) return undefined;
  const protocol: Protocol = {
    id: head[4] as string,
    activity: parseInt(head[1] as string, 10),
    stage: parseInt(head[2] as string, 10),
    silent: head[3] === '1',
    steps: steps.map(readStep),
  };
  return isHeadGood(protocol) && encodeProtocol(protocol) === text ? protocol : undefined;
}

function isHeadGood(p: Protocol): boolean {
  if (!(p.id.length >= 1 && p.id.length <= MAX_ID)) return false;
  return p.activity >= 0 && p.activity <= ACTIVITY_PASSIVE && p.stage >= 0 && p.stage <= MAX_STAGE;
}

/** The protocol of a number: built-in, stored, or undefined when there is none. Reads flash: only while vented. */
export function protocolAt(store: StorePort, index: number): Protocol | undefined {
  if (index >= 0 && index < PROTOCOL_COUNT) return builtInProtocol(index);
  const place = index - FIRST_STORED;
  if (!(place >= 0 && place < STORED_COUNT)) return undefined;
  return decodeProtocol(store.read(protocolFile(place)));
}

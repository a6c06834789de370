/** What the screen and its worker say to each other. Bytes go in, what was found in them comes out; nothing is sent anywhere else. */
import type { OpenedLog } from '../../../log/open-log.ts';
import type { Replay } from '../../../log/replay.ts';

/** What of an open log is replayed: a store's black box, or the rows of a run. */
export interface ReplayOrder {
  readonly lopMmHg: number;
  readonly arm: boolean;
}

export type ToLogs =
  | { readonly kind: 'open'; readonly id: number; readonly bytes: Uint8Array }
  | { readonly kind: 'example'; readonly id: number }
  | { readonly kind: 'replay'; readonly id: number; readonly order: ReplayOrder };

export type FromLogs =
  | { readonly kind: 'progress'; readonly id: number; readonly share: number }
  | { readonly kind: 'opened'; readonly id: number; readonly log: OpenedLog }
  | { readonly kind: 'replayed'; readonly id: number; readonly replay: Replay }
  | { readonly kind: 'failed'; readonly id: number; readonly problems: readonly string[] };

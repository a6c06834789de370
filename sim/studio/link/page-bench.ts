/**
 * The bench of a commissioning that is led from the page: where STOP, a cable or the reader ends it, the wearer's own settings go back where that can be
 * done. Must never say that they are back, or keep silent, where those of the run are still on the cuff.
 */
import { FlashFailure } from '../../../tools/board/failure.ts';
import { pause } from '../../../tools/board/open-board.ts';
import type { OpenWire } from '../../../tools/board/wire.ts';
import { BoardBench, type BoardBenchOptions } from '../../commission/board-bench.ts';
import { PageFailure, troubleOf } from './troubles.ts';

/** The line, as it is lent to a tool that has something to give back. */
export interface Lent {
  /** STOP, or the reader, has ended the tool. */
  readonly isEnded: () => boolean;
  /** Waits until the STOP is over, and gives the line once more. Rejects when the reader has let go of the cuff. */
  readonly again: () => Promise<void>;
}

export const GIVEN_BACK = 'Your own settings are back on it. The build has not passed.';
export const STILL =
  'The settings of the commissioning run are still on it, in the place of your own. No session starts on it.';
export const MAYBE =
  'The settings of the commissioning run were being written: they may be on it, in the place of your own. No session starts on it then.';

const PLUG = 'The board is away. Plug it in again: your own settings go back then.';
/** A cable that is out is waited for so long, s. */
const AWAY_S = 180;
const LOOK_MS = 1000;
/** A piece of a text goes onto the device (tools/board/storage-writes.ts). */
const WRITES = /cuffWrite\("/;
/** A board that is away, or only just there again. */
const AWAY: readonly string[] = ['no-board', 'unplugged', 'port-busy', 'not-espruino'];

export class PageBench extends BoardBench {
  readonly #lent: Lent;
  readonly #written: { any: boolean };
  #wasEnded = false;
  #isBack = false;

  constructor(options: BoardBenchOptions, lent: Lent) {
    const written = { any: false };
    super({ ...options, open: watched(options.open, written) });
    this.#lent = lent;
    this.#written = written;
  }

  override async prepare(restart: boolean): Promise<void> {
    this.#written.any = false;
    await super.prepare(restart);
    this.#written.any = false;
  }

  override async finish(text: string): Promise<void> {
    const until = Date.now() + 1000 * AWAY_S;
    if (this.#lent.isEnded()) {
      this.#wasEnded = true;
      await this.#lent.again();
    }
    for (let tries = 1; ; tries++) {
      try {
        await super.finish(text);
        this.#isBack = true;
        return;
      } catch (error) {
        const isAway = error instanceof FlashFailure && AWAY.includes(error.kind);
        if (this.#lent.isEnded() || !isAway || Date.now() >= until) throw error;
        if (tries === 1) this.say(PLUG);
      }
      await pause(LOOK_MS);
    }
  }

  /** What the reader is told of a commissioning that has failed by `error`. */
  failure(error: unknown): unknown {
    const { kind, what } = troubleOf(error);
    const why = what.split('\n')[0] ?? '';
    if (this.borrowed) return new PageFailure('not-finished', why, STILL);
    if (this.#isBack)
      return new PageFailure(this.#wasEnded ? 'stopped' : kind, this.#wasEnded ? '' : why, GIVEN_BACK);
    if (this.#written.any) return new PageFailure('not-finished', why, MAYBE);
    return error;
  }
}

/** Notes that something may have been written to the Storage. */
function watched(open: OpenWire, written: { any: boolean }): OpenWire {
  return async (port, events) => {
    const wire = await open(port, events);
    return {
      send: (text) => {
        written.any ||= WRITES.test(text);
        wire.send(text);
      },
      close: () => wire.close(),
    };
  };
}

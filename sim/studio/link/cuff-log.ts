/**
 * The log of the cuff that is connected, as far as it has been read. It goes on after a break; it must never show or save the sessions of one
 * cuff under the name of another.
 */
import { effect, signal } from '@preact/signals';
import type { Texts } from '../../../tools/settings/json-store.ts';
import type { CuffClient } from './cuff-client.ts';
import { emptyLog, type PartialLog, pullLog } from './pull-log.ts';
import { type Trouble, troubleOf } from './troubles.ts';

export interface Pulling {
  /** 0..1 of the texts that a cuff may keep. */
  readonly share: number;
  readonly runs: boolean;
  readonly whole: boolean;
  readonly trouble: Trouble | undefined;
}

const NOT_YET: Pulling = { share: 0, runs: false, whole: false, trouble: undefined };

export class CuffLog {
  readonly pulling = signal<Pulling>(NOT_YET);
  readonly #client: CuffClient;
  #log: PartialLog = emptyLog('');

  constructor(client: CuffClient) {
    this.#client = client;
    effect(() => {
      client.met.value;
      this.#log = emptyLog('');
      this.pulling.value = NOT_YET;
    });
  }

  get texts(): Texts {
    return this.#log.texts;
  }

  /** Some of it is here. */
  get isBegun(): boolean {
    return this.#log.done.size > 0;
  }

  /** Reads what is not here yet. What goes wrong is in `pulling`. */
  async pull(): Promise<void> {
    const log = this.#log;
    const says = (pulling: Pulling): void => {
      if (log === this.#log) this.pulling.value = pulling;
    };
    says({ ...NOT_YET, runs: true });
    try {
      await pullLog(
        log,
        (number) => this.#client.ask((link) => link.text(number)),
        (done, total) => says({ ...NOT_YET, runs: true, share: done / total }),
      );
      says({ ...NOT_YET, whole: true, share: 1 });
    } catch (error) {
      says({ ...this.pulling.value, runs: false, trouble: troubleOf(error) });
    }
  }
}

/** Questions to the cuff that wait for their turn. Each is answered, refused, or dropped with the connection: none waits for ever. */
import { FlashFailure } from '../../../tools/board/failure.ts';
import type { CuffLink } from '../../../tools/cuff/cuff-link.ts';
import { PageFailure } from './troubles.ts';

interface Job {
  /** Rejects only where the connection is lost. */
  readonly run: (link: CuffLink) => Promise<void>;
  readonly drop: () => void;
}

export function notConnected(): PageFailure {
  return new PageFailure('unknown', 'no cuff is connected');
}

export class Jobs {
  #waiting: Job[] = [];

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  add<T>(work: (link: CuffLink) => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const run = async (link: CuffLink): Promise<void> => {
        try {
          resolve(await work(link));
        } catch (error) {
          reject(error);
          if (error instanceof FlashFailure && error.kind === 'unplugged') throw error;
        }
      };
      this.#waiting.push({ run, drop: () => reject(notConnected()) });
    });
  }

  /** The first that waits, where one does. */
  async next(link: CuffLink): Promise<void> {
    await this.#waiting.shift()?.run(link);
  }

  drop(): void {
    for (const job of this.#waiting.splice(0)) job.drop();
  }
}

/** Two workers that take orders in turn. A pool that is stopped answers nothing more; whoever waits is told so. */
import { startTuneWorker } from '../../engine/workers.ts';
import type { TuneAnswers, TuneOrder, TuneReply } from './messages.ts';

/** As many as a small computer has to spare. */
const WORKERS = 2;

export class Stopped extends Error {}

interface Waiting {
  readonly id: number;
  readonly order: TuneOrder;
  readonly resolve: (answer: TuneAnswers[keyof TuneAnswers]) => void;
  readonly reject: (error: Error) => void;
}

export class TunePool {
  readonly #idle: Worker[] = [];
  readonly #all: Worker[] = [];
  readonly #queue: Waiting[] = [];
  readonly #under = new Map<Worker, Waiting>();
  #lastId = 0;
  #over = false;

  constructor() {
    for (let i = 0; i < WORKERS; i++) {
      const worker = startTuneWorker();
      worker.onmessage = ({ data }: MessageEvent<TuneReply>) => this.#hear(worker, data);
      worker.onerror = (event) => this.stop(new Error(`a worker stopped: ${event.message}`));
      this.#all.push(worker);
      this.#idle.push(worker);
    }
  }

  ask<K extends TuneOrder['kind']>(order: Extract<TuneOrder, { kind: K }>): Promise<TuneAnswers[K]> {
    return new Promise((resolve, reject) => {
      if (this.#over) {
        reject(new Stopped());
        return;
      }
      const take = resolve as (answer: TuneAnswers[keyof TuneAnswers]) => void;
      this.#queue.push({ id: ++this.#lastId, order, resolve: take, reject });
      this.#next();
    });
  }

  /** Ends the workers in the middle of what they do. */
  stop(why: Error = new Stopped()): void {
    this.#over = true;
    for (const worker of this.#all) worker.terminate();
    for (const waiting of [...this.#under.values(), ...this.#queue]) waiting.reject(why);
    this.#under.clear();
    this.#queue.length = 0;
  }

  #next(): void {
    while (this.#idle.length > 0 && this.#queue.length > 0) {
      const worker = this.#idle.pop() as Worker;
      const waiting = this.#queue.shift() as Waiting;
      this.#under.set(worker, waiting);
      worker.postMessage({ id: waiting.id, order: waiting.order });
    }
  }

  #hear(worker: Worker, reply: TuneReply): void {
    const waiting = this.#under.get(worker);
    this.#under.delete(worker);
    this.#idle.push(worker);
    if (waiting !== undefined && waiting.id === reply.id) {
      if ('answer' in reply) waiting.resolve(reply.answer);
      else waiting.reject(new Error(reply.problem));
    }
    this.#next();
  }
}

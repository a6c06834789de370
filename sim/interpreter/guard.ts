/**
 * Watches a blocking exchange from another thread: when one takes longer than allowed, the process that owes the answer is
 * killed, which ends the wait with an end of file.
 */
import { Worker } from 'node:worker_threads';

const CODE = `
const { workerData } = require('node:worker_threads');
const shared = new Int32Array(workerData.buffer);
let last = -1, since = 0;
setInterval(() => {
  const n = Atomics.load(shared, 0);
  if (n % 2 === 0 || n !== last) { last = n; since = 0; return; }
  since += 100;
  if (since < workerData.limitMs) return;
  Atomics.store(shared, 1, 1);
  try { process.kill(workerData.pid, 'SIGKILL'); } catch {}
}, 100);
`;

export class Guard {
  readonly #shared = new Int32Array(new SharedArrayBuffer(8));
  readonly #worker: Worker;

  /** Kill process `pid` when an exchange takes longer than `limitMs`. */
  constructor(pid: number, limitMs: number) {
    this.#worker = new Worker(CODE, {
      eval: true,
      workerData: { buffer: this.#shared.buffer, pid, limitMs },
    });
    this.#worker.unref();
  }

  /** True when this guard had to kill. */
  get hasKilled(): boolean {
    return Atomics.load(this.#shared, 1) === 1;
  }

  /** Odd = waiting for an answer. */
  begin(): void {
    Atomics.add(this.#shared, 0, 1);
  }

  end(): void {
    Atomics.add(this.#shared, 0, 1);
  }

  close(): void {
    void this.#worker.terminate();
  }
}

/** The interpreter's own timers (setTimeout, setInterval) on virtual time. */
interface JsTimer {
  readonly id: number;
  at: number;
  /** 0 = once. */
  readonly every: number;
  readonly fn: () => void;
}

const MIN_INTERVAL_MS = 0.1;

/**
 * `setInterval` and `setTimeout` as the interpreter's idle loop runs them: in order of creation, intervals by their own
 * schedule, so that one that was held up fires once a pass until it has caught up.
 */
export class JsTimers {
  #timers: JsTimer[] = [];
  #nextId = 1;

  add(fn: () => void, ms: unknown, repeat: boolean, nowMs: number): number {
    if (typeof fn !== 'function') throw new Error('Function or String not supplied!');
    const wait = Math.max(MIN_INTERVAL_MS, Number(ms) || 0);
    const id = this.#nextId++;
    this.#timers.push({ id, at: nowMs + wait, every: repeat ? wait : 0, fn });
    return id;
  }

  /** `ids`: the arguments of the call; none at all clears everything. */
  clear(name: string, ids: readonly unknown[]): void {
    if (ids.length === 0) this.#timers = [];
    else if (ids[0] === undefined)
      throw new Error(`clear${name}(undefined) not allowed. Use clear${name}() instead`);
    else this.#timers = this.#timers.filter((t) => t.id !== ids[0]);
  }

  change(id: unknown, ms: unknown, nowMs: number): void {
    const i = this.#timers.findIndex((t) => t.id === id);
    const timer = this.#timers[i];
    if (timer === undefined) throw new Error('Unknown Interval');
    const every = Math.max(MIN_INTERVAL_MS, Number(ms) || 0);
    this.#timers[i] = { id: timer.id, fn: timer.fn, every, at: nowMs + every };
  }

  nextMs(): number {
    let next = Number.POSITIVE_INFINITY;
    for (const t of this.#timers) if (t.at < next) next = t.at;
    return next;
  }

  /**
   * One pass of the idle loop: each due timer once. `call` says whether the timer may live on, `stands` whether JS stands still after
   * it: then the rest waits.
   */
  pass(
    nowMs: number,
    call: (fn: () => void, interval: boolean) => boolean,
    stands: () => boolean = () => false,
  ): boolean {
    let ran = false;
    for (const t of [...this.#timers]) {
      if (stands()) break;
      if (t.at > nowMs || !this.#timers.includes(t)) continue;
      ran = true;
      if (t.every > 0) t.at += t.every;
      else this.#timers = this.#timers.filter((x) => x !== t);
      if (!call(t.fn, t.every > 0)) this.#timers = this.#timers.filter((x) => x !== t);
    }
    return ran;
  }

  get count(): number {
    return this.#timers.length;
  }

  reset(): void {
    this.#timers = [];
  }
}

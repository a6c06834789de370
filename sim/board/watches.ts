/** Pin watches with debouncing, as the interpreter queues and calls them. */
import type { BoardPin } from './pins.ts';

export interface WatchEvent {
  readonly state: boolean;
  readonly time: number;
  readonly lastTime: number | undefined;
  readonly pin: BoardPin;
}

interface Watch {
  readonly id: number;
  readonly pin: BoardPin;
  readonly fn: (event: WatchEvent) => void;
  readonly repeat: boolean;
  readonly edge: 'rising' | 'falling' | 'both';
  readonly debounceMs: number;
  state: boolean;
  lastTime: number | undefined;
  /** Debouncing: level and time at which it counts. */
  settleState: boolean;
  settleAt: number;
}

interface Edge {
  readonly pin: BoardPin;
  readonly high: boolean;
  readonly atMs: number;
}

/** `setWatch`: edges are stamped when they happen and handed over by the idle loop. */
export class Watches {
  #watches: Watch[] = [];
  #edges: Edge[] = [];
  #nextId = 1;

  add(fn: (event: WatchEvent) => void, pin: BoardPin, options: Record<string, unknown> | undefined): number {
    if (typeof fn !== 'function') throw new Error('Function or String not supplied!');
    if (!pin.manual) pin.setMode('input');
    const edge = options?.['edge'];
    const id = this.#nextId++;
    this.#watches.push({
      id,
      pin,
      fn,
      repeat: options?.['repeat'] === true,
      edge: edge === 'rising' || edge === 'falling' ? edge : 'both',
      debounceMs: Number(options?.['debounce'] ?? (pin.index === 0 ? 25 : 0)),
      state: pin.level === 1,
      lastTime: undefined,
      settleState: false,
      settleAt: Number.POSITIVE_INFINITY,
    });
    return id;
  }

  clear(ids: readonly unknown[]): void {
    if (ids.length === 0) this.#watches = [];
    else if (ids[0] === undefined)
      throw new Error('clearWatch(undefined) not allowed. Use clearWatch() instead');
    else if (!this.#watches.some((w) => w.id === ids[0])) throw new Error(`Unknown Watch ${String(ids[0])}`);
    else this.#watches = this.#watches.filter((w) => w.id !== ids[0]);
  }

  /** The level of `pin` has changed. */
  edge(pin: BoardPin, high: boolean, atMs: number): void {
    if (this.#watches.some((w) => w.pin === pin)) this.#edges.push({ pin, high, atMs });
  }

  get waiting(): boolean {
    return this.#edges.length > 0;
  }

  /** When a debounced level counts, ms. */
  nextMs(): number {
    let next = Number.POSITIVE_INFINITY;
    for (const w of this.#watches) if (w.settleAt < next) next = w.settleAt;
    return next;
  }

  pass(nowMs: number, call: (fn: () => void) => void, seconds: (ms: number) => number): void {
    const edges = this.#edges;
    this.#edges = [];
    for (const e of edges) {
      for (const w of [...this.#watches]) if (w.pin === e.pin) this.#arrive(w, e, call, seconds);
    }
    for (const w of [...this.#watches]) {
      if (w.settleAt > nowMs) continue;
      const at = w.settleAt - w.debounceMs;
      w.settleAt = Number.POSITIVE_INFINITY;
      if (w.settleState !== w.state) this.#fire(w, w.settleState, at, call, seconds);
    }
  }

  #arrive(w: Watch, e: Edge, call: (fn: () => void) => void, seconds: (ms: number) => number): void {
    if (w.debounceMs <= 0) this.#fire(w, e.high, e.atMs, call, seconds);
    else {
      w.settleState = e.high;
      w.settleAt = e.atMs + w.debounceMs;
    }
  }

  #fire(
    w: Watch,
    state: boolean,
    atMs: number,
    call: (fn: () => void) => void,
    seconds: (ms: number) => number,
  ): void {
    w.state = state;
    const event: WatchEvent = { state, time: seconds(atMs), lastTime: w.lastTime, pin: w.pin };
    w.lastTime = event.time;
    if (w.edge !== 'both' && state !== (w.edge === 'rising')) return;
    if (!w.repeat) this.#watches = this.#watches.filter((x) => x !== w);
    call(() => w.fn(event));
  }

  reset(): void {
    this.#watches = [];
    this.#edges = [];
  }
}

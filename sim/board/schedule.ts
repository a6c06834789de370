/** What the outside world will do to the board, by time. */
interface Planned {
  readonly atMs: number;
  readonly action: () => void;
}

/** What the outside world is going to do to the board, in order of time, then of planning. */
export class Schedule {
  readonly #planned: Planned[] = [];

  add(atMs: number, action: () => void): void {
    this.#planned.push({ atMs, action });
    this.#planned.sort((a, b) => a.atMs - b.atMs);
  }

  nextMs(): number {
    return this.#planned[0]?.atMs ?? Number.POSITIVE_INFINITY;
  }

  run(nowMs: number): void {
    while (this.nextMs() <= nowMs) this.#planned.shift()?.action();
  }
}

/** Volume changes of the limb that come now and then. */
interface Change {
  readonly fromMs: number;
  readonly ms: number;
  readonly ml: number;
  readonly stays: boolean;
}

/** Volume changes that come now and then: humps that pass (cough, bump) and shifts that stay (posture, strap). */
export class Changes {
  /** What has come to stay, mL. */
  settledMl = 0;
  #active: Change[] = [];

  /** A raised-cosine hump of `ml` over `ms`. */
  hump(fromMs: number, ms: number, ml: number): void {
    this.#active.push({ fromMs, ms, ml, stays: false });
  }

  /** A smooth shift by `ml` over `ms` that stays. */
  shift(fromMs: number, ms: number, ml: number): void {
    this.#active.push({ fromMs, ms, ml, stays: true });
  }

  /** Sum of all at `nowMs`, mL; times must not go back. */
  at(nowMs: number): number {
    if (this.#active.length === 0) return this.settledMl;
    let ml = 0;
    let over = false;
    for (const c of this.#active) {
      const x = (nowMs - c.fromMs) / c.ms;
      if (x >= 1) {
        over = true;
        if (c.stays) this.settledMl += c.ml;
      } else if (x > 0) ml += (c.ml * (1 - Math.cos((c.stays ? 1 : 2) * Math.PI * x))) / 2;
    }
    if (over) this.#active = this.#active.filter((c) => nowMs - c.fromMs < c.ms);
    return this.settledMl + ml;
  }
}

/** What can go wrong inside the chip, as data; times in ms since power-on. */
export type BoardFault =
  | { /** `while (1)`: JS never runs again until a reset. */ readonly kind: 'hang'; readonly atMs: number }
  | {
      /** JS stands still for a while, as in a collection or a slow print. */ readonly kind: 'stall';
      readonly atMs: number;
      readonly ms: number;
    }
  | {
      /** Out of memory or stack overflow in the next interval callback: uncatchable, and the interval is gone for ever. */
      readonly kind: 'drop-interval';
      readonly atMs: number;
    }
  | {
      /** Every call of the named native function throws. */
      readonly kind: 'throw';
      readonly call: string;
      readonly atMs: number;
      readonly untilMs?: number;
    }
  | {
      /** The chip's queue of events is full: changes of pins reach no watch. `told`: the program gets the error flag. */
      readonly kind: 'lose-edges';
      readonly atMs: number;
      readonly untilMs: number;
      readonly told: boolean;
    }
  | {
      /** A part holds the bus: a transfer that begins then never comes back, and the callback stands still in it. */
      readonly kind: 'bus-hang';
      readonly atMs: number;
      readonly untilMs: number;
    }
  | {
      /** The chip's clock is set by so much, back where it is negative; timers go on as they were. */
      readonly kind: 'clock-jump';
      readonly atMs: number;
      readonly ms: number;
    };

const TRANSFERS: readonly string[] = ['writeTo', 'readFrom'];

/** True when a call of `name` at `nowMs` never comes back. */
export function neverReturns(faults: readonly BoardFault[], name: string, nowMs: number): boolean {
  for (const f of faults)
    if (f.kind === 'bus-hang' && nowMs >= f.atMs && nowMs < f.untilMs && TRANSFERS.includes(name))
      return true;
  return false;
}

/** How far the chip's clock has been set by `nowMs`, ms. */
export function clockIsOffBy(faults: readonly BoardFault[], nowMs: number): number {
  let ms = 0;
  for (const f of faults) if (f.kind === 'clock-jump' && nowMs >= f.atMs) ms += f.ms;
  return ms;
}

/** The fault that swallows a pin's edge at `nowMs`, undefined = none. */
export function losesEdges(
  faults: readonly BoardFault[],
  nowMs: number,
): { readonly told: boolean } | undefined {
  for (const f of faults) if (f.kind === 'lose-edges' && nowMs >= f.atMs && nowMs < f.untilMs) return f;
  return undefined;
}

/** True when a call of `name` has to throw at `nowMs`. */
export function throws(faults: readonly BoardFault[], name: string, nowMs: number): boolean {
  for (const f of faults) {
    if (
      f.kind === 'throw' &&
      f.call === name &&
      nowMs >= f.atMs &&
      nowMs < (f.untilMs ?? Number.POSITIVE_INFINITY)
    )
      return true;
  }
  return false;
}

/** True for faults that are asked about when something happens, and begin nothing by themselves. */
function isPassive(f: BoardFault): boolean {
  return f.kind === 'throw' || f.kind === 'lose-edges' || f.kind === 'bus-hang' || f.kind === 'clock-jump';
}

/** Time of the first fault after `doneMs` that begins by itself, ms; infinite when none is left. */
export function nextBeginning(faults: readonly BoardFault[], doneMs: number): number {
  let next = Number.POSITIVE_INFINITY;
  for (const f of faults) if (!isPassive(f) && f.atMs > doneMs && f.atMs < next) next = f.atMs;
  return next;
}

/** Those that begin after `doneMs` and by `nowMs`. */
export function beginning(faults: readonly BoardFault[], doneMs: number, nowMs: number): BoardFault[] {
  return faults.filter((f) => !isPassive(f) && f.atMs > doneMs && f.atMs <= nowMs);
}

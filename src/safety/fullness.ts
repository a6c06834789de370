/**
 * Does the cuff have to be taken for full? It is from the first shut command until a reading proves that it is empty, and where no
 * reading can, until the wearer has opened it. Must never call a cuff empty by time.
 */
import type { Writes } from './state.ts';

export interface Fullness {
  /** True from the first shut command until the cuff is known to be vented. */
  pressurised: boolean;
  /** True while the reading cannot prove that the cuff is empty: it vanished, fell faster than air can leave, or stood where the cuff moved. Until the wearer says that the cuff is open. */
  unproven: boolean;
}

export function createFullness(): Fullness {
  return { pressurised: false, unproven: false };
}

/** The valve was shut: there may be pressure from now on. */
export function countAsFull(supervisor: Writes<Fullness>): void {
  supervisor.pressurised = true;
}

/** A reading has proven that the cuff is empty. */
export function countAsEmpty(supervisor: Writes<Fullness>): void {
  supervisor.pressurised = false;
  supervisor.unproven = false;
}

/** The wearer has opened the cuff by hand and says so: a reading of zero proves it again. */
export function confirmOpened(supervisor: Writes<Fullness>): void {
  supervisor.unproven = false;
}

/** The reading has done what no emptying cuff does: a reading of zero proves nothing until the wearer has opened the cuff. */
export function distrustEmptyReading(supervisor: Writes<Fullness>): void {
  supervisor.unproven = true;
}

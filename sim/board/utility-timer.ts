/** The chip's hardware timer queue: it goes on while JS stands still. */
import type { BoardPin } from './pins.ts';

const SLOTS = 16;

const FREE = 0;
const PENDING = 1;
/** Removed, but its slot not given back yet: what the interpreter does on a first `remove` (2v29). */
const SPENT = 2;

export interface SetTask {
  readonly type: 'SET';
  readonly pin: BoardPin;
  readonly pin2?: BoardPin;
  readonly pin3?: BoardPin;
  readonly pin4?: BoardPin;
  readonly value: number;
  readonly time: number;
}

interface Slot {
  state: number;
  at: number;
  order: number;
  pins: readonly BoardPin[];
  value: number;
}

/**
 * The hardware timer's queue of pin changes, which runs whatever JS does. Sixteen slots, at most fifteen of them pending; one
 * more `add` waits inside for the earliest to fire, with JS standing still. A removed task keeps its slot until it is removed a
 * second time, and `add` answers -1 when no slot is free.
 */
export class UtilityTimer {
  readonly #slots: Slot[] = Array.from({ length: SLOTS }, () => ({
    state: FREE,
    at: 0,
    order: 0,
    pins: [],
    value: 0,
  }));
  #order = 0;
  /** How often `add` found the queue full. */
  waits = 0;

  /** Time of the next change, ms; infinite when none is pending. */
  nextMs(): number {
    let next = Number.POSITIVE_INFINITY;
    for (const s of this.#slots) if (s.state === PENDING && s.at < next) next = s.at;
    return next;
  }

  get pending(): number {
    return this.#slots.filter((s) => s.state === PENDING).length;
  }

  get isFull(): boolean {
    return this.pending >= SLOTS - 1;
  }

  add(task: SetTask, nowMs: number): number {
    const pins = [task.pin, task.pin2, task.pin3, task.pin4].filter((p) => p !== undefined);
    if (task.type !== 'SET') throw new Error(`Unsupported timer type "${task.type}"`);
    if (pins.length === 0) throw new Error('`pin` required for SET timer');
    const id = this.#slots.findIndex((s) => s.state === FREE);
    const slot = this.#slots[id];
    if (slot === undefined) return -1;
    slot.state = PENDING;
    slot.at = nowMs + task.time;
    slot.order = this.#order++;
    slot.pins = pins;
    slot.value = task.value;
    return id;
  }

  remove(id: number): boolean {
    const slot = this.#slots[id];
    if (slot === undefined) throw new Error(`timer.remove(${id}) writes outside the table`);
    const was = slot.state;
    slot.state = was === PENDING ? SPENT : FREE;
    return was === PENDING;
  }

  /** Do what is due; true when something was. */
  run(nowMs: number): boolean {
    let done = false;
    for (let due = this.#due(nowMs); due !== undefined; due = this.#due(nowMs)) {
      due.state = FREE;
      for (let i = 0; i < due.pins.length; i++) due.pins[i]?.latch((due.value >> i) & 1);
      done = true;
    }
    return done;
  }

  #due(nowMs: number): Slot | undefined {
    let first: Slot | undefined;
    for (const s of this.#slots) {
      if (s.state !== PENDING || s.at > nowMs) continue;
      if (first === undefined || s.at < first.at || (s.at === first.at && s.order < first.order)) first = s;
    }
    return first;
  }

  list(): { id: number; type: string; time: number }[] {
    return this.#slots.flatMap((s, id) => (s.state === FREE ? [] : [{ id, type: 'SET', time: s.at }]));
  }

  reset(): void {
    for (const s of this.#slots) s.state = FREE;
  }
}

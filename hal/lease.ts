/**
 * The outputs' lease of life: one utility timer task that pulls the drivers' enable pins low unless it is replaced in time.
 * It needs no JS: a hung loop loses pump and valve together. Must never bring back what it has cut: a renewal that comes too late
 * vents.
 */
import type { LeasePort } from '../src/ports.ts';
import type { Ms } from '../src/units.ts';
import { throwClosed } from './closed.ts';
import { NO_TASK, OWNER_LEASE, owners, removeTask, utilityTimer } from './timer-tasks.ts';

export interface LeaseOptions {
  /** The two enable pins. */
  enable: { pump: Pin; valve: Pin };
  /** Life without renewal, 20..1000 ms. */
  ms: Ms;
  /** The lease had run out when it was renewed: vent what was on. True = something was. */
  onLost?: () => boolean;
  /** The pin that feeds an external dead-man; a plain lease has none. */
  deadMan?: Pin | undefined;
}

export class Lease implements LeasePort {
  task: number;
  request: EspruinoSetTask;
  onLost: () => boolean;

  constructor(options: LeaseOptions) {
    const ms = options.ms;
    if (!(ms >= 20 && ms <= 1000)) throw new Error('lease: ms ' + ms + ' is outside 20..1000');
    this.request = { type: 'SET', pin: options.enable.pump, pin2: options.enable.valve, value: 0, time: ms };
    this.task = NO_TASK;
    this.onLost = options.onLost === undefined ? nothingLost : options.onLost;
  }

  /**
   * New task first, then the old one goes: at no time is there none. Without a free slot the old one stays and will cut. An old one
   * that has cut already may have left its id to the new one, or to somebody else: then the lease had run out. False where outputs were
   * lost by that; they are vented.
   */
  renew(): boolean {
    const timer = utilityTimer;
    const id = timer.add(this.request);
    if (id < 0) return true;
    const old = this.task;
    this.task = id;
    if (old >= 0 && old !== id && owners[old] === OWNER_LEASE) {
      owners[id] = OWNER_LEASE;
      if (timer.remove(old)) {
        timer.remove(old);
        return true;
      }
    } else owners[id] = OWNER_LEASE;
    return renewedLate(this, old);
  }

  drop(): void {
    removeTask(OWNER_LEASE, this.task);
    this.task = NO_TASK;
  }

  close(): void {
    this.drop();
    this.renew = throwClosed;
    this.drop = throwClosed;
    this.close = nothing;
  }
}

function nothing(): void {}

function nothingLost(): boolean {
  return false;
}

/** There was none to replace, or it had fired: a slot is given back all the same. False where outputs were lost by that. */
function renewedLate(lease: Lease, old: number): boolean {
  return old < 0 || !lease.onLost();
}

/**
 * The outputs' lease on a board with a dead-man outside of the chip: each renewal also feeds that. Either of the two cuts alone. The timer's 250 ms
 * end before the monostable's 0.4 s, so that what has been cut is known to be cut, and vented. Must never feed what was not renewed.
 */
import type { LeasePort } from '../src/ports.ts';
import { throwClosed } from './closed.ts';
import { DeadMan } from './dead-man.ts';
import { Lease, type LeaseOptions } from './lease.ts';

export class FedLease implements LeasePort {
  lease: Lease;
  deadMan: DeadMan;

  constructor(options: LeaseOptions) {
    const pin = options.deadMan;
    if (pin === undefined) throw new Error('deadMan: no pin');
    this.lease = new Lease(options);
    this.deadMan = new DeadMan({ feed: { pin } });
  }

  renew(): boolean {
    const alive = this.lease.renew();
    this.deadMan.feed();
    return alive;
  }

  drop(): void {
    this.lease.drop();
    this.deadMan.lapse();
  }

  close(): void {
    this.drop();
    this.lease.close();
    this.deadMan.close();
    this.renew = throwClosed;
    this.drop = throwClosed;
    this.close = nothing;
  }
}

function nothing(): void {}

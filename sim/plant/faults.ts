/**
 * What can break, as data. Every fault starts at `atMs`; with `untilMs` it heals again. Sizes are typical when left out.
 */
export type Fault = FaultTime &
  (
    | {
        /** Air escapes at the cuff; size as fall at 150 mmHg, mmHg/min (200 slow, 1500 as large as a pump). */ readonly kind: 'leak';
        readonly mmHgPerMin: number;
      }
    | {
        /** The bladder bursts: an opening of conductance C (NmL/s per mmHg abs), 1 by default. */ readonly kind: 'burst';
        readonly c?: number;
      }
    | {
        /** The hose comes off the cuff: the cuff empties through its port, the pump blows into the room. */ readonly kind: 'hose-off';
      }
    | {
        /** Both hose resistances times `factor`, 400 by default. */ readonly kind: 'kink';
        readonly factor?: number;
      }
    | {
        /** The cuff opens: its volume grows by `share`, 0.8 by default, in 0.3 s. Does not heal. */ readonly kind: 'cuff-off';
        readonly share?: number;
      }
    | { readonly kind: 'valve-stuck-open' | 'valve-stuck-shut' | 'pump-stuck-on' | 'pump-dead' }
    | { /** Flow times `factor`, 0.3 by default. */ readonly kind: 'pump-weak'; readonly factor?: number }
    | {
        /** The same word for ever, with fresh conversions and a good status. */ readonly kind: 'sensor-frozen';
      }
    | { readonly kind: 'sensor-nak' | 'sensor-saturated' }
    | { /** Reads the room: the sense port has come off. */ readonly kind: 'sensor-zero' }
    | { /** Busy for ever, old bytes. */ readonly kind: 'sensor-stale' }
    | {
        /** Reading moves by mmHg a second, -0.5 by default. */ readonly kind: 'sensor-drift';
        readonly mmHgPerS?: number;
      }
    | { /** Reading jumps by mmHg, 20 by default. */ readonly kind: 'sensor-jump'; readonly mmHg?: number }
    | {
        /** Battery voltage times `factor`, 0.62 by default, within 2 s. */ readonly kind: 'battery-sag';
        readonly factor?: number;
      }
    | { /** Battery gone: pump stops, valve opens, the sensor is silent. */ readonly kind: 'supply-lost' }
  );

export interface FaultTime {
  readonly atMs: number;
  readonly untilMs?: number;
}

export type FaultKind = Fault['kind'];

/** True while the fault holds. */
export function holds(fault: Fault, nowMs: number): boolean {
  return nowMs >= fault.atMs && (fault.untilMs === undefined || nowMs < fault.untilMs);
}

/** The next start or end of a fault after `nowMs`, ms; infinite when none is left. */
export function nextChange(faults: readonly Fault[], nowMs: number): number {
  let next = Number.POSITIVE_INFINITY;
  for (const f of faults) {
    if (f.atMs > nowMs && f.atMs < next) next = f.atMs;
    if (f.untilMs !== undefined && f.untilMs > nowMs && f.untilMs < next) next = f.untilMs;
  }
  return next;
}

/**
 * What can break, as data. Every fault starts at `atMs`; with `untilMs` it heals again. Sizes are typical when left out.
 */
export type Fault = FaultTime &
  (
    | LeakFault
    | BurstFault
    | KinkFault
    | BottleFault
    | CuffOffFault
    | WeakPumpFault
    | HotPumpFault
    | HotValveFault
    | WeakHoldFault
    | DriftFault
    | JumpFault
    | SenseLineFault
    | BatteryFault
    | PlainFault
  );

/** When it holds, ms. */
export interface FaultTime {
  readonly atMs: number;
  readonly untilMs?: number;
}

/** Air escapes at the cuff: fall at 150 mmHg, mmHg/min (200 is slow, 3000 as large as a pump), as an orifice. */
export interface LeakFault {
  readonly kind: 'leak';
  readonly mmHgPerMin: number;
}

/** The bladder opens: an orifice of conductance c, NmL/s per mmHg abs; 1 when left out. */
export interface BurstFault {
  readonly kind: 'burst';
  readonly c?: number;
}

/** The hose is folded: its resistances times `factor`, 400 when left out, and the fold's own. */
export interface KinkFault {
  readonly kind: 'kink';
  readonly factor?: number;
}

/**
 * `bottle-kink`: the line between the bottle and its joint is folded: its resistances times `factor`, 400 when left out, and the fold's
 * own; from 1,000,000 on it is as good as shut. `bottle-off`: it comes off at its joint, which a sealing coupling shuts and a plain one
 * leaves open. Both do nothing where no bottle is fitted.
 */
export type BottleFault =
  | { readonly kind: 'bottle-kink'; readonly factor?: number }
  | { readonly kind: 'bottle-off' };

/** The cuff opens: its volume grows by `share`, 0.8 when left out, in 0.3 s. Does not heal. */
export interface CuffOffFault {
  readonly kind: 'cuff-off';
  readonly share?: number;
}

/** The pump gives `factor` of its flow, 0.3 when left out. */
export interface WeakPumpFault {
  readonly kind: 'pump-weak';
  readonly factor?: number;
}

/** The pump's thermal cut-out acts: it stops after running for `afterS`, 3 s when left out, and comes back when it has rested as long. */
export interface HotPumpFault {
  readonly kind: 'pump-hot';
  readonly afterS?: number;
}

/** The valve's coil is too hot: its resistance has grown by `share`, 0.8 when left out. What is pulled in may stay so, and not pull in again. */
export interface HotValveFault {
  readonly kind: 'valve-hot';
  readonly share?: number;
}

/** What holds the valve after the hit gives `factor` of its voltage, 0.25 when left out. */
export interface WeakHoldFault {
  readonly kind: 'valve-hold';
  readonly factor?: number;
}

/** The reading moves by mmHg a second, -0.5 when left out. */
export interface DriftFault {
  readonly kind: 'sensor-drift';
  readonly mmHgPerS?: number;
}

/** The reading is off by mmHg, 20 when left out; with `everyS` by as much again each time, s. */
export interface JumpFault {
  readonly kind: 'sensor-jump';
  readonly mmHg?: number;
  readonly everyS?: number;
}

/**
 * The line to the sensor is pinched or wet: what the living sensor sees follows the pressure with a time constant of `lagS`, or stands
 * when it is left out. `growS`: the pinch comes on so slowly, s. `emptyS`: what stands in the line leaks into the room, time constant, s.
 */
export interface SenseLineFault {
  readonly kind: 'sense-line';
  readonly lagS?: number;
  readonly growS?: number;
  readonly emptyS?: number;
}

/** The battery falls to `factor`, 0.62 when left out, within 2 s. */
export interface BatteryFault {
  readonly kind: 'battery-sag';
  readonly factor?: number;
}

/**
 * Faults without a size. `hose-off`: it comes off the cuff, which empties through its port while the pump blows into the room.
 * `valve-drop`: a valve that is held lets go, and pulls in again only after it was switched off.
 * `sensor-frozen`: the same word for ever, with fresh conversions and a good status. `sensor-stale`: busy for ever, old bytes.
 * `sensor-zero`: the sense port is open to the room. `sensor-saturated`: the upper end of the range.
 * `supply-lost`: pump stops, valve opens, sensor silent.
 */
export interface PlainFault {
  readonly kind:
    | 'hose-off'
    | 'valve-stuck-open'
    | 'valve-stuck-shut'
    | 'valve-drop'
    | 'pump-stuck-on'
    | 'pump-dead'
    | 'sensor-frozen'
    | 'sensor-nak'
    | 'sensor-saturated'
    | 'sensor-zero'
    | 'sensor-stale'
    | 'supply-lost';
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

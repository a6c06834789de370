/**
 * The seams of the core: everything it may touch in the outside world. The HAL implements the ports on the
 * board, the simulator implements them for the core in the loop. Nothing here does anything; no port may
 * throw except where its comment says so. Must never do anything by itself.
 */
import type { MmHg, Ms, Mv, Permille } from './units.ts';

/** `PressureSensor.faults`: the part did not answer on the bus. */
export const FAULT_NAK = 1;
/** The part says (or its code shows) that the reading is at an end of its range. */
export const FAULT_SATURATED = 2;
/** The part reports a memory or integrity error of its own. */
export const FAULT_INTEGRITY = 4;
/** The part was still busy. */
export const FAULT_BUSY = 8;

/** What a driver knows of its part; constant after boot. */
export interface SensorTraits {
  /** How old a sample is when `sample()` hands it over. 0..100 ms. */
  ageMs: Ms;
  /** Reading range in which a vented cuff must lie for zeroing to be believed (absolute: ambient; gauge: near 0). */
  zeroMinMmHg: MmHg;
  zeroMaxMmHg: MmHg;
  /** Typical noise of one sample, in thousandths of a mmHg (SD); LOP is refused on a part too noisy for it. */
  noiseMilliMmHg: number;
  /** Longest time between two new conversions of a healthy part. */
  maxPeriodMs: Ms;
  /** Identical new conversions for so long, one a period, prove a frozen part, ms; 0 = the part is too coarse to tell. */
  frozenMs: Ms;
  /** Highest gauge pressure the part can read. */
  maxMmHg: MmHg;
}

/** Readings that a part takes between two ticks while a measurement listens. They are no samples: nothing is regulated or judged by them. */
export interface ExtraReadings {
  /** True while they are taken. Written by `listen`. */
  readonly wanted: boolean;
  /** How many there are, 0..2; whoever takes them sets it to 0. */
  count: number;
  /** Their pressures, as the part sees them, oldest first. One that failed is left out. */
  readonly mmHg: Float32Array;
  /** Begin or end. Never throws. */
  listen(on: boolean): void;
}

export interface PressureSensor {
  readonly traits: SensorTraits;
  /** Why the last `sample()` gave none: bits `FAULT_*`; 0 = nothing new was measured. Says nothing after one that gave a number. */
  readonly faults: number;
  /** Extra readings, where the part is quick enough for them. */
  readonly extra?: ExtraReadings;
  /**
   * Pressure of a good conversion that was not handed over before, as the part sees it: absolute for an absolute part, gauge for a
   * gauge part. NaN = there is none. Called once after each conversion command. Never throws: a bus error is `FAULT_NAK`.
   */
  sample(): MmHg;
}

export interface PumpPort {
  /** Drive the pump at `duty` from now on; 0 also puts its driver to sleep, whatever it is awake for. */
  write(duty: Permille): void;
}

/** `ValvePort.write`: open and stay open. */
export const VALVE_VENT = -1;

export interface ValvePort {
  /**
   * `VALVE_VENT`: coil off, driver asleep, every pending re-shut cancelled. 0: shut; a bleed under way is left to end.
   * n > 0: open now, shut by hardware timer after n ms (a bleed, at most one tick long).
   */
  write(openMs: Ms): void;
}

export interface LeasePort {
  /**
   * Let the outputs live for `LEASE_MS` more; unrenewed they are cut by a hardware timer, with no JS running. False = they had been cut
   * before this renewal, and are vented now: nothing brings them back but a new start.
   */
  renew(): boolean;
  /** Give the lease up: outputs are off already. */
  drop(): void;
}

/** `ReadBack.railMv` of a board without sense pins: there is no battery check, the drivers' brown-out vents. */
export const NO_RAIL = -1;

/** What the board tells of its supply and its outputs. */
export interface ReadBack {
  /** Motor rail, read on an unloaded switched-on output or computed from the battery; 0 = not readable now, NO_RAIL = never on this board. */
  railMv: Mv;
  /** Voltage at the pump's and the valve's terminals. */
  pumpMv: Mv;
  valveMv: Mv;
  /** Bit 0: pump driver reports a fault; bit 1: valve driver; bit 2: the platform runs out of memory. */
  driverFaults: number;
  /** The board can read its terminals: else pumpMv and valveMv stay 0 and are not judged. */
  readsTerminals: boolean;
}

/** Electrical read-back of the drivers. */
export interface MonitorPort {
  /** True where the board can read terminal voltages back; else pumpMv and valveMv stay 0 and are not judged. */
  readonly readsTerminals: boolean;
  /** Writes all but `readsTerminals`; `vented`: the valve is open. Twice within 20 ms gives the same. */
  look(into: ReadBack, vented: boolean): void;
}

export interface IndicatorPort {
  /** Show pattern `code` of `wearer/patterns.ts`; called when the pattern's lamp state changes. Bits: 1 red, 2 green, 4 blue, 8 buzzer. */
  write(lamps: number): void;
}

export interface WatchdogPort {
  /** The last line of a whole healthy tick. */
  kick(): void;
}

/** Small named texts in flash. Writes block for tens of ms and kick the watchdog: only while vented. */
export interface StorePort {
  /** Writes that were refused since the power came: the flash is full or broken. */
  readonly refused: number;
  /** Content as a byte string, or undefined when there is no such file. */
  read(name: string): string | undefined;
  /** True when a copy of this file is there and not whole: what `read` gives may be older than what was written last. */
  isDamaged(name: string): boolean;
  /** Write whole; false when the flash is full or the write failed. */
  write(name: string, bytes: string): boolean;
  erase(name: string): void;
}

export interface LinkPort {
  /** Queue bytes towards whoever listens; drops what does not fit, never blocks. */
  write(bytes: string): void;
  /** The same of a line, with a comma, its CRC-32 as a whole number and the end of the line behind it. */
  writeProven(line: string): void;
  /** The other side has taken so many bytes since it last said so, 0 or more. */
  taken(bytes: number): void;
  /** A line: `head`, then sixteen values from `row` on of each of the two rings, two bytes a value, low byte first, in base64. For frames that the other side has granted. */
  writeRows(head: string, first: Int16Array, second: Int16Array, row: number): void;
}

export interface ButtonsPort {
  /** Look at the contacts themselves: a press that waits for the tick to end, or whose edge was lost, is told now. Never throws. */
  look(): void;
}

export interface RelayPort {
  /** Tell the other cuff of a pair to stop: best effort, in a burst of some seconds. Never blocks, never throws; nothing without a pair. */
  stop(): void;
}

export interface ServicePort {
  /** Restart into service mode: console open, outputs asleep. Only from vented idle; the board resets. */
  request(): void;
}

export interface Ports {
  readonly sensor: PressureSensor;
  readonly pump: PumpPort;
  readonly valve: ValvePort;
  readonly lease: LeasePort;
  readonly monitor: MonitorPort;
  readonly indicator: IndicatorPort;
  readonly watchdog: WatchdogPort;
  readonly store: StorePort;
  readonly link: LinkPort;
  readonly relay: RelayPort;
  readonly buttons: ButtonsPort;
  readonly service: ServicePort;
}

/** Everything a tick decided, for telemetry, simulator and comparison between the three levels; filled when asked for. */
export interface View {
  /** Ticks since boot. */
  tick: number;
  now: Ms;
  /** `PHASE_*` of phases.ts. */
  phase: number;
  /** Index of the protocol step under way, -1 = none. */
  step: number;
  /** ms left in the step, 0 when none. */
  leftMs: Ms;
  /** Setpoint in mmHg, -1 = null. */
  setpoint: MmHg;
  /** Newest believed gauge sample and the smoothed one. */
  measuredMmHg: MmHg;
  filteredMmHg: MmHg;
  pump: Permille;
  bleedMs: Ms;
  /** 1 = vented. */
  vent: number;
  /** `TRIP_*` code latched, 0 = none. */
  trip: number;
  /** Inhibit bits. */
  inhibits: number;
  /** Lamp bits shown. */
  lamps: number;
}

/** The supplies of the builds that docs/build.md recommends, as they stand behind a simulated one. Plain data. */
import { DRIVER_DROP_MV } from '../plant/params.ts';
import type { Random } from '../plant/random.ts';

/** A supply, the settings that go with it, and the motor that is rated for it. */
export interface Supply {
  /** Motor rail at rest, mV, and the share of it that a pump at full speed pulls down. */
  readonly railMv: number;
  readonly sag: number;
  readonly minStartMv: number;
  readonly minRailMv: number;
  /** Voltage at which the valve pulls in, behind its driver, cold, mV. */
  readonly pullInMv: number;
  /** A converter: the rail is the same on an empty cell. */
  readonly regulated: boolean;
}

/** Voltage of the pump of the parts list, mV. */
const PUMP_MV = 4500;

/** Build A as it is recommended: four NiMH cells, charged. */
export const FOUR_NIMH: Supply = {
  railMv: 5200,
  sag: 0.06,
  minStartMv: 4700,
  minRailMv: 4400,
  pullInMv: 3000,
  regulated: false,
};

/** What of a plant a supply decides. There is no diode in the way of the cells: the drop that the plant takes off is put on. */
export function supplied(by: Supply): {
  readonly batteryMv: number;
  readonly ratedMv: number;
  readonly sag: number;
  readonly coilPull: number;
} {
  return {
    batteryMv: by.railMv + DRIVER_DROP_MV,
    ratedMv: PUMP_MV,
    sag: by.sag,
    coilPull: by.pullInMv / PUMP_MV,
  };
}

/** A build of docs/build.md: its supply, and the board that goes with it. */
export interface BuildKind {
  readonly name: string;
  readonly board: string;
  readonly draw: (rng: Random) => Supply;
}

function cells(rng: Random, lossBehind: number): Supply {
  return {
    ...FOUR_NIMH,
    railMv: rng.range(4950, 5550),
    sag: rng.range(0.04, 0.07) + lossBehind,
    pullInMv: rng.range(2600, 3100),
  };
}

function boost(rng: Random): Supply {
  return {
    railMv: rng.range(4920, 5080),
    sag: rng.range(0.01, 0.04),
    minStartMv: 4900,
    minRailMv: 4600,
    pullInMv: rng.range(2600, 3300),
    regulated: true,
  };
}

/** A bench supply is turned down to where the device only just starts. */
function bench(rng: Random): Supply {
  return {
    ...FOUR_NIMH,
    railMv: rng.range(4900, 5300),
    sag: rng.range(0.005, 0.02),
    pullInMv: rng.range(2600, 3100),
  };
}

/** Builds A, B and C of the page. */
export const BUILD_KINDS: readonly BuildKind[] = [
  { name: 'A, four NiMH cells', board: 'jolt', draw: (rng) => cells(rng, 0) },
  { name: 'A, 5 V boost', board: 'jolt', draw: boost },
  // a DRV8833 in parallel loses 0.2 V with the pump on
  { name: 'B, Pico 2', board: 'pico2', draw: (rng) => cells(rng, 0.03) },
  { name: 'B, XIAO', board: 'xiao', draw: (rng) => cells(rng, 0.005) },
  { name: 'C, bench', board: 'jolt', draw: bench },
];

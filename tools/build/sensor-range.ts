/**
 * Refuses a sensor whose range ends before the pressures at which the firmware must still see. A part at its end says "saturated", which
 * vents like no answer does, but nobody knows then how much is in the cuff. The range is asked of the driver itself, so that it cannot differ.
 */
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { buildSync } from 'esbuild';
import { MAX_CUFF_MMHG, MAX_FAULT_MMHG, TICK_MS } from '../../src/limits.ts';
import type { SensorTraits } from '../../src/ports.ts';
import { boardObject } from './board-object.ts';
import { ROOT } from './project.ts';

/** Past the highest limit of a reading, mmHg: margin for the zero, the gain and the noise of the part. */
const MARGIN_MMHG = 10;

/** What a sensor must see at least, mmHg above the room: the hard ceiling, what a single fault may make of it, and a margin. */
export const LEAST_RANGE_MMHG = MAX_FAULT_MMHG + MARGIN_MMHG;

class FakeSpi {
  setup(): void {}
}

interface Driver {
  openSensor(ports: object): { readonly traits: SensorTraits };
}

/** Pins of no board in particular. */
const ANY_PORTS = { analog: {}, data: {}, clock: {} };

/**
 * The traits that the driver hal/sensors/NAME.ts of the tree at `root` gives. It is opened on a bus on which nothing is, with the pins that
 * `board` has for a sensor, all when left out: throws what the driver says where one is missing.
 */
export function sensorTraits(name: string, root = ROOT, board?: string): SensorTraits {
  const { outputFiles } = buildSync({
    entryPoints: [join(root, 'hal/sensors', `${name}.ts`)],
    bundle: true,
    write: false,
    format: 'cjs',
    platform: 'neutral',
    logLevel: 'silent',
  });
  const ports = board === undefined ? ANY_PORTS : boardObject(board, root).sensor;
  const nothing = (): void => undefined;
  const scope = {
    module: { exports: {} as Driver },
    pinMode: nothing,
    digitalWrite: nothing,
    SPI: FakeSpi,
    BUILD_PERIOD_MS: board === undefined ? TICK_MS : boardObject(board, root).facts.periodMs,
  };
  createContext(scope);
  runInContext(outputFiles[0]?.text ?? '', scope);
  try {
    return scope.module.exports.openSensor({ ...ports, bus: {} }).traits;
  } catch (error) {
    // an error of that scope is none of this one
    throw new Error(`--sensor ${(error as { message?: string }).message ?? String(error)}`);
  }
}

/** Throws, with the range and what is needed, when the sensor's range ends too early. */
export function refuseShortRange(name: string, traits: SensorTraits): void {
  if (traits.maxMmHg >= LEAST_RANGE_MMHG) return;
  throw new Error(
    `--sensor ${name}: it sees up to ${traits.maxMmHg} mmHg; needed are ${LEAST_RANGE_MMHG}: the ceiling of ${MAX_CUFF_MMHG} (src/limits.ts), ` +
      `${MAX_FAULT_MMHG} in a fault, and ${MARGIN_MMHG} of margin. Take the same part with the next wider range`,
  );
}

import { buildSync } from 'esbuild';
import type { EspruinoVersion } from '../../sim/board/chip.ts';
import type { BoardCost } from '../../sim/board/cost/board-cost.ts';
import type { BoardRig } from '../../sim/board/electronics.ts';
import type { BoardFault } from '../../sim/board/faults.ts';
import type { Flash } from '../../sim/board/flash.ts';
import { VirtualBoard } from '../../sim/board/virtual-board.ts';
import type { SensorKind, SensorParams } from '../../sim/plant/sensor-params.ts';

/** A rig without pneumatics: time, terminals, and a sensor that answers what the test says. */
export class FakeRig implements BoardRig {
  nowMs = 0;
  pump = 0;
  valve = 0;
  batteryMv = 3900;
  railMv = 3550;
  status = 0x40;
  code = 0x800000;
  nak = false;
  conversions = 0;
  readonly sensor = { trouble: { nak: false } };

  advanceTo(ms: number): void {
    if (!(ms >= this.nowMs) || ms !== Math.floor(ms))
      throw new RangeError(`advanceTo(${ms}) at ${this.nowMs}`);
    this.nowMs = ms;
  }

  convert(): void {
    this.conversions++;
  }

  read(): { nak: boolean; status: number; code: number; conversions: number } {
    return { nak: this.nak, status: this.status, code: this.code, conversions: this.conversions };
  }
}

const bundles = new Map<string, string>();

/** Bundle device code as one expression; `source` is a module text whose default export is its value. */
export function bundle(source: string): string {
  const known = bundles.get(source);
  if (known !== undefined) return known;
  const result = buildSync({
    stdin: { contents: source, resolveDir: new URL('.', import.meta.url).pathname, loader: 'ts' },
    bundle: true,
    external: ['Storage', 'timer'],
    write: false,
    format: 'iife',
    globalName: 'bundled',
    target: 'es2022',
    tsconfigRaw: { compilerOptions: { useDefineForClassFields: false, verbatimModuleSyntax: true } },
    define: {
      BUILD_DEV: 'false',
      BUILD_VERSION: '"0.0.0"',
      BUILD_BOARD: '"jolt"',
      BUILD_SENSOR: '"mprls"',
      BUILD_PERIOD_MS: '50',
      BUILD_LACKS: '""',
    },
  });
  const text = result.outputFiles[0]?.text ?? '';
  const expression = `(function(){${text}\nreturn bundled.default;})()`;
  bundles.set(source, expression);
  return expression;
}

export interface Bench {
  readonly rig: FakeRig;
  readonly board: VirtualBoard;
}

export interface BenchOptions {
  readonly faults?: readonly BoardFault[];
  readonly flash?: Flash;
  readonly sensor?: SensorKind | SensorParams;
  readonly version?: EspruinoVersion;
  readonly cost?: BoardCost;
}

/** A board as by `bench`, and `run` to evaluate on it. */
export function on(source: string, options?: BenchOptions): Bench & { run: (code: string) => unknown } {
  const b = bench(source, options);
  return { ...b, run: (code) => b.board.evaluate(code) };
}

/** A powered board whose `.bootcde` sets the global `cuff` to the default export of `source`. */
export function bench(source: string, options?: BenchOptions): Bench {
  const rig = new FakeRig();
  const board = new VirtualBoard({ rig, ...options });
  if (options?.flash === undefined) board.write({ '.bootcde': `var cuff=${bundle(source)};` });
  board.powerOn();
  return { rig, board };
}

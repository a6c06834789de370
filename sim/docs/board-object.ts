/** A board's own object (hal/boards), read without a board: its file is run with names in the place of pins. Pictures and tests see what the firmware sees. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { transformSync } from 'esbuild';
import { ROOT } from '../../tools/build/project.ts';

/** What of a board is drawn; pins by name. */
export interface BoardPins {
  readonly name: string;
  readonly pump: { readonly output: { readonly pin: string }; readonly enable: string };
  readonly valve: { readonly output: { readonly pin: string }; readonly enable: string };
  readonly sense: { readonly pump: string; readonly valve: string; readonly rail: string } | undefined;
  readonly divider: { readonly numerator: number; readonly denominator: number };
  readonly railOutput: string;
  readonly faults: { readonly pump: string; readonly valve: string };
  readonly lamps: { readonly red: string; readonly green: string; readonly blue: string };
  readonly buzzer: string;
  readonly buttons: readonly { readonly pin: string; readonly activeLow: boolean }[];
  readonly bench: string;
  readonly sensor: { readonly analog: string };
  /** Pins of the sensor's bus. */
  readonly bus: { readonly sda: string; readonly scl: string };
}

const PINS = 48;

/** The object of hal/boards/NAME.ts. */
export function boardPins(name: string): BoardPins {
  const file = join(ROOT, 'hal/boards', `${name}.ts`);
  const { code } = transformSync(readFileSync(file, 'utf8'), { loader: 'ts', format: 'cjs' });
  let bus = { sda: '', scl: '' };
  const nothing = (): void => undefined;
  const scope: Record<string, unknown> = {
    exports: {},
    module: { exports: {} },
    I2C1: {
      setup: (given: { sda: string; scl: string }) => {
        bus = { sda: given.sda, scl: given.scl };
      },
    },
    Jolt: { setDriverMode: nothing, Q0: { setPower: nothing } },
    digitalWrite: nothing,
    pinMode: nothing,
    digitalRead: () => 1,
  };
  for (let i = 0; i < PINS; i++) scope[`D${i}`] = `D${i}`;
  createContext(scope);
  runInContext(code, scope);
  const found = Object.values((scope['module'] as { exports: object }).exports).find(
    (value): value is BoardPins & { prepare: () => void } =>
      typeof value === 'object' && value !== null && 'prepare' in value,
  );
  if (found === undefined) throw new Error(`hal/boards/${name}.ts exports no board`);
  found.prepare();
  return { ...found, bus };
}

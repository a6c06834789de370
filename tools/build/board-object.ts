/**
 * A board's own object and facts (hal/boards), read without a board: its file is run with names in the place of pins. Build, pictures,
 * simulator and tests see what the firmware sees. It drives nothing.
 */
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { buildSync } from 'esbuild';
import type { BoardFacts } from '../../hal/boards/board.ts';
import { ROOT } from './project.ts';

/** What a board is made of; pins by name. */
export interface BoardObject {
  readonly name: string;
  readonly facts: BoardFacts;
  readonly pump: { readonly output: { readonly pin: string; readonly hz: number }; readonly enable: string };
  readonly valve: { readonly output: { readonly pin: string }; readonly enable: string };
  readonly deadMan?: string;
  readonly sense: { readonly pump?: string; readonly valve?: string; readonly rail: string } | undefined;
  readonly divider: { readonly numerator: number; readonly denominator: number };
  readonly railOutput?: string;
  readonly faults: { readonly pump: string; readonly valve: string } | undefined;
  readonly lamps: { readonly red: string; readonly green: string; readonly blue: string };
  readonly buzzer: string;
  readonly buttons: readonly { readonly pin: string; readonly activeLow: boolean }[];
  readonly bench?: string;
  readonly sensor: { readonly analog?: string; readonly data?: string; readonly clock?: string };
  /** Pins that `prepare` lets go. */
  readonly released: readonly string[];
  /** Pins of the sensor's bus. */
  readonly bus: { readonly sda: string; readonly scl: string };
}

interface BoardFile {
  readonly FACTS: BoardFacts;
  board(): Omit<BoardObject, 'facts' | 'bus' | 'released'> & { prepare(): void };
}

const PINS = 49;
const known = new Map<string, BoardObject>();

/** The board hal/boards/NAME.ts of the tree at `root`. */
export function boardObject(name: string, root = ROOT): BoardObject {
  const path = join(root, 'hal/boards', `${name}.ts`);
  const found = known.get(path) ?? read(path);
  known.set(path, found);
  return found;
}

function read(path: string): BoardObject {
  const { outputFiles } = buildSync({
    entryPoints: [path],
    bundle: true,
    external: ['Storage', 'timer'],
    write: false,
    format: 'cjs',
    logLevel: 'silent',
  });
  const nothing = (): object => ({});
  const released: string[] = [];
  let bus = { sda: '', scl: '' };
  const setup = (given: { sda: string; scl: string }): void => {
    bus = { sda: given.sda, scl: given.scl };
  };
  const scope: Record<string, unknown> = {
    module: { exports: {} },
    require: nothing,
    I2C1: { setup },
    USB: {},
    Bluetooth: {},
    Serial1: {},
    Jolt: { setDriverMode: nothing, Q0: { setPower: nothing } },
    digitalWrite: nothing,
    pinMode: (pin: string, mode: string) => {
      if (mode === 'input') released.push(pin);
    },
    digitalRead: () => 1,
  };
  for (let i = 0; i < PINS; i++) scope[`D${i}`] = `D${i}`;
  createContext(scope);
  runInContext(outputFiles[0]?.text ?? '', scope);
  const { board, FACTS } = (scope['module'] as { exports: BoardFile }).exports;
  const made = board();
  made.prepare();
  return { ...made, facts: FACTS, released, bus };
}

import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import type { BoardFault } from '../../sim/board/faults.ts';
import { ImageLevel } from '../../sim/board/image-level.ts';
import type { VirtualBoard } from '../../sim/board/virtual-board.ts';
import { layoutOf } from '../../sim/board/wired-layout.ts';
import { passedWith } from '../../sim/core/store.ts';
import type { Fault } from '../../sim/plant/faults.ts';
import { nominalLimb } from '../../sim/plant/limb-params.ts';
import { NOMINAL_THIGH } from '../../sim/plant/params.ts';
import { Rig } from '../../sim/plant/rig.ts';
import { SENSORS_BY_NAME } from '../../sim/setup/resolve.ts';
import { FILE_COMMISSIONED, FILE_PROGRESS, FILE_SETTINGS } from '../../src/files.ts';
import { phaseName } from '../../src/phases.ts';
import { defaultSettings, encodeSettings } from '../../src/settings.ts';
import { lacksOf, periodOf } from '../../tools/build/board-checks.ts';
import { ROOT } from '../../tools/build/project.ts';
import { nextFile } from '../../tools/settings/store-file.ts';

/** Device code for any board and sensor, quickly: the sources of an image, bundled as they are and not made small. */
export interface Choice {
  readonly board: string;
  readonly sensor: string;
  readonly dev?: boolean;
}

/** In place of `selected.ts`: the file that was chosen. */
function chosen({ board, sensor }: Choice): Plugin {
  return {
    name: 'chosen',
    setup(esbuild) {
      esbuild.onResolve({ filter: /selected\.ts$/ }, ({ path }) => ({
        path: path.includes('boards')
          ? join(ROOT, 'hal/boards', `${board}.ts`)
          : join(ROOT, 'hal/sensors', `${sensor}.ts`),
      }));
    },
  };
}

const FIRMWARE = "export { default } from './src/main.ts';";

/** Bundled already in this process: a file has dozens of tests on one choice, and the sources stay as they are while it runs. */
const bundled = new Map<string, Promise<string>>();

/** The default export of `source`, a module text in the project's own folder, as one expression; the firmware when left out. */
export function deviceCode(choice: Choice, source = FIRMWARE): Promise<string> {
  const key = [choice.board, choice.sensor, choice.dev === true, source].join('\n');
  const code = bundled.get(key) ?? bundle(choice, source);
  bundled.set(key, code);
  return code;
}

async function bundle(choice: Choice, source: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: ROOT, loader: 'ts' },
    bundle: true,
    external: ['Storage', 'timer'],
    write: false,
    format: 'iife',
    globalName: 'bundled',
    target: 'es2022',
    tsconfigRaw: { compilerOptions: { useDefineForClassFields: false, verbatimModuleSyntax: true } },
    define: {
      BUILD_DEV: String(choice.dev === true),
      BUILD_VERSION: '"0.0.0"',
      BUILD_BOARD: JSON.stringify(choice.board),
      BUILD_SENSOR: JSON.stringify(choice.sensor),
      BUILD_PERIOD_MS: String(periodOf(choice.board)),
      BUILD_LACKS: JSON.stringify(lacksOf(choice.board)),
    },
    plugins: [chosen(choice)],
  });
  return `(function(){${outputFiles[0]?.text ?? ''}\nreturn bundled.default;})()`;
}

/** A device that runs `code` without a loader; its wearer sits still, and has had sessions before. */
export function powered(
  choice: Choice,
  code: string,
  broken: {
    readonly faults?: readonly BoardFault[];
    readonly rig?: readonly Fault[];
    readonly prepare?: (board: VirtualBoard) => void;
    readonly openReset?: boolean;
  } = {},
): ImageLevel {
  const sensor = SENSORS_BY_NAME[choice.sensor];
  if (sensor === undefined) throw new Error(`nothing plays ${choice.sensor}`);
  const rig = new Rig(
    { plant: NOMINAL_THIGH, limb: nominalLimb('rest'), sensor, faults: broken.rig ?? [] },
    1,
  );
  rig.setActivity('rest');
  const texts = {
    [FILE_COMMISSIONED]: passedWith('0.0.0', choice.board, choice.sensor),
    [FILE_SETTINGS]: encodeSettings({ ...defaultSettings(), lopMmHg: 190, lopSource: 1 }),
    [FILE_PROGRESS]: '1,2,2,1,0,0,0',
  };
  const files = Object.entries(texts).map(([name, text]) => [
    `${name}.0`,
    nextFile({ a: undefined, b: undefined }, text).file,
  ]);
  return new ImageLevel(rig, {
    layout: layoutOf(choice.board),
    files: { '.bootcde': `var cuff=${code};`, ...Object.fromEntries(files) },
    ...(broken.faults === undefined ? {} : { faults: broken.faults }),
    ...(broken.prepare === undefined ? {} : { prepare: broken.prepare }),
    ...(broken.openReset === undefined ? {} : { openReset: broken.openReset }),
  });
}

/** Start a session and run until the cuff truly holds 60 mmHg. */
export function underPressure(level: ImageLevel): ImageLevel {
  level.board.advanceTo(9000);
  level.button(1, true, 9001);
  level.button(1, false, 9151);
  while (level.rig.p2 < 60) {
    if (level.board.nowMs > 60_000)
      throw new Error(
        `no pressure after 60 s: ${phaseName(level.view.phase)}, inhibits ${level.view.inhibits}`,
      );
    level.nextTick();
  }
  return level;
}

/** ms from now until both outputs are off; fails after `limitMs`. */
export function msToCut(level: ImageLevel, limitMs: number): number {
  const { board, rig } = level;
  const from = board.nowMs;
  while (rig.pump > 0 || rig.valve > 0) {
    if (board.nowMs - from > limitMs) return Number.POSITIVE_INFINITY;
    board.advanceTo(board.nowMs + 1);
  }
  return board.nowMs - from;
}

/** Opens a level of simulation on a rig. Each is loaded only when asked for, so that a core run starts at once. */

import { BoardCost } from '../board/cost/board-cost.ts';
import type { Level, LevelName } from '../level/level.ts';
import type { Rig } from '../plant/rig.ts';
import { BadOption } from '../setup/bad-option.ts';
import type { TripNumbers } from '../simulate/recording.ts';

export interface Opened {
  readonly level: Level;
  readonly tripNumbers: TripNumbers;
}

export interface LevelSpec {
  readonly board: string;
  readonly sensor: string;
  /** Texts in the device's store at power-up. */
  readonly files: Readonly<Record<string, string>>;
  /** Seed of what each tick costs on the board; undefined = nothing. At image level only. */
  readonly costSeed?: number;
}

async function openCore(rig: Rig, spec: LevelSpec): Promise<Opened> {
  const { CoreLevel } = await import('../core/core-level.ts');
  const level = new CoreLevel(rig, { files: spec.files });
  return { level, tripNumbers: () => level.core.supervisor };
}

/** The running program's own supervisor, as a debugger would look at it. */
interface Inside {
  readonly core?: { readonly supervisor?: { readonly measured: number; readonly allowed: number } };
}

async function openImage(rig: Rig, spec: LevelSpec): Promise<Opened> {
  const [{ ImageLevel }, { layoutOf, strapBench }, { flashed, isBenchOnly }] = await Promise.all([
    import('../board/image-level.ts'),
    import('../board/wired-layout.ts'),
    import('../setup/image.ts'),
  ]);
  const strapped = isBenchOnly(spec.board) ? { prepare: strapBench } : {};
  const cost =
    spec.costSeed === undefined ? {} : { cost: new BoardCost({ seed: spec.costSeed, board: spec.board }) };
  const files = await flashed(spec.sensor, spec.files, spec.board);
  const level = new ImageLevel(rig, { layout: layoutOf(spec.board), files, ...cost, ...strapped });
  return { level, tripNumbers: () => (level.board.cuff as Inside | undefined)?.core?.supervisor };
}

async function openInterpreter(rig: Rig, spec: LevelSpec): Promise<Opened> {
  const [{ findInterpreter }, { InterpreterLevel }, { flashed }] = await Promise.all([
    import('../interpreter/binary.ts'),
    import('../interpreter/interpreter-level.ts'),
    import('../setup/image.ts'),
  ]);
  const interpreter = findInterpreter();
  if (interpreter === undefined) {
    throw new BadOption(
      '--level',
      'interpreter',
      'needs a Linux build of Espruino; name its file in ESPRUINO',
    );
  }
  const level = new InterpreterLevel(rig, {
    interpreter,
    files: await flashed(spec.sensor, spec.files),
    ram: true,
  });
  const asked = '({measured:cuff.core.supervisor.measured,allowed:cuff.core.supervisor.allowed})';
  return { level, tripNumbers: () => level.board.evaluate(asked) as ReturnType<TripNumbers> };
}

const OPEN: Readonly<Record<LevelName, (rig: Rig, spec: LevelSpec) => Promise<Opened>>> = {
  core: openCore,
  image: openImage,
  interpreter: openInterpreter,
};

export function openLevel(name: LevelName, rig: Rig, spec: LevelSpec): Promise<Opened> {
  return OPEN[name](rig, spec);
}

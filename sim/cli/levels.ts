/** Opens a level of simulation on a rig. Loaded when asked for, so that a core run starts at once. */
import type { Rig } from '../plant/rig.ts';
import type { Level, LevelName } from '../run/level.ts';
import type { TripNumbers } from './record.ts';

export interface Opened {
  readonly level: Level;
  readonly tripNumbers: TripNumbers;
}

async function openCore(rig: Rig, files: Readonly<Record<string, string>>): Promise<Opened> {
  const { CoreLevel } = await import('../core/core-level.ts');
  const level = new CoreLevel(rig, { files });
  return { level, tripNumbers: () => level.core.supervisor };
}

export function openLevel(
  name: LevelName,
  rig: Rig,
  files: Readonly<Record<string, string>>,
): Promise<Opened> {
  if (name === 'core') return openCore(rig, files);
  throw new Error(`level ${name} is not here`);
}

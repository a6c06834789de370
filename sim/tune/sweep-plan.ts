/** What a sweep runs: the sets of settings that are varied, and the plants they all meet. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkSettings, type Settings } from '../../src/settings.ts';
import { decimal } from '../../tools/input/number-words.ts';
import { type Build, drawOne } from '../bench/control-draw.ts';
import { SCENARIOS } from '../bench/control-scenarios.ts';
import type { Exercise } from '../plant/limb-params.ts';
import { Random } from '../plant/random.ts';
import { sampleSensor } from '../plant/sensor-params.ts';
import { BadOption } from '../setup/bad-option.ts';
import type { AlikePlant } from './alike.ts';

/** Sets that one sweep may compare: every further option multiplies them. */
export const MOST_SETS = 64;

function numberIn(option: string, word: string): number {
  const value = decimal(word);
  if (value !== undefined) return value;
  throw new BadOption('--vary', option, `"${word}" is no number of digits, such as 50`);
}

/** `name=a,b,c` options to all their combinations, the first one being all the first values. Throws BadOption. */
export function combinations(base: Settings, vary: readonly string[]): Settings[] {
  let sets: Settings[] = [base];
  const named = new Set<string>();
  for (const option of vary) {
    const match = /^([A-Za-z]\w*)=(.+)$/.exec(option);
    if (match === null)
      throw new BadOption('--vary', option, 'write name=value,value,..., for example savePercent=0,50,100');
    const [, name = '', list = ''] = match;
    const values = list.split(',').map((word) => numberIn(option, word));
    if (named.has(name)) throw new BadOption('--vary', option, `${name} is there twice; give it once`);
    named.add(name);
    if (new Set(values).size !== values.length)
      throw new BadOption('--vary', option, 'a value is there twice');
    sets = sets.flatMap((set) =>
      values.map((value) => {
        const result = checkSettings(set, { [name]: value });
        if (result.settings === undefined) throw new BadOption('--vary', option, result.problems.join('; '));
        return result.settings;
      }),
    );
    if (sets.length > MOST_SETS) {
      throw new BadOption('--vary', option, `makes ${sets.length} sets; allowed are ${MOST_SETS}`);
    }
  }
  return sets;
}

/** Names and values in which the sets differ, as a short text for each. */
export function namesOf(sets: readonly Settings[]): string[] {
  const first = sets[0] as Settings;
  const keys = (Object.keys(first) as (keyof Settings)[]).filter((key) =>
    sets.some((set) => set[key] !== first[key]),
  );
  return sets.map((set) => keys.map((key) => `${key} ${set[key]}`).join(', ') || 'as set');
}

/** Plant `index` of a sweep: the benchmark's own draw, with the sensor the firmware of the core level knows. */
export function sweptPlant(motion: Exercise, build: Build, seed: number, index: number): AlikePlant {
  const draw = drawOne(SCENARIOS[motion], seed, index, build);
  const sensor =
    draw.sensor.kind === 'MPRLS'
      ? draw.sensor
      : sampleSensor(new Random(seed).fork('sweep-sensor').fork(index), 'MPRLS');
  return { plant: draw.plant, limb: draw.limb, sensor, seed: draw.seed };
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** A sum over everything that a result depends on. */
export function codeSum(): string {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const hash = createHash('sha256');
  for (const folder of ['src', 'hal', 'sim/plant', 'sim/core', 'sim/tune', 'sim/report', 'sim/bench'])
    for (const file of filesUnder(join(root, folder))) hash.update(readFileSync(file));
  return hash.digest('hex').slice(0, 16);
}

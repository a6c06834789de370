/** The names in a run's options where there are no files: built-in scenarios, plants and protocols only. */
import { scenarioNamed, scenarioNames } from '../scenarios/library.ts';
import { BadOption } from './bad-option.ts';
import { builtInPlant, PLANT_HELP } from './plants.ts';
import { builtInNamed } from './protocols.ts';
import type { SpecSources } from './resolve.ts';

export const BUILT_IN: SpecSources = {
  scenario: (given) => {
    const found = scenarioNamed(given);
    if (found !== undefined) return found;
    throw new BadOption('--scenario', given, `no such scenario; allowed are ${scenarioNames().join(', ')}`);
  },
  plant: (given, kind) => {
    const found = builtInPlant(given, kind);
    if (found !== null) return found;
    throw new BadOption('--plant', given, `no such plant; allowed are ${PLANT_HELP}`);
  },
  protocol: builtInNamed,
  store: (given) => {
    throw new BadOption('--store', given, 'there are no files here');
  },
};

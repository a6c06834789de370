/** A simulated device as what is to be tuned: commissioned here, and read off its own readings as any other. */
import { defaultSettings, LIMB_ARM, LIMB_LEG, type Settings } from '../../src/settings.ts';
import { Rig } from '../plant/rig.ts';
import type { ChosenPlant } from '../setup/plants.ts';
import { onBottle, withBottle } from './bottle.ts';
import { commission, dummyLimb } from './commission.ts';
import { type Identification, type Identified, identify } from './identify.ts';
import type { RecordFigures } from './read-log.ts';
import type { Trace } from './trace.ts';

export interface Subject {
  readonly source: string;
  readonly limb: 'thigh' | 'arm';
  readonly settings: Settings;
  readonly trace: Trace | undefined;
  readonly record: RecordFigures | undefined;
  /** What can be read from the trace, for a verdict even where something went wrong. */
  readonly seen: Identified | undefined;
  /** The same where nothing went wrong: what a proposal may rest on. */
  readonly identified: Identified | undefined;
  /** Why nothing was identified, or what else is wrong; then settings are kept. */
  readonly problems: readonly string[];
}

export function baseFor(limb: 'thigh' | 'arm'): Settings {
  return { ...defaultSettings(), limb: limb === 'arm' ? LIMB_ARM : LIMB_LEG };
}

/** Adds what a run on a bottle tells; a bottle's log that is no good is a problem like any other. */
export function withBottleRun(
  found: Identification,
  run: () => { readonly trace: Trace; readonly ml: number },
): Identification {
  if (found.identified === undefined) return found;
  const { trace, ml } = run();
  const bottle = identify(trace);
  if (bottle.identified === undefined)
    return { identified: undefined, problems: bottle.problems.map((text) => `on the bottle: ${text}`) };
  return { identified: withBottle(found.identified, bottle.identified, ml), problems: [] };
}

/** `bottleMl`: volume of the bottle that it is put on for a second run. */
export function simulatedSubject(
  chosen: ChosenPlant,
  settings: Settings,
  seed: number,
  bottleMl: number,
): Subject {
  const rig = new Rig({ plant: chosen.plant, limb: dummyLimb(), sensor: 'MPRLS' }, seed);
  // the simulated run is made with a full-speed fill: a limited one shows the limit, not the pump
  const run = commission(rig, { ...settings, fillMmHgPerS: 0 }, `simulated ${chosen.name}`);
  const found = withBottleRun(identify(run.trace), () => {
    const vessel = onBottle(chosen.plant, bottleMl);
    const onIt = new Rig({ plant: vessel, limb: dummyLimb(), sensor: 'MPRLS' }, seed);
    return { trace: commission(onIt, { ...settings, fillMmHgPerS: 0 }, 'bottle').trace, ml: bottleMl };
  });
  const problems = run.inhibits.length > 0 ? [] : [...found.problems];
  if (run.inhibits.length > 0)
    problems.push(`the device would not start the commissioning run: ${run.inhibits.join(', ')}`);
  else if (run.trip !== undefined) problems.push(`the supervisor ended the commissioning run: ${run.trip}`);
  else if (!run.complete) problems.push('the commissioning run did not come to its end within 5 min');
  return {
    source: `simulated ${chosen.name}`,
    limb: chosen.plant.limb,
    settings,
    trace: run.trace,
    record: undefined,
    seen: run.inhibits.length > 0 ? undefined : found.identified,
    identified: problems.length === 0 ? found.identified : undefined,
    problems,
  };
}

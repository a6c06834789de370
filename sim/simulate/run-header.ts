/** What stands at the head of a run's record: everything that decides it, in words and numbers. */
import { settingRows } from '../../src/settings.ts';
import { phaseNames } from '../report/phase-names.ts';
import type { RunHeader } from '../report/run-log.ts';
import { stepTexts } from '../setup/protocols.ts';
import type { RunSpec } from '../setup/resolve.ts';

/** `command` repeats the run; `version` is that of cuffloop. */
export function headerOf(spec: RunSpec, command: string, version: string): RunHeader {
  const { settings, protocol, chosen, scenario } = spec;
  const values = settings as unknown as Record<string, number>;
  const shown = settingRows().map(([name, , , , unit]) => [name, `${values[name] ?? ''} ${unit}`.trim()]);
  return {
    version,
    level: spec.level,
    board: spec.board,
    sensor: spec.sensor,
    seed: spec.seed,
    scenario: scenario.name,
    title: spec.title,
    command,
    tickMs: spec.periodMs,
    lopMmHg: chosen.plant.lopMmHg,
    plantName: chosen.name,
    plant: { ...chosen.plant },
    settings: Object.fromEntries(shown),
    protocol: {
      name: protocol.protocol.id,
      title: protocol.title,
      steps: stepTexts(protocol.protocol, settings.lopMmHg),
    },
    phases: phaseNames(),
  };
}

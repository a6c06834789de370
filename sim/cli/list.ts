/** `--list`: everything that can be named in an option, with a line on each. */
import colors from 'picocolors';
import { settingRows } from '../../src/settings.ts';
import { SETTING_HELP } from '../../tools/settings/help.ts';
import { clock } from '../report/figures.ts';
import { wrap } from '../report/summary.ts';
import { SCENARIOS } from '../scenarios/library.ts';
import { FAULT_SIZES } from '../setup/fault-option.ts';
import { PLANT_HELP, PLANTS } from '../setup/plants.ts';
import { plannedSeconds, protocols } from '../setup/protocols.ts';
import { LEVELS, MOTIONS, SENSORS_BY_NAME } from '../setup/resolve.ts';

export const LISTS = [
  'scenarios',
  'plants',
  'protocols',
  'settings',
  'faults',
  'sensors',
  'motions',
  'levels',
] as const;
export type ListName = (typeof LISTS)[number];

function rows(pairs: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...pairs.map(([name]) => name.length));
  return pairs.map(([name, text]) => `  ${name.padEnd(width)}  ${colors.dim(text)}`);
}

const MAKERS: Readonly<Record<ListName, () => string[]>> = {
  scenarios: () => rows(SCENARIOS.map((s) => [s.name, `${s.title}. ${s.about}`])),
  plants: () => [
    ...rows(
      Object.entries(PLANTS).map(([name, p]) => [
        name,
        `${p.limb}, LOP ${p.lopMmHg} mmHg, pump ${p.pumpFlow} NmL/s, sensor at the ${p.sensorAt}${p.bottle === null ? '' : `, bottle of ${p.bottle.ml} mL`}`,
      ]),
    ),
    `  also: ${PLANT_HELP.split(', ').slice(Object.keys(PLANTS).length).join(', ')}`,
  ],
  protocols: () =>
    rows(
      protocols().map(({ protocol }) => [
        protocol.id,
        `${protocol.steps.length} steps, ${clock(plannedSeconds(protocol))}`,
      ]),
    ),
  settings: () =>
    rows(
      settingRows().map(([name, usual, min, max, unit]) => [
        name,
        `${min}..${max} ${unit}, usually ${usual}. ${SETTING_HELP[name]}`,
      ]),
    ),
  faults: () =>
    rows(
      Object.entries(FAULT_SIZES).map(([kind, size]) => [
        size === null ? `${kind}@start` : `${kind}@start:size`,
        size === null ? 'no size' : `size ${size.min}..${size.max} ${size.unit}, usually ${size.usual}`,
      ]),
    ),
  sensors: () => Object.keys(SENSORS_BY_NAME).map((name) => `  ${name}`),
  motions: () => MOTIONS.map((name) => `  ${name}`),
  levels: () => LEVELS.map((name) => `  ${name}`),
};

/** Lines of one list, or of all. */
export function listLines(which: ListName | null): string[] {
  const names = which === null ? LISTS : [which];
  return names.flatMap((name) => [colors.bold(name), ...MAKERS[name](), '']);
}

/** Names only, for the help. */
export function helpNames(): string {
  const names: readonly (readonly [string, readonly string[]])[] = [
    ['Scenarios', SCENARIOS.map((s) => s.name)],
    ['Plants', PLANT_HELP.split(', ')],
    ['Protocols', protocols().map(({ protocol }) => protocol.id)],
    ['Settings', settingRows().map(([name]) => name)],
    ['Faults', Object.keys(FAULT_SIZES)],
    ['Sensors', Object.keys(SENSORS_BY_NAME)],
  ];
  const lines = names.map(
    ([head, list]) => `${`${head}:`.padEnd(11)} ${wrap(list.join(', '), 66).join(`\n${' '.repeat(12)}`)}`,
  );
  return lines.join('\n');
}

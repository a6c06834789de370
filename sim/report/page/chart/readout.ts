/** Every value under the cursor, in fields that keep their places; and the same in a sentence, to be read out. */
import { type PageRun, valueAt } from '../../page-run.ts';
import type { ChartOptions } from './chart-options.ts';
import { make } from './dom.ts';
import { timeText } from './view.ts';

const LAMP_NAMES = ['red', 'green', 'blue', 'buzzer'];

function mmHg(value: number | undefined): string {
  if (value === undefined || Number.isNaN(value)) return '–';
  // a zero has no sign
  return (Math.round(value * 10) / 10 || 0).toFixed(1);
}

function lampText(bits: number): string {
  const lit = LAMP_NAMES.filter((_, i) => ((bits >> i) & 1) === 1);
  return lit.length === 0 ? 'off' : lit.join(' + ');
}

function valveText(run: PageRun, row: number): string {
  if (run.vent[row] === 1) return 'open (vent)';
  const ms = run.bleedMs[row] ?? 0;
  return ms > 0 ? `open ${ms} ms` : 'shut';
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(1)}`;
}

function errorText(run: PageRun, row: number): string {
  const error = ((run.hasTruth ? run.p2 : run.raw)[row] as number) - (run.setpoint[row] as number);
  if (Number.isNaN(error)) return '–';
  const sp = run.setpoint[row] as number;
  return sp > 0 ? `${signed(error)} (${signed((error / sp) * 100)} %)` : signed(error);
}

export function phaseText(run: PageRun, row: number): string {
  const code = valueAt(run.phase, row);
  const step = valueAt(run.step, row);
  const name = run.phases.find((p) => p.code === code)?.name ?? `phase ${code}`;
  return step >= 0 ? `${name}, step ${step + 1}` : name;
}

/** Name and text of each field, in order. `row` null = no cursor; `tellsTrip` false = that a rule has tripped is told, not which. */
export function fields(run: PageRun, row: number | null, tellsTrip: boolean): [string, string][] {
  const at = (read: (row: number) => string): string => (row === null || run.rows === 0 ? '–' : read(row));
  const trip = (r: number): string => {
    const code = valueAt(run.trip, r);
    return code > 0 ? (tellsTrip ? String(code) : 'yes') : 'none';
  };
  const all: [string, string][] = [
    ['Time', at((r) => timeText(run.t[r] as number, true))],
    ['Phase', at((r) => phaseText(run, r))],
    ['Sensor', at((r) => mmHg(run.raw[r]))],
    ['Smoothed', at((r) => mmHg(run.p[r]))],
    ['True', at((r) => mmHg(run.p2[r]))],
    ['Pump end', at((r) => mmHg(run.p1[r]))],
    ['Setpoint', at((r) => mmHg(run.setpoint[r]))],
    ['Off by', at((r) => errorText(run, r))],
    ['Pump', at((r) => `${((run.pump[r] ?? 0) / 10).toFixed(0)} %`)],
    ['Valve', at((r) => valveText(run, r))],
    ['Lamps', at((r) => lampText(valueAt(run.lamps, r)))],
    ['Trip', at(trip)],
  ];
  return run.hasTruth ? all : all.filter(([name]) => name !== 'True' && name !== 'Pump end');
}

/** For who hears the chart: the moment, the phase and what the pressures are. */
export function spoken(run: PageRun, row: number): string {
  const value = (name: string, mm: number | undefined): string =>
    mm === undefined || Number.isNaN(mm) ? '' : `, ${name} ${Math.round(mm) || 0}`;
  const truth = run.hasTruth ? value('true', run.p2[row]) : '';
  const pressures = `${value('sensor', run.raw[row])}${truth}${value('setpoint', run.setpoint[row])}`;
  return `${timeText(run.t[row] ?? 0, false)}, ${phaseText(run, row)}${pressures} mmHg`;
}

/** Writes the fields into the list, making them anew when there are others. */
export function showReadout(
  list: HTMLElement,
  run: PageRun,
  row: number | null,
  { tellsTrip, unknown }: Pick<ChartOptions, 'tellsTrip' | 'unknown'>,
): void {
  const all = fields(run, row, tellsTrip?.() !== false).filter(([name]) => unknown?.includes(name) !== true);
  if (list.childElementCount !== all.length)
    list.replaceChildren(...all.map(([name]) => make('div', {}, make('dt', {}, name), make('dd'))));
  all.forEach(([, text], i) => {
    const cell = list.children[i]?.lastElementChild;
    if (cell && cell.textContent !== text) cell.textContent = text;
  });
}

/** Every value under the cursor, in fields that keep their places. */
import { type PageRun, valueAt } from './decode.ts';
import { seconds } from './pressure-chart.ts';

const LAMP_NAMES = ['red', 'green', 'blue', 'buzzer'];

function mmHg(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : `${value.toFixed(1)}`;
}

function lampText(bits: number): string {
  const lit = LAMP_NAMES.filter((_, i) => ((bits >> i) & 1) === 1);
  return lit.length === 0 ? 'off' : lit.join(' + ');
}

function valveText(run: PageRun, row: number): string {
  if (valueAt(run.data.vent, row) === 1) return 'open (vent)';
  const ms = run.bleedMs[row] ?? 0;
  return ms > 0 ? `open ${ms} ms` : 'shut';
}

function errorText(run: PageRun, row: number): string {
  const p2 = run.p2[row];
  const sp = run.setpoint[row];
  if (p2 === null || p2 === undefined || sp === null || sp === undefined) return '–';
  const error = p2 - sp;
  const share = sp > 0 ? ` (${error < 0 ? '−' : '+'}${Math.abs((error / sp) * 100).toFixed(1)} %)` : '';
  return `${error < 0 ? '−' : '+'}${Math.abs(error).toFixed(1)}${share}`;
}

/** Name and text of each field, in order. `row` null = no cursor. */
export function fields(run: PageRun, row: number | null): [string, string][] {
  const at = <T>(read: (row: number) => T, none: T): T => (row === null ? none : read(row));
  const phase = at((r) => valueAt(run.data.phase, r), -1);
  const step = at((r) => valueAt(run.data.step, r), -1);
  const trip = at((r) => valueAt(run.data.trip, r), 0);
  const name = run.data.phases.find((p) => p.code === phase)?.name ?? '–';
  return [
    ['Time', at((r) => seconds(run.t[r] ?? 0, true), '–')],
    ['Phase', step >= 0 ? `${name}, step ${step + 1}` : name],
    ['True', at((r) => mmHg(run.p2[r]), '–')],
    ['Sensor', at((r) => mmHg(run.raw[r]), '–')],
    ['Setpoint', at((r) => mmHg(run.setpoint[r]), '–')],
    ['Off by', at((r) => errorText(run, r), '–')],
    ['Pump end', at((r) => mmHg(run.p1[r]), '–')],
    ['Smoothed', at((r) => mmHg(run.p[r]), '–')],
    ['Pump', at((r) => `${((run.pump[r] ?? 0) / 10).toFixed(0)} %`, '–')],
    ['Valve', at((r) => valveText(run, r), '–')],
    ['Lamps', at((r) => lampText(valueAt(run.data.lamps, r)), '–')],
    ['Trip', trip > 0 ? String(trip) : at(() => 'none', '–')],
  ];
}

/** Writes the fields into the list, making it on the first call. */
export function showReadout(list: HTMLElement, run: PageRun, row: number | null): void {
  const all = fields(run, row);
  if (list.childElementCount === 0) {
    for (const [name] of all) {
      const item = document.createElement('div');
      item.append(document.createElement('dt'), document.createElement('dd'));
      (item.firstElementChild as HTMLElement).textContent = name;
      list.append(item);
    }
  }
  all.forEach(([, text], i) => {
    const cell = list.children[i]?.lastElementChild;
    if (cell && cell.textContent !== text) cell.textContent = text;
  });
}

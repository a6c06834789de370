/** The elements around a chart: toolbar, jumps, legend, readout, surface, table. It makes them; chart.ts gives them life. */
import { type PageRun, timed } from '../../page-run.ts';
import { button, make } from './dom.ts';
import { KEY_HELP } from './keys.ts';
import { isKnown, type TraceName } from './pressure.ts';
import type { View } from './view.ts';

/** What the buttons do. */
export interface Acts {
  readonly whole: () => void;
  readonly zoom: (factor: number) => void;
  readonly shift: (share: number) => void;
  readonly live: () => void;
  readonly toggle: (name: TraceName, shown: boolean) => void;
  readonly jump: (view: View) => void;
}

export interface Frame {
  readonly figure: HTMLElement;
  readonly surface: HTMLElement;
  readonly pressure: HTMLElement;
  readonly lanes: HTMLElement;
  readonly readout: HTMLElement;
  readonly jumps: HTMLElement;
  readonly live: HTMLButtonElement;
  readonly legend: HTMLElement;
  readonly status: HTMLElement;
  readonly table: HTMLTableElement;
}

const NAMES: Readonly<Record<TraceName, string>> = {
  sensor: 'sensor',
  true: 'true cuff pressure',
  smoothed: 'smoothed',
  setpoint: 'setpoint',
  'pump-end': 'pump end of the hose',
};

let made = 0;

function toolbar(acts: Acts, live: HTMLButtonElement): HTMLElement {
  return make(
    'div',
    { class: 'chart-bar', role: 'group', 'aria-label': 'View of the chart' },
    button('Whole', 'Whole session', acts.whole),
    button('+', 'Zoom in', () => acts.zoom(0.5)),
    button('−', 'Zoom out', () => acts.zoom(2)),
    button('◀', 'Earlier', () => acts.shift(-0.5)),
    button('▶', 'Later', () => acts.shift(0.5)),
    live,
    make(
      'span',
      { class: 'chart-hint' },
      'mmHg. Drag, wheel or pinch to zoom. Far out, lines are the lowest and highest of each moment.',
    ),
  );
}

/** A line of the legend for each trace that is known, with a box that shows or hides it. */
export function fillLegend(
  legend: HTMLElement,
  run: PageRun,
  traces: readonly TraceName[],
  shown: ReadonlySet<TraceName>,
  extra: { readonly ghost: boolean; readonly differs: boolean },
  toggle: Acts['toggle'],
): void {
  const known = traces.filter((name) => isKnown(run, name));
  const boxes = known.map((name) => {
    const box = make('input', { type: 'checkbox', 'data-series': name, checked: shown.has(name) });
    box.addEventListener('change', () => toggle(name, box.checked));
    return make('label', {}, box, make('i', { class: `key-${name}` }), NAMES[name]);
  });
  const signs: [string, string][] = [
    ['key-shade', '±10 % and ±5 %'],
    ['key-press', 'press'],
    ['key-stop', 'trip or fault'],
    ...(extra.ghost ? [['key-ghost', 'the other run'] as [string, string]] : []),
    ...(extra.differs ? [['key-differs', 'decided otherwise today'] as [string, string]] : []),
  ];
  legend.replaceChildren(
    ...boxes,
    ...signs.map(([name, text]) => make('span', {}, make('i', { class: name }), text)),
  );
}

/** Buttons that jump to each fill and each work phase; names are counted. */
export function fillJumps(into: HTMLElement, run: PageRun, jump: Acts['jump']): void {
  const counts = new Map<string, number>();
  const buttons: HTMLButtonElement[] = [];
  for (const piece of timed(run, run.phase)) {
    const phase = run.phases.find((p) => p.code === piece.value);
    if (phase === undefined || !['fill', 'work', 'rest', 'measure', 'trip'].includes(phase.kind)) continue;
    const count = (counts.get(phase.name) ?? 0) + 1;
    counts.set(phase.name, count);
    const pad = Math.min(3, (piece.toS - piece.fromS) * 0.1);
    const text = `${phase.name} ${count}`;
    const view = { fromS: piece.fromS - pad, toS: piece.toS + pad };
    buttons.push(button(text, `Show ${text}`, () => jump(view)));
  }
  into.replaceChildren(...buttons);
}

/** Everything, put together in `into`. */
export function makeFrame(into: HTMLElement, label: string, source: string, acts: Acts): Frame {
  const id = `chart-${++made}`;
  const live = button('Live', 'Live: follow the newest rows', acts.live);
  live.hidden = true;
  const pressure = make('div');
  const lanes = make('div', { class: 'chart-lanes' });
  const surface = make(
    'div',
    {
      class: 'chart-surface',
      role: 'slider',
      tabindex: '0',
      'aria-label': `Moment in ${label}`,
      'aria-describedby': `${id}-keys`,
      'aria-valuemin': '0',
      'aria-valuemax': '0',
      'aria-valuenow': '0',
      'aria-valuetext': 'nothing yet',
    },
    pressure,
    lanes,
  );
  const readout = make('dl', { class: 'chart-readout', 'aria-label': 'Values under the cursor' });
  const jumps = make('div', { class: 'chart-jumps', role: 'group', 'aria-label': 'Jump to a phase' });
  const legend = make('div', { class: 'chart-legend', role: 'group', 'aria-label': 'Lines of the chart' });
  const status = make('p', { class: 'chart-hidden', role: 'status' });
  const table = make('table');
  const keys = make('p', { class: 'chart-hidden', id: `${id}-keys` }, KEY_HELP);
  const figure = make(
    'figure',
    { class: 'chart', role: 'figure', 'aria-label': label, 'data-source': source },
    toolbar(acts, live),
    surface,
    legend,
    readout,
    jumps,
    keys,
    status,
    make('div', { class: 'chart-hidden' }, table),
  );
  into.append(figure);
  return { figure, surface, pressure, lanes, readout, jumps, live, legend, status, table };
}

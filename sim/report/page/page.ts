/** Entry of the report page: puts the chart of the embedded run on it and wires theme, links and jumps. Starts on load. */

import type { PageData } from '../page-data.ts';
import { decode } from '../page-run.ts';
import { mountChart } from './chart/chart.ts';

function need(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`report page: element #${id} is missing`);
  return found;
}

function wireTheme(): void {
  const root = document.documentElement;
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const button = need('theme');
  const isDark = (): boolean => (root.dataset['theme'] ?? (dark.matches ? 'dark' : 'light')) === 'dark';
  const show = (): void => {
    button.textContent = isDark() ? 'Light' : 'Dark';
  };
  button.addEventListener('click', () => {
    root.dataset['theme'] = isDark() ? 'light' : 'dark';
    show();
  });
  dark.addEventListener('change', show);
  show();
}

function start(): void {
  const data = JSON.parse(need('run').textContent ?? '') as PageData;
  const into = need('chart');
  const source = data.hasTruth ? 'simulated' : 'unknown';
  const chart = mountChart(into, decode(data), { label: into.dataset['label'] ?? 'the session', source });
  const shared = /^#t=([\d.]+)-([\d.]+)$/.exec(location.hash);
  if (shared !== null) chart.show({ fromS: Number(shared[1]), toS: Number(shared[2]) });
  for (const button of document.querySelectorAll<HTMLElement>('[data-at]')) {
    const at = Number(button.dataset['at']);
    button.addEventListener('click', () => {
      chart.show({ fromS: at - 5, toS: at + 5 });
      chart.cursorTo(at);
      into.scrollIntoView({ block: 'nearest' });
    });
  }
  wireTheme();
}

start();

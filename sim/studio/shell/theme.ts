/** Light or dark: as the system says until the reader chooses. `themeTurns` counts changes, for charts that draw colours themselves. */
import { signal } from '@preact/signals';

export type Theme = 'light' | 'dark';

const KEPT = 'cuffloop-theme';
const system = matchMedia('(prefers-color-scheme: dark)');

export const theme = signal<Theme>(system.matches ? 'dark' : 'light');
export const themeTurns = signal(0);

/** The reader's own choice; a browser may refuse to keep anything. */
function chosen(): Theme | null {
  try {
    const kept = localStorage.getItem(KEPT);
    return kept === 'light' || kept === 'dark' ? kept : null;
  } catch {
    return null;
  }
}

function show(next: Theme): void {
  document.documentElement.dataset['theme'] = next;
  theme.value = next;
  themeTurns.value += 1;
}

export function watchTheme(): void {
  show(chosen() ?? theme.value);
  system.addEventListener('change', () => {
    if (chosen() === null) show(system.matches ? 'dark' : 'light');
  });
}

export function turnTheme(): void {
  show(theme.value === 'dark' ? 'light' : 'dark');
  try {
    localStorage.setItem(KEPT, theme.value);
  } catch {
    // The choice then holds until the page is closed.
  }
}

/**
 * The screens of the studio, in the order of their tabs. A new screen is a file `screens/<id>/screen.tsx` that exports
 * `Screen`, and a line here. Each is loaded when its tab is opened for the first time, so that none delays the first.
 */
import type { ComponentType } from 'preact';

export interface ScreenEntry {
  /** Name in the address: `#/try`. */
  readonly id: string;
  /** Name on the tab. */
  readonly label: string;
  readonly load: () => Promise<{ readonly Screen: ComponentType }>;
}

export const SCREENS: readonly ScreenEntry[] = [
  { id: 'try', label: 'Try', load: () => import('./screens/try/screen.tsx') },
  { id: 'tune', label: 'Tune', load: () => import('./screens/tune/screen.tsx') },
  { id: 'logs', label: 'Logs', load: () => import('./screens/logs/screen.tsx') },
  { id: 'cuff', label: 'My cuff', load: () => import('./screens/cuff/screen.tsx') },
  { id: 'learn', label: 'Learn', load: () => import('./screens/learn/screen.tsx') },
];

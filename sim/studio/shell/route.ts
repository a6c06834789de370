/**
 * Where in the studio the reader is: `#/try`, or `#/try?words` with what the screen keeps in its address. The address is the
 * only place where this is kept, so that a link, a reload and the back button show the same.
 */
import { signal } from '@preact/signals';

export interface Route {
  /** Id of the screen; '' = none named. */
  readonly screen: string;
  /** What the screen keeps in the address, '' = nothing. */
  readonly rest: string;
}

export function parseAddress(hash: string): Route {
  const match = /^#\/([a-z]*)(?:\?(.*))?$/.exec(hash);
  return { screen: match?.[1] ?? '', rest: match?.[2] ?? '' };
}

export function addressOf(screen: string, rest = ''): string {
  return rest === '' ? `#/${screen}` : `#/${screen}?${rest}`;
}

export const route = signal<Route>({ screen: '', rest: '' });

/** Follows the address from now on. */
export function watchAddress(): void {
  const read = (): void => {
    route.value = parseAddress(location.hash);
  };
  addEventListener('hashchange', read);
  read();
}

/** Changes what the screen keeps in its address, without a step of the back button. `home`: the screen of an address that names none. */
export function keepInAddress(home: string, rest: string): void {
  const screen = route.value.screen || home;
  history.replaceState(null, '', addressOf(screen, rest));
  route.value = { screen, rest };
}

/** Colours of the charts, read from the page's style so that the theme rules them. Okabe-Ito. */

export type ColorName =
  | 'ink'
  | 'faint'
  | 'grid'
  | 'paper'
  | 'true'
  | 'sensor'
  | 'setpoint'
  | 'band10'
  | 'band5'
  | 'lop'
  | 'pump'
  | 'pump-soft'
  | 'valve'
  | 'press'
  | 'trip'
  | 'moving'
  | 'lamp-red'
  | 'lamp-green'
  | 'lamp-blue'
  | 'lamp-buzzer';

export function color(name: ColorName): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

/** Fill of a phase by its kind. */
export function phaseColor(kind: string): string {
  return (
    getComputedStyle(document.documentElement).getPropertyValue(`--phase-${kind}`).trim() || color('grid')
  );
}

export function font(px: number): string {
  return `${Math.round(px * devicePixelRatio)}px system-ui, sans-serif`;
}

/** Colours of the charts, read from the page's style (tokens.css) so that the theme rules them. Okabe-Ito. */

const NAMES = [
  'ink',
  'faint',
  'grid',
  'paper',
  'true',
  'sensor',
  'smoothed',
  'setpoint',
  'band10',
  'band5',
  'lop',
  'pump',
  'pump-soft',
  'valve',
  'valve-soft',
  'press',
  'trip',
  'differs',
  'moving',
  'lamp-red',
  'lamp-green',
  'lamp-blue',
  'lamp-buzzer',
  'phase-idle',
  'phase-fill',
  'phase-work',
  'phase-rest',
  'phase-vent',
  'phase-measure',
  'phase-done',
  'phase-trip',
  'phase-service',
] as const;

export type ColorName = (typeof NAMES)[number];
export type Palette = Readonly<Record<ColorName, string>>;

/** Reads them all at once: for each drawing anew, so that a change of theme needs no more than a drawing. */
export function palette(): Palette {
  const style = getComputedStyle(document.documentElement);
  return Object.fromEntries(
    NAMES.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]),
  ) as Record<ColorName, string>;
}

export function font(px: number): string {
  return `${Math.round(px * devicePixelRatio)}px system-ui, sans-serif`;
}

/** Calls back when the page's theme changes, by the system or by `data-theme`; what it returns stops that. */
export function onTheme(changed: () => void): () => void {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  dark.addEventListener('change', changed);
  const themed = new MutationObserver(changed);
  themed.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  return () => {
    dark.removeEventListener('change', changed);
    themed.disconnect();
  };
}

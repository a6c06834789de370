/** Keys on a chart: they move the cursor, the view and the zoom. Whoever sees the chart can do the same with a mouse. */

export interface KeyMoves {
  /** The cursor by a number of pixels of the plot, or by single rows. */
  readonly step: (pixels: number) => void;
  readonly stepRows: (rows: number) => void;
  /** The cursor by a share of the view. */
  readonly leap: (share: number) => void;
  /** To the first or the last row. */
  readonly toEnd: (last: boolean) => void;
  /** To the mark before or after the cursor. */
  readonly toMark: (next: boolean) => void;
  readonly zoom: (factor: number) => void;
  readonly whole: () => void;
}

export const KEY_HELP =
  'Arrows move the cursor, with Shift row by row; Page Up and Page Down leap; Home and End go to the ends; comma and full stop to the mark before and after; plus and minus zoom, 0 shows the whole.';

/** Returns true when the key meant something. */
export function act(event: KeyboardEvent, moves: KeyMoves): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  const fine = event.shiftKey;
  const acts: Readonly<Record<string, () => void>> = {
    ArrowLeft: () => (fine ? moves.stepRows(-1) : moves.step(-5)),
    ArrowRight: () => (fine ? moves.stepRows(1) : moves.step(5)),
    PageUp: () => moves.leap(-0.2),
    PageDown: () => moves.leap(0.2),
    Home: () => moves.toEnd(false),
    End: () => moves.toEnd(true),
    ',': () => moves.toMark(false),
    '.': () => moves.toMark(true),
    '+': () => moves.zoom(0.5),
    '=': () => moves.zoom(0.5),
    '-': () => moves.zoom(2),
    '0': moves.whole,
  };
  const chosen = acts[event.key];
  chosen?.();
  return chosen !== undefined;
}

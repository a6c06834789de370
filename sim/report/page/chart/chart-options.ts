/** What whoever mounts a chart may choose. */
import type { LaneName } from './lanes.ts';
import type { Mark } from './marks.ts';
import type { TraceName } from './pressure.ts';
import type { View } from './view.ts';

export interface ChartOptions {
  /** What the chart shows, for who hears it. */
  readonly label: string;
  /** Drawn at the chart's edge: a simulated run, a real cuff, or a log of which nobody knows. */
  readonly source: 'simulated' | 'real' | 'unknown';
  /** Lanes under the pressure; all when left out. */
  readonly lanes?: readonly LaneName[];
  /** Lines that may be shown; all that the run knows when left out. */
  readonly traces?: readonly TraceName[];
  /** Marks at each drawing; the presses, trips and faults of the run when left out. */
  readonly marks?: () => readonly Mark[];
  /** False = which rule has tripped is not told; told when left out. */
  readonly tellsTrip?: () => boolean;
  /** Names of readout fields of which the run knows nothing: they are left out. */
  readonly unknown?: readonly string[];
  /** The pressure axis always stands on zero: a reading that rests is then a line at its foot, and not a magnified noise. */
  readonly fromZero?: boolean;
  /** Height of the pressure for a width, CSS pixels. */
  readonly height?: (width: number) => number;
  /** The row under the cursor has changed; null = none. */
  readonly onCursor?: (row: number | null) => void;
  readonly onView?: (view: View) => void;
}

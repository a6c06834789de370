/**
 * How a cuff's pressure falls from the place where it presses hardest towards its edges, over the segments of artery.ts: 0 there, 1 at an
 * edge. Shapes only; how deep the fall is belongs to the person and the cuff.
 */
const SEGMENTS = 13;

export interface CuffProfile {
  readonly falls: readonly number[];
  /** Index of the segment where the cuff presses hardest. */
  readonly hardest: number;
}

function profile(centre: number, shape: (x: number) => number): CuffProfile {
  const falls = Array.from({ length: SEGMENTS }, (_, i) => {
    const x = (2 * i) / (SEGMENTS - 1) - 1 - centre;
    return shape(x / (x < 0 ? 1 + centre : 1 - centre));
  });
  return { falls, hardest: falls.indexOf(Math.min(...falls)) };
}

export const PROFILES = {
  /** Flat in the middle, then ever steeper: a soft wide cuff. */
  cubic: profile(0, (x) => Math.abs(x * x * x)),
  /** A cosine over the width: a cuff that bulges. */
  cosine: profile(0, (x) => 1 - Math.cos((Math.PI / 2) * x)),
  /** Even over two fifths of the width, then straight down: a stiff cuff. */
  plateau: profile(0, (x) => Math.max(0, (5 * Math.abs(x) - 2) / 3)),
  /** Presses hardest beyond its middle, as on a limb that tapers. */
  leaning: profile(1 / 6, (x) => x * x),
} satisfies Record<string, CuffProfile>;

export type ProfileName = keyof typeof PROFILES;

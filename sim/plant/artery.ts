/**
 * The artery under the cuff, as a stack of short segments from the heart's side to the far side. External pressure is highest in the
 * middle and falls towards the edges; a segment's volume grows exponentially with transmural pressure while it is squeezed and saturates
 * when it is open (Babbs 2012, doi 10.1186/1475-925X-11-56: exponential below zero, saturating above, slopes equal at zero).
 */
export interface Artery {
  /** Share of the cuff's pressure that reaches the artery under the middle of the cuff; 0.5 (narrow cuff, thick limb) to 1. */
  readonly eta: number;
  /** Fall of that pressure towards the edges, external = eta * p * (1 - edge * |x|^3), x = -1..1; 0.1-0.7. */
  readonly edge: number;
  /** Steepness below and above zero transmural pressure, 1/mmHg; 0.04-0.15 and 0.01-0.06. */
  readonly squeezed: number;
  readonly open: number;
  /** Volume of the whole stack when fully open, mL. */
  readonly volumeMl: number;
  /** Volume that the pulse pushes into the cuff's upper edge whatever the pressure in it, mL per mmHg of arterial pressure. */
  readonly thump: number;
}

/** Segments of the stack: odd, so that one lies under the middle. */
export const SEGMENTS = 13;

const REACH: readonly number[] = Array.from({ length: SEGMENTS }, (_, i) => {
  const x = (2 * i) / (SEGMENTS - 1) - 1;
  return Math.abs(x * x * x);
});

/** Filled share of one segment at a transmural pressure, 0..1. */
export function segmentFill(artery: Artery, transmural: number): number {
  const closed = artery.open / (artery.squeezed + artery.open);
  if (transmural <= 0) return closed * Math.exp(artery.squeezed * transmural);
  return closed + (1 - closed) * (1 - Math.exp(-artery.open * transmural));
}

/**
 * Volume of the stack, mL. `near` is the arterial pressure on the heart's side, `far` the pressure beyond the middle: the two differ while
 * the middle is shut.
 */
export function arteryVolume(artery: Artery, near: number, far: number, cuff: number): number {
  const middle = (SEGMENTS - 1) / 2;
  let sum = 0;
  for (let i = 0; i < SEGMENTS; i += 1) {
    const outside = artery.eta * cuff * (1 - artery.edge * (REACH[i] ?? 0));
    const inside = i < middle ? near : i > middle ? far : 0.5 * (near + far);
    sum += segmentFill(artery, inside - outside);
  }
  return (artery.volumeMl * sum) / SEGMENTS + artery.thump * near;
}

/** True while blood passes under the middle of the cuff. */
export function passes(artery: Artery, near: number, cuff: number): boolean {
  return near > artery.eta * cuff;
}

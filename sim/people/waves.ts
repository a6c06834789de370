/**
 * Shapes of the arterial pressure over one beat, scaled to 0..1. They differ in how narrow the peak is and in whether there is a notch:
 * what a cuff near the occlusion pressure still sees of a beat is its peak alone.
 */
export const SHAPE_POINTS = 256;

/** Share of the beat until the systolic peak, steepness of the decay, height of the dicrotic wave. */
interface Shaped {
  readonly rise: number;
  readonly decay: number;
  readonly notch: number;
}

type Wave = (person: Shaped, x: number) => number;

/** Half a cosine up, an exponential down, the dicrotic wave on it. */
function decay(person: Shaped, x: number): number {
  if (x < person.rise) return 0.5 * (1 - Math.cos((Math.PI * x) / person.rise));
  const s = (x - person.rise) / (1 - person.rise);
  const end = Math.exp(-person.decay);
  const down = (Math.exp(-person.decay * s) - end) / (1 - end);
  return down + person.notch * Math.exp(-(((s - 0.45) / 0.1) ** 2)) * (1 - s);
}

/** What the heart sends and what comes back from the periphery: two bells a fifth of a beat apart, a third after the notch. */
function reflected(person: Shaped, x: number): number {
  const bell = (at: number, width: number): number => Math.exp(-(((x - at) / width) ** 2));
  const back = 0.35 + person.notch;
  return (
    bell(person.rise, 0.5 * person.rise + 0.03) +
    back * bell(person.rise + 0.2, 0.12) +
    0.25 * bell(0.62, 0.16)
  );
}

/** Ejection of half a sine, then the run-off of a filled vessel: broad, without a notch. */
function windkessel(person: Shaped, x: number): number {
  const shut = 1.7 * person.rise;
  const peak = Math.sin((Math.PI * Math.min(x, shut)) / (2 * person.rise));
  return x < shut ? peak : peak * Math.exp((-person.decay * (x - shut)) / (1.4 - shut));
}

const WAVES = { decay, reflected, windkessel } satisfies Record<string, Wave>;

export type WaveName = keyof typeof WAVES;

/** Height of the arterial pulse at evenly spaced points over one beat, from 0 to 1. */
export function pulseShape(person: Shaped & { readonly wave: WaveName }): Float64Array {
  const wave = WAVES[person.wave];
  const shape = new Float64Array(SHAPE_POINTS + 1);
  for (let i = 0; i <= SHAPE_POINTS; i += 1) shape[i] = wave(person, i / SHAPE_POINTS);
  // a beat ends where it began: what is left is taken away along the beat
  const first = shape[0] ?? 0;
  const left = (shape[SHAPE_POINTS] ?? 0) - first;
  for (let i = 0; i <= SHAPE_POINTS; i += 1) shape[i] = (shape[i] ?? 0) - first - (left * i) / SHAPE_POINTS;
  const top = Math.max(...shape);
  return shape.map((h) => Math.max(0, h) / top);
}

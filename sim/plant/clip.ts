/** A number held within plus and minus a limit. Must never hide NaN: it stays one. */
export function clip(x: number, limit: number): number {
  return x > limit ? limit : x < -limit ? -limit : x;
}

/** Work for the test of the pool: what comes out depends on the input alone. */
export function half({ value }: { value: number }): { half: number } {
  if (value < 0) throw new RangeError(`half of ${value}`);
  return { half: value / 2 };
}

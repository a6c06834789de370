/** What every method of a closed driver does (ECMA-419: a use after close throws). Costs nothing while open. Must never drive an output. */
export function throwClosed(): never {
  throw new Error('driver is closed');
}

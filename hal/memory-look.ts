/** Whether the interpreter runs out of variables, for the monitors: bit 2 of their faults. It must never be called under pressure: counting walks all of the memory. */

/** 4 with less than a twentieth of the variables free, where the interpreter starts collecting in every idle moment. */
export function memoryLow(): number {
  const m = process.memory(false);
  return m.free * 20 < m.total ? 4 : 0;
}

/**
 * What the device may cost, in one place. Over a size, a build or `npm run test:espruino` fails; the shares of a tick are aims that are missed
 * today, judged by `npm run bench:device -- --check` alone.
 */
export const BUDGETS = {
  /** Bytes of the flashed image: two slots of it must fit into the 400 kB Storage of a Jolt.js beside settings, records and garbage. */
  imageBytes: 100_000,
  /**
   * Interpreter variables (14 bytes each) with the cuff idle and at the session's peak; 7,312 and 7,517 were measured. Jolt.js has 12,000.
   * Below 10 % free the interpreter begins to collect garbage, which takes it about a whole tick (40 ms) each time, and a measurement and an
   * upload need space besides. Boards with fewer variables (MDBT42Q: 2,950) are out of reach of this firmware.
   */
  variablesIdle: 8_000,
  variablesPeak: 8_200,
  /** Share of the tick period, in percent, that a tick is to take on the 64 MHz board, on average and at worst: aims. */
  tickMeanPercent: 50,
  tickWorstPercent: 70,
} as const;

export type BudgetName = keyof typeof BUDGETS;

export interface BudgetLine {
  name: BudgetName;
  value: number;
  limit: number;
  over: boolean;
}

/** Compares one measured figure with its budget. A figure that is not a number counts as over. */
export function againstBudget(name: BudgetName, value: number): BudgetLine {
  const limit = BUDGETS[name];
  return { name, value, limit, over: !(value <= limit) };
}

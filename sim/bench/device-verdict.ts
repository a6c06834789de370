/** What `npm run bench:device` makes of its figures: a line for each budget, and an exit code. It must never pass a figure that is no number. */
import { againstBudget, type BudgetName } from '../../tools/budgets.ts';

/** A figure for each budget, in its unit. */
export type DeviceFigures = Readonly<Record<BudgetName, number>>;

/** `check`: something over its budget is a failure, not only a line. */
export function verdict(figures: DeviceFigures, check: boolean): { lines: string[]; exitCode: number } {
  const judged = (Object.keys(figures) as BudgetName[]).map((name) => againstBudget(name, figures[name]));
  return {
    lines: judged.map((l) => `${l.over ? 'OVER' : 'ok  '} ${l.name}: ${l.value.toFixed(0)} of ${l.limit}`),
    exitCode: check && judged.some((l) => l.over) ? 1 : 0,
  };
}

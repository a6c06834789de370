import { appendFileSync } from 'node:fs';

/** Name of the variable with the file that figures go to. */
export const FIGURES = 'CUFFLOOP_FIGURES';

/** A figure that the run has found: shown at its end. */
export function figure(name: string, value: string): void {
  const file = process.env[FIGURES];
  const line = `  ${name.padEnd(44)} ${value}`;
  if (file === undefined) console.log(line);
  else appendFileSync(file, `${line}\n`);
}

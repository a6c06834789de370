/** How the simulator's command lines end badly: a wrong option is 2, the rest as everywhere. */
import { lastWord } from '../../tools/last-word.ts';
import { BadOption } from '../setup/bad-option.ts';

/** Says what is wrong, and gives the exit code. */
export function endOf(tool: string, error: unknown): number {
  if (!(error instanceof BadOption)) return lastWord(tool, error);
  console.error(`error: ${error.message}`);
  return 2;
}

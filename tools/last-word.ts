/**
 * How a command line ends badly: one message and an exit code, never a stack trace. Whoever looks for a mistake in the program
 * sets CUFFLOOP_TRACE=1.
 */
import { CommanderError } from 'commander';
import { FlashFailure, failureText } from './board/failure.ts';

/** Exit code for an error that nobody has answered; says what is wrong on standard error. 2 = a wrong option, 1 = all else. */
export function lastWord(tool: string, error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof FlashFailure) console.error(failureText(error, tool));
  else console.error(`${tool}: ${error instanceof Error ? error.message : String(error)}`);
  if (process.env['CUFFLOOP_TRACE'] === '1' && error instanceof Error) console.error(error.stack);
  return 1;
}

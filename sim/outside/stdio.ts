/** `--stdio`: the firmware alone as a filter. Answers on standard output, everything else on standard error. */
import { serve } from './serve.ts';

/** Exit code of a run that an error ended. */
export const EXIT_PLANT = 3;

export async function stdioCommand(timeoutMs: number, quiet: boolean): Promise<number> {
  const outcome = await serve(process.stdin, process.stdout, { timeoutMs });
  process.stdin.destroy();
  if (outcome.error !== null) {
    console.error(`error: ${outcome.error}`);
    return EXIT_PLANT;
  }
  if (!quiet)
    console.error(
      `${outcome.answers} answers; trip: ${outcome.trip ?? 'none'}. Simulated, not a medical device.`,
    );
  return 0;
}

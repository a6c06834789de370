/** A whole session at once, in a worker of its own, and what came of it. Whoever asked may end the worker in the middle of it. */
import { metricsOf } from '../../report/metrics.ts';
import type { HuntAsked } from './messages.ts';
import { say } from './post-message.ts';
import { Runner } from './runner.ts';
import { VERSION } from './version.ts';

export function huntOrder({ id, spec }: HuntAsked): void {
  const runner = new Runner(spec, VERSION);
  while (!runner.over) runner.next();
  const { rows } = runner.log;
  const sum = runner.sum(rows);
  const { log } = runner.finish();
  const { aboveLopLongestS, peakMmHg, trips } = metricsOf(log);
  const { lopMmHg } = runner.spec.chosen.plant;
  const trip = trips[0]?.text ?? '';
  say({
    kind: 'hunted',
    id,
    found: { spec, rows, sum, aboveS: aboveLopLongestS ?? 0, peakMmHg, lopMmHg, trip },
  });
}

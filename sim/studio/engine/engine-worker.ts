/**
 * The file that every worker of the page runs: the same firmware and plant, whether a run is to be watched or a tick to be explained. What
 * explains is fetched with the first question: the first picture does not need it.
 */
import type { ExplainAsked, ToRunner } from './messages.ts';
import { takeOrder } from './run-orders.ts';

const page = self as unknown as {
  onmessage: ((event: MessageEvent<ToRunner | ExplainAsked>) => void) | null;
};

page.onmessage = ({ data }) => {
  if (data.kind !== 'explain') takeOrder(data);
  else void import('./explain-orders.ts').then(({ explainOrder }) => explainOrder(data));
};

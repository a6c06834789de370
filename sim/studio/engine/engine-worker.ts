/**
 * The file that every worker of the page runs: the same firmware and plant, whether a run is to be watched, a tick to be explained or faults to be
 * thrown. What does the latter two is fetched with the first question: the first picture does not need it.
 */
import type { ExplainAsked, HuntAsked, ToRunner } from './messages.ts';
import { takeOrder } from './run-orders.ts';

const page = self as unknown as {
  onmessage: ((event: MessageEvent<ToRunner | ExplainAsked | HuntAsked>) => void) | null;
};

page.onmessage = ({ data }) => {
  // the page hears of a part that does not load, as of everything else that goes wrong in here
  if (data.kind === 'explain')
    import('./explain-orders.ts').then(({ explainOrder }) => explainOrder(data)).catch(reportError);
  else if (data.kind === 'hunt')
    import('./hunt-orders.ts').then(({ huntOrder }) => huntOrder(data)).catch(reportError);
  else takeOrder(data);
};

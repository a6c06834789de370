/** What the chart shows at first of a run that is watched live. Pure. */
import type { View } from '../../../report/page/chart/view.ts';

/** s */
const WIDE_S = 120;

/** `fromS`: where the watching begins: 0, or the moment from which a run goes on. Half of the view is what led to it. */
export function liveView(fromS: number): View {
  const start = Math.max(0, fromS - WIDE_S / 2);
  return { fromS: start, toS: start + WIDE_S };
}

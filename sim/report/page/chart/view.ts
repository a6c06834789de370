/** Which stretch of time a chart shows: numbers only, no page. A view is never narrower than some ticks, nor outside the run. */

export interface View {
  /** s */
  readonly fromS: number;
  readonly toS: number;
}

/** Narrowest view, s: eight ticks of 50 ms. */
export const NARROWEST_S = 0.4;

/** `view` made to fit 0..endS: pushed inside, cut, or widened. */
export function fitted(view: View, endS: number): View {
  const whole = Math.max(NARROWEST_S, endS);
  const width = Math.max(NARROWEST_S, Math.min(view.toS - view.fromS, whole));
  const fromS = Math.max(0, Math.min(view.fromS, whole - width));
  return { fromS, toS: fromS + width };
}

/** Zoomed by a factor (below 1 = closer) around a moment, which stays where it is. */
export function zoomed(view: View, factor: number, aroundS: number, endS: number): View {
  const width = Math.max(
    NARROWEST_S,
    Math.min((view.toS - view.fromS) * factor, Math.max(NARROWEST_S, endS)),
  );
  const share = (aroundS - view.fromS) / (view.toS - view.fromS);
  const fromS = aroundS - share * width;
  return fitted({ fromS, toS: fromS + width }, endS);
}

export function shifted(view: View, byS: number, endS: number): View {
  return fitted({ fromS: view.fromS + byS, toS: view.toS + byS }, endS);
}

/** Just enough moved that a moment is inside, with a tenth of the view beside it. */
export function including(view: View, s: number, endS: number): View {
  const margin = (view.toS - view.fromS) / 10;
  if (s < view.fromS + margin) return shifted(view, s - margin - view.fromS, endS);
  return s > view.toS - margin ? shifted(view, s + margin - view.toS, endS) : view;
}

/**
 * Two fingers: the moments that were under them at the start, s, come to lie under where they are now, as shares of the width.
 * Fingers on one spot say nothing of the width: then the view stays.
 */
export function pinched(
  view: View,
  moments: readonly [number, number],
  shares: readonly [number, number],
  endS: number,
): View {
  const apart = shares[1] - shares[0];
  if (Math.abs(apart) < 0.02) return view;
  const width = (moments[1] - moments[0]) / apart;
  if (!(width > 0)) return view;
  const fromS = moments[0] - shares[0] * width;
  return fitted({ fromS, toS: fromS + width }, endS);
}

/** Times in minutes and seconds: `2:05`, fine `2:05.25`. */
export function timeText(value: number, fine: boolean): string {
  const sign = value < 0 ? '-' : '';
  const abs = Math.abs(fine ? value : Math.floor(value));
  const m = Math.floor(abs / 60);
  const s = abs - 60 * m;
  return `${sign}${m}:${fine ? s.toFixed(2).padStart(5, '0') : String(s).padStart(2, '0')}`;
}

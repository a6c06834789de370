/**
 * The chart of the run, kept up with rows as they come, at most once a frame. The view stays where the reader has put it when a knob redraws the run;
 * a run from a link is another one, and is shown whole.
 */
import { effect } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { mountChart, type RunChart } from '../../../report/page/chart/chart.ts';
import { liveView } from './live-view.ts';
import {
  cursorRow,
  over,
  pace,
  playing,
  proof,
  rowsCame,
  runsCame,
  secret,
  theGhost,
  theRun,
  watchedFromS,
} from './model.ts';

/** Low enough for the device to be seen beside it and below it. */
function heightFor(width: number): number {
  return width < 600 ? 230 : 300;
}

/** `wasOver`: the run before was a whole one, so that its view is worth keeping. */
function takeRun(chart: RunChart, wasOver: boolean): void {
  const { view, isWhole } = chart;
  chart.setRun(theRun());
  const ghost = theGhost();
  chart.setGhost(ghost === null ? null : { run: ghost, offsetS: 0 });
  if (pace.peek() !== 'most') chart.show(liveView(watchedFromS.peek()));
  else if (!isWhole && wasOver && proof.peek() === null) chart.show(view);
}

export function ChartView() {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (place.current === null) return;
    const chart = mountChart(place.current, theRun(), {
      label: 'Pressure of the simulated session',
      source: 'simulated',
      lanes: ['Phase', 'Limb', 'Pump', 'Valve'],
      height: heightFor,
      tellsTrip: () => !secret.peek(),
      onCursor: (row) => {
        cursorRow.value = row ?? -1;
      },
    });
    let shown = 0;
    let phases = 0;
    let wasOver = false;
    let isLive = false;
    chart.toggle('smoothed', false);
    chart.refreshFrame();
    const stops = [
      effect(() => {
        if (runsCame.value === shown) return;
        shown = runsCame.value;
        phases = 0;
        takeRun(chart, wasOver);
        isLive = pace.peek() !== 'most';
        wasOver = false;
      }),
      effect(() => {
        rowsCame.value;
        chart.update();
        const now = theRun().phase.length;
        if (now !== phases && over.peek() !== null) chart.refreshFrame();
        phases = now;
      }),
      effect(() => {
        // who watched it live sees the whole of it once it is over, or is wanted at once; both are read each time, or the effect would not hear of them
        const isOver = over.value !== null;
        const atOnce = pace.value === 'most';
        if (isLive && (isOver || atOnce)) {
          isLive = false;
          chart.whole();
        }
      }),
      effect(() => {
        chart.setLive(over.value === null && playing.value);
        if (over.value === null) return;
        // nothing is still to come: the whole is shorter than it was
        chart.update();
        chart.refreshFrame();
        wasOver = true;
      }),
    ];
    return () => {
      for (const stop of stops) stop();
      chart.destroy();
    };
  }, []);
  return <div ref={place} class="try-chart" />;
}

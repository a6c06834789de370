/** Pressure against its aim as it comes, phases, pump and valve, on the chart that every run has. What did not come is a hatched gap. */
import { effect } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import { mountChart, type RunChart } from '../../../report/page/chart/chart.ts';
import { endOf } from '../../../report/page-run.ts';
import { LIVE_ROOM_S } from '../../link/live-record.ts';
import { cuff } from '../../link/page-cuff.ts';

const SPANS = [
  { s: 60, label: '1 min' },
  { s: 300, label: '5 min' },
  { s: LIVE_ROOM_S, label: '20 min' },
] as const;
const HEIGHT = 240;

/** The newest rows, so wide; the chart follows them from then on. */
function showLast(chart: RunChart, seconds: number): void {
  const fromS = Math.max(0, endOf(cuff.record.run) - seconds);
  chart.show({ fromS, toS: fromS + seconds });
}

function mounted(place: HTMLElement): RunChart {
  const chart = mountChart(place, cuff.record.run, {
    label: 'Pressure of the connected cuff',
    source: 'real',
    lanes: ['Phase', 'Pump', 'Valve'],
    traces: ['sensor', 'setpoint'],
    // a cuff says nothing of these while it is watched
    unknown: ['Smoothed', 'Lamps', 'Trip'],
    fromZero: true,
    height: () => HEIGHT,
  });
  chart.setLive(true);
  showLast(chart, SPANS[0].s);
  return chart;
}

/** Keeps the chart up with the record; gives the function that ends it. */
function follow(chart: RunChart): () => void {
  let shown = cuff.record.run;
  let phases = 0;
  return effect(() => {
    cuff.recorded.value;
    const { run } = cuff.record;
    if (run !== shown) {
      shown = run;
      chart.setRun(run);
      showLast(chart, SPANS[0].s);
    }
    if (run.phase.length !== phases) chart.refreshFrame();
    phases = run.phase.length;
    chart.update();
  });
}

export function LiveChart() {
  const place = useRef<HTMLDivElement>(null);
  const [chart, setChart] = useState<RunChart>();
  useEffect(() => {
    if (place.current === null) return;
    const made = mounted(place.current);
    const stop = follow(made);
    setChart(made);
    return () => {
      stop();
      made.destroy();
    };
  }, []);
  return (
    <div class="live">
      <fieldset class="live-spans">
        <legend>The last</legend>
        {SPANS.map(({ s, label }) => (
          <button key={s} type="button" onClick={() => chart !== undefined && showLast(chart, s)}>
            {label}
          </button>
        ))}
      </fieldset>
      <div ref={place} />
    </div>
  );
}

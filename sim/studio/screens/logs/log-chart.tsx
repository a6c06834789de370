/** The chart of a log: the report's own, in a component. A new run takes the old one's place; marks are read at each drawing. */
import { useEffect, useRef } from 'preact/hooks';
import { mountChart, type RunChart } from '../../../report/page/chart/chart.ts';
import type { LaneName } from '../../../report/page/chart/lanes.ts';
import type { Mark } from '../../../report/page/chart/marks.ts';
import type { TraceName } from '../../../report/page/chart/pressure.ts';
import type { PageRun } from '../../../report/page-run.ts';

export interface LogChartProps {
  readonly run: PageRun;
  readonly label: string;
  readonly source: 'simulated' | 'real' | 'unknown';
  readonly lanes?: readonly LaneName[];
  readonly traces?: readonly TraceName[];
  /** See ChartOptions. */
  readonly unknown?: readonly string[];
  readonly marks?: readonly Mark[];
  /** A moment to put the cursor on, s; a new object each time it is asked for. */
  readonly goTo?: { readonly s: number } | null;
}

export function LogChart(props: LogChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<RunChart | null>(null);
  const marks = useRef<readonly Mark[] | undefined>(props.marks);
  marks.current = props.marks;
  const { run, label, source, lanes, traces, unknown, goTo } = props;
  useEffect(() => {
    if (place.current === null) return;
    const made = mountChart(place.current, run, {
      label,
      source,
      ...(lanes === undefined ? {} : { lanes }),
      ...(traces === undefined ? {} : { traces }),
      ...(unknown === undefined ? {} : { unknown }),
      ...(marks.current === undefined ? {} : { marks: () => marks.current ?? [] }),
    });
    chart.current = made;
    return () => made.destroy();
  }, [run, label, source]);
  useEffect(() => {
    chart.current?.refreshFrame();
    chart.current?.update();
  }, [props.marks]);
  useEffect(() => {
    if (goTo === null || goTo === undefined) return;
    chart.current?.show({ fromS: goTo.s - 3, toS: goTo.s + 3 });
    chart.current?.cursorTo(goTo.s);
    place.current?.scrollIntoView({ block: 'nearest' });
  }, [goTo]);
  return <div ref={place} />;
}

/** The rows of a run: the chart of every tick, and the replay. */
import { useMemo, useState } from 'preact/hooks';
import type { OpenedRows } from '../../../log/open-log.ts';
import { runOf } from '../../../report/live-run.ts';
import { hasTruth } from '../../../report/run-log.ts';
import { LogChart } from './log-chart.tsx';
import type { OpenFile } from './model.ts';
import { ReplayView } from './replay-view.tsx';
import { marksOf } from './store-view.tsx';

export function RowsView({ file, opened }: { readonly file: OpenFile; readonly opened: OpenedRows }) {
  const { log } = opened;
  const run = useMemo(() => runOf(log), [log]);
  const marks = useMemo(() => marksOf(file), [file]);
  const [goTo, setGoTo] = useState<{ s: number } | null>(null);
  const known = hasTruth(log.header);
  return (
    <section>
      <h2>
        {log.rows} rows, one every {log.header.tickMs} ms
      </h2>
      <p class="faint">
        {known
          ? 'Simulated: the true pressure is in the file.'
          : 'Readings alone; the true pressure is not known.'}
      </p>
      <LogChart
        run={run}
        label={`Rows of ${file.name}`}
        source={known ? 'simulated' : 'unknown'}
        marks={marks}
        goTo={goTo}
      />
      <ReplayView file={file} lopMmHg={0} arm={false} recordedTrip="" onGoTo={(s) => setGoTo({ s })} />
    </section>
  );
}

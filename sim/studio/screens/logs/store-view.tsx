/** A device's store: its sessions in a list, the chosen one with chart and figures, and the black box of the last trip. */
import { useMemo, useState } from 'preact/hooks';
import type { BlackBox } from '../../../log/black-box.ts';
import { boxLog } from '../../../log/box-log.ts';
import type { OpenedStore } from '../../../log/open-log.ts';
import { dateText, exitText, feltText } from '../../../log/record-words.ts';
import type { SessionRecord } from '../../../log/records.ts';
import { sessionRun } from '../../../log/session-run.ts';
import { headText, showRows } from '../../../log/text.ts';
import { clock } from '../../../report/figures.ts';
import { runOf } from '../../../report/live-run.ts';
import type { Mark } from '../../../report/page/chart/marks.ts';
import { LogChart } from './log-chart.tsx';
import type { OpenFile } from './model.ts';
import { ReplayView } from './replay-view.tsx';

const NO_MARKS: readonly Mark[] = [];

export function marksOf(file: OpenFile): readonly Mark[] {
  const differences = file.replay?.differences ?? [];
  if (differences.length === 0) return NO_MARKS;
  return differences.map((d) => ({ tMs: d.tMs, kind: 'differs', text: `${d.field}: ${d.today}` }));
}

interface ListProps {
  readonly records: readonly SessionRecord[];
  readonly chosen: number;
  readonly choose: (n: number) => void;
}

function SessionList({ records, chosen, choose }: ListProps) {
  return (
    <ul class="sessions" aria-label="Sessions, the newest first">
      {[...records].reverse().map((r) => (
        <li key={r.n}>
          <button type="button" aria-pressed={r.n === chosen} onClick={() => choose(r.n)}>
            <strong>
              {r.n}. {r.protocol}
            </strong>
            <span>
              {dateText(r.dateS)}, {clock(r.pressureS)} under pressure, peak {r.peak} mmHg
            </span>
            <span>
              {exitText(r)}; felt: {feltText(r.felt)}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function Session({ record, store }: { readonly record: SessionRecord; readonly store: OpenedStore }) {
  const spans = store.envelopes.get(record.n);
  const run = useMemo(() => sessionRun(record, store.texts, spans), [record, store]);
  return (
    <section>
      <h2>{headText(record)}</h2>
      {run.rows > 0 ? (
        <LogChart
          run={run}
          label={`Phases and ${spans === undefined ? 'target' : 'readings'} of session ${record.n}`}
          source="unknown"
          lanes={['Phase']}
          unknown={['Smoothed', 'Pump', 'Valve', 'Lamps', 'Trip']}
          traces={spans === undefined ? ['setpoint'] : ['sensor', 'setpoint']}
        />
      ) : (
        <p>This record has no phases to draw.</p>
      )}
      <p class="faint">
        {spans === undefined
          ? 'Of this session the phases and sums are kept, no readings: the line is what was asked for.'
          : 'The band is the lowest to the highest reading of each few seconds, the line in it their mean, by the device’s own sensor. The dashed line is what was asked for.'}
      </p>
      <dl class="facts">
        {showRows(record, spans).map(([name, text]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Box({
  box,
  file,
  store,
}: {
  readonly box: BlackBox;
  readonly file: OpenFile;
  readonly store: OpenedStore;
}) {
  const record = store.records.filter((r) => r.trip !== '' && r.rows === 1).at(-1);
  const run = useMemo(() => runOf(boxLog(box, record)), [box, record]);
  const [goTo, setGoTo] = useState<{ s: number } | null>(null);
  const marks = useMemo(() => marksOf(file), [file]);
  const seconds = ((box.rows.length * box.periodMs) / 1000).toFixed(0);
  return (
    <section>
      <h2>Black box{record === undefined ? '' : ` of session ${record.n}: ${record.trip}`}</h2>
      <p>
        The last {seconds} s under pressure, every tick as the device saw it. True pressures are not known to
        a device.
      </p>
      <LogChart
        run={run}
        label="Black box"
        source="unknown"
        lanes={['Phase', 'Pump', 'Valve']}
        traces={['sensor', 'setpoint']}
        unknown={['Smoothed', 'Lamps', 'Trip']}
        marks={marks}
        goTo={goTo}
      />
      <ReplayView
        file={file}
        lopMmHg={record?.lop ?? 0}
        arm={record?.settings['limb'] === 0}
        box={box.isWhole ? 'whole' : 'later'}
        recordedTrip={record?.trip ?? ''}
        onGoTo={(s) => setGoTo({ s })}
      />
    </section>
  );
}

export function StoreView({ file, store }: { readonly file: OpenFile; readonly store: OpenedStore }) {
  const { records, box, problems } = store;
  const [chosen, setChosen] = useState(records.at(-1)?.n ?? 0);
  const record = records.find((r) => r.n === chosen);
  return (
    <>
      {problems.length > 0 && (
        <div class="bad" role="note">
          <strong>Not everything could be read. The rest is below.</strong>
          <ul>
            {problems.map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        </div>
      )}
      {records.length === 0 && <p>No session has been recorded yet.</p>}
      <div class="store">
        {records.length > 0 && <SessionList records={records} chosen={chosen} choose={setChosen} />}
        <div class="detail">
          {record !== undefined && <Session record={record} store={store} />}
          {typeof box === 'string' ? (
            <p class="faint">{box}.</p>
          ) : (
            <Box box={box} file={file} store={store} />
          )}
        </div>
      </div>
    </>
  );
}

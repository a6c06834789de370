/** Sessions out of the cuff: read with progress, gone on with after a break, shown, and saved as `npm run log` takes them. */
import type { Hello } from '../../../../tools/board/frames.ts';
import { jsonOfTexts } from '../../../../tools/settings/json-store.ts';
import { dateText, exitText, heldText } from '../../../log/record-words.ts';
import { recordsOf } from '../../../log/records.ts';
import { CuffLog } from '../../link/cuff-log.ts';
import { cuff } from '../../link/page-cuff.ts';
import { addressOf } from '../../shell/route.ts';
import { saveFile } from '../../shell/save-file.ts';
import { openFile } from '../logs/model.ts';
import { TroubleCard } from './trouble-card.tsx';

const log = new CuffLog(cuff);

function Sessions() {
  const { records, problems } = recordsOf(log.texts);
  if (records.length === 0) return <p>No session is kept on this cuff.</p>;
  return (
    <>
      <section class="table-frame" aria-label="Sessions" tabindex={0}>
        <table>
          <caption>The sessions that the cuff keeps, the last one first</caption>
          <thead>
            <tr>
              <th scope="col">No.</th>
              <th scope="col">Date</th>
              <th scope="col">Session</th>
              <th scope="col">Under pressure</th>
              <th scope="col">In the band</th>
              <th scope="col">End</th>
            </tr>
          </thead>
          <tbody>
            {[...records].reverse().map((r) => (
              <tr key={r.n}>
                <td>{r.n}</td>
                <td>{dateText(r.dateS)}</td>
                <td>{r.protocol}</td>
                <td>{Math.round(r.pressureS / 60)} min</td>
                <td title={heldText(r)}>{Math.round(r.moveInPermille / 10)} %</td>
                <td>{exitText(r)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {problems.map((problem) => (
        <p key={problem} class="faint">
          {problem}
        </p>
      ))}
    </>
  );
}

/** The screen "Logs" keeps what it opens, in this browser. */
function openInLogs(serial: string): void {
  void openFile(new File([jsonOfTexts(log.texts)], `cuff-${serial}.json`, { type: 'application/json' }));
  location.hash = addressOf('logs');
}

export function LogCard({ hello }: { readonly hello: Hello }) {
  const { share, runs, whole, trouble } = log.pulling.value;
  return (
    <details class="card" open={runs || whole}>
      <summary>Sessions and log</summary>
      <p>The cuff gives its log out when it is empty and at rest. It takes about a minute.</p>
      <div class="row">
        <button type="button" disabled={runs} onClick={() => void log.pull()}>
          {runs ? 'Reading…' : log.isBegun && !whole ? 'Go on reading' : 'Read the log'}
        </button>
        <button
          type="button"
          disabled={!whole}
          onClick={() => saveFile(`cuff-${hello.serial}.json`, jsonOfTexts(log.texts))}
        >
          Save it as a file
        </button>
        <button type="button" disabled={!whole} onClick={() => openInLogs(hello.serial)}>
          Open it in Logs
        </button>
      </div>
      {runs ? (
        <p>
          <progress value={share} max={1} aria-label="Log read" /> {Math.round(share * 100)} %
        </p>
      ) : null}
      {trouble === undefined ? null : <TroubleCard trouble={trouble} />}
      {whole ? <Sessions /> : null}
    </details>
  );
}

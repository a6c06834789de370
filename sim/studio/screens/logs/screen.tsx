/** The screen "Logs": opens what a cuff has kept, or a run's rows, by choosing or dropping a file. Nothing leaves this page. */
import { useState } from 'preact/hooks';
import './logs.css';
import { KeptLogs } from './kept-view.tsx';
import { busy, closeFile, failed, files, openExample, openFile, shownId } from './model.ts';
import { RowsView } from './rows-view.tsx';
import { StoreView } from './store-view.tsx';

function openAll(list: FileList | null): void {
  for (const file of list ?? []) void openFile(file);
}

function Opener() {
  const [over, setOver] = useState(false);
  return (
    <section
      class={over ? 'drop over' : 'drop'}
      aria-label="Open a log"
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        openAll(event.dataTransfer?.files ?? null);
      }}
    >
      <label class="file">
        Open a file
        <input
          type="file"
          multiple
          onChange={(event) => {
            openAll(event.currentTarget.files);
            event.currentTarget.value = '';
          }}
        />
      </label>
      <span>or drop it here: a pull of a device’s Storage, a simulated one, or the CSV of a run.</span>
      <button type="button" onClick={openExample}>
        Show me an example
      </button>
    </section>
  );
}

function Progress() {
  const now = busy.value;
  return (
    <div role="status" class="busy">
      {now !== null && (
        <>
          <span>{now.what}…</span>
          <progress max={1} value={now.share} aria-label={now.what} />
        </>
      )}
    </div>
  );
}

function Problem() {
  const now = failed.value;
  if (now === null) return null;
  return (
    <div class="bad" role="alert">
      <strong>{now.name}: this could not be opened.</strong>
      <ul>
        {now.problems.map((problem) => (
          <li key={problem}>{problem}</li>
        ))}
      </ul>
      <p>Nothing was changed, and what is open stays open.</p>
      <button type="button" onClick={() => (failed.value = null)}>
        Close
      </button>
    </div>
  );
}

function OpenFiles() {
  if (files.value.length === 0) return null;
  return (
    <ul class="open-files" aria-label="Open files">
      {files.value.map((file) => (
        <li key={file.id}>
          <button
            type="button"
            aria-pressed={file.id === shownId.value}
            onClick={() => (shownId.value = file.id)}
          >
            {file.name}
          </button>
          <button
            type="button"
            class="close"
            aria-label={`Close ${file.name}`}
            onClick={() => closeFile(file.id)}
          >
            ×
          </button>
        </li>
      ))}
    </ul>
  );
}

export function Screen() {
  const file = files.value.find((one) => one.id === shownId.value);
  return (
    <section class="page logs">
      <h1>Logs</h1>
      <Opener />
      <Progress />
      <Problem />
      <KeptLogs />
      <OpenFiles />
      {file?.log.kind === 'store' && <StoreView key={file.id} file={file} store={file.log} />}
      {file?.log.kind === 'rows' && <RowsView key={file.id} file={file} opened={file.log} />}
      {file === undefined && (
        <p class="faint">
          From a board: <code>npm run cuff -- pull mine.json</code>. From the simulator:{' '}
          <code>npm run sim -- --store mine.json</code>. Files are read here, in this page, and go nowhere;
          those that were opened stay in this browser until you forget them.
        </p>
      )}
    </section>
  );
}

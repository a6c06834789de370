/** The logs that this browser keeps: opened again, forgotten, saved as one file. */
import { useEffect, useState } from 'preact/hooks';
import { saveFile } from '../../shell/save-file.ts';
import {
  ALL_NAME,
  allAsText,
  damaged,
  forget,
  forgetAll,
  kept,
  keptTrouble,
  loadKept,
  unreadable,
} from './kept.ts';
import type { KeptFile } from './kept-files.ts';
import { openFile } from './model.ts';

function Trouble() {
  if (keptTrouble.value === '') return null;
  return (
    <div class="bad" role="alert">
      <p>{keptTrouble.value}</p>
      {unreadable.value ? (
        <button type="button" onClick={() => void forgetAll()}>
          Delete it and begin anew
        </button>
      ) : (
        <button type="button" onClick={() => (keptTrouble.value = '')}>
          Close
        </button>
      )}
    </div>
  );
}

function Damaged() {
  return (
    <>
      {damaged.value.map((key, i) => (
        <p key={String(key)} class="bad" role="alert">
          A log that this browser has kept is damaged and cannot be opened; the others are not touched by it.{' '}
          <button
            type="button"
            aria-label={`Delete it: damaged log ${i + 1}`}
            onClick={() => void forget(key)}
          >
            Delete it
          </button>
        </p>
      ))}
    </>
  );
}

function Row({ of: { key, file, atMs } }: { readonly of: KeptFile }) {
  return (
    <li>
      <button type="button" class="kept-open" onClick={() => void openFile(file)}>
        {file.name}
      </button>
      <span class="faint">
        {Math.max(1, Math.round(file.size / 1000))} kB, {new Date(atMs).toLocaleDateString()}
      </span>
      <button
        type="button"
        class="close"
        aria-label={`Forget ${file.name}`}
        title="Forget it"
        onClick={() => void forget(key)}
      >
        ×
      </button>
    </li>
  );
}

/** Asked twice: there is no way back. */
function ForgetAll() {
  const [sure, setSure] = useState(false);
  return sure ? (
    <>
      <button type="button" onClick={() => void forgetAll()}>
        Yes, delete them all
      </button>
      <button type="button" onClick={() => setSure(false)}>
        No
      </button>
    </>
  ) : (
    <button type="button" onClick={() => setSure(true)}>
      Forget all
    </button>
  );
}

export function KeptLogs() {
  useEffect(() => {
    void loadKept();
  }, []);
  return (
    <>
      <Trouble />
      <Damaged />
      {kept.value.length === 0 ? null : (
        <details class="kept" open>
          <summary>Kept in this browser, and nowhere else</summary>
          <ul>
            {kept.value.map((one) => (
              <Row key={one.key} of={one} />
            ))}
          </ul>
          <div class="row">
            <button type="button" onClick={() => void allAsText().then((text) => saveFile(ALL_NAME, text))}>
              Save all as one file
            </button>
            <ForgetAll />
          </div>
        </details>
      )}
    </>
  );
}

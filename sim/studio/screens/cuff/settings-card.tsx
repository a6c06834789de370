/** Settings and protocols: read in service mode, changed with what differs before, written, and read back. */
import { effect, signal } from '@preact/signals';
import { useState } from 'preact/hooks';
import { FIRST_STORED, STORED_COUNT } from '../../../../src/session/stored.ts';
import { settingRows } from '../../../../src/settings.ts';
import type { WantedBoard } from '../../../../tools/board/open-board.ts';
import { checkText } from '../../../../tools/protocol/check.ts';
import { problemText } from '../../../../tools/protocol/problems.ts';
import { storedFile } from '../../../../tools/protocol/stored-file.ts';
import { SETTING_HELP } from '../../../../tools/settings/help.ts';
import { cuff } from '../../link/page-cuff.ts';
import { type OpenSettings, openSettings } from '../../link/service-work.ts';
import { proposedSettings } from '../../shell/proposed-settings.ts';
import { saveFile } from '../../shell/save-file.ts';
import { draftOf, rangeWords } from './settings-form.ts';
import { WorkNotes, WorkView } from './work-view.tsx';

const notes = new WorkNotes();
/** Open while the board is in service mode and the reader edits. */
const opened = signal<OpenSettings | undefined>(undefined);
const written = signal('');
/** What was written: its word stands beside the button that wrote it. */
const wrote = signal<'settings' | 'protocol'>('settings');
let end: () => void = () => {};

/** What was done to one cuff is not said of another. */
effect(() => {
  cuff.met.value;
  notes.clear();
  written.value = '';
});

/** Keeps the line for as long as the reader edits. */
async function edit(board: WantedBoard): Promise<void> {
  notes.clear();
  written.value = '';
  await cuff.work('settings', async (open, port) => {
    const place = await openSettings(open, port, { board, say: notes.say });
    notes.asks.value = false;
    opened.value = place;
    const done = new Promise<void>((resolve) => {
      end = resolve;
    });
    await Promise.race([done, cuff.line.interruption()]);
    await place.close();
  });
  opened.value = undefined;
  notes.asks.value = false;
}

async function tryTo(what: 'settings' | 'protocol', work: () => Promise<string>): Promise<void> {
  wrote.value = what;
  written.value = '';
  try {
    written.value = await work();
  } catch (error) {
    written.value = `Not written: ${(error as Error).message}`;
  }
}

/** What became of the last writing. */
function Written({ of }: { readonly of: 'settings' | 'protocol' }) {
  return (
    <p class="written" role="status">
      {wrote.value === of ? written.value : ''}
    </p>
  );
}

/** What "Tune" has sent stands in the fields as if it had been typed: shown as a difference, written by nobody but the reader. */
function typedFirst(): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(proposedSettings.value ?? {}).map(([name, value]) => [name, String(value)]),
  );
}

function Form({ place }: { readonly place: OpenSettings }) {
  const [typed, setTyped] = useState(typedFirst);
  const draft = draftOf(place.settings, typed);
  const write = async (): Promise<string> => {
    if (draft.next === undefined) return '';
    await place.write(draft.next);
    setTyped({});
    proposedSettings.value = null;
    return `Written and read back: ${draft.changes.map((c) => `${c.name} ${c.from} → ${c.to} ${c.unit}`).join(', ')}.`;
  };
  return (
    <div class="settings">
      <div class="settings-grid">
        {settingRows().map((row) => (
          <label key={row[0]} class="field">
            <span>
              <strong>{row[0]}</strong> <span class="faint">({rangeWords(row)})</span>
            </span>
            <input
              inputMode="numeric"
              value={typed[row[0]] ?? String(place.settings[row[0]])}
              onInput={(event) => setTyped({ ...typed, [row[0]]: event.currentTarget.value })}
            />
            <span class="help">{SETTING_HELP[row[0]]}</span>
          </label>
        ))}
      </div>
      <div class="diff" role="status">
        <h2>What would change</h2>
        {draft.problems.map((problem) => (
          <p key={problem} class="inhibit">
            {problem}
          </p>
        ))}
        {draft.changes.length === 0 && draft.problems.length === 0 ? <p>Nothing.</p> : null}
        <ul>
          {draft.changes.map((c) => (
            <li key={c.name}>
              {c.name}: <del>{c.from}</del> → <ins>{c.to}</ins> {c.unit}
            </li>
          ))}
        </ul>
        {draft.questions.map((question) => (
          <p key={question} class="inhibit">
            Is this right? {question}
          </p>
        ))}
      </div>
      <div class="row">
        <button
          type="button"
          class="main-button"
          disabled={draft.next === undefined || draft.changes.length === 0}
          onClick={() => void tryTo('settings', write)}
        >
          Write these settings
        </button>
        <button
          type="button"
          onClick={() => saveFile('settings.json', `${JSON.stringify(place.settings, null, 2)}\n`)}
        >
          Save them as a file
        </button>
      </div>
      <Written of="settings" />
    </div>
  );
}

/** Checks a protocol file, and writes it into a place. */
async function writeProtocol(place: OpenSettings, file: File, at: number): Promise<string> {
  const { lopMmHg, maxMmHg } = place.settings;
  const checked = checkText(await file.text(), lopMmHg > 0 ? { lopMmHg, maxMmHg } : undefined);
  if (checked.protocol === undefined) throw new Error(checked.problems.map(problemText).join('; '));
  const stored = storedFile(checked.protocol, at);
  await place.writeText(stored.name, stored.text);
  return `${checked.protocol.id} is written and read back. It is number ${FIRST_STORED + at + 1}: choose it with the setting protocol.`;
}

function Protocol({ place }: { readonly place: OpenSettings }) {
  const [at, setAt] = useState(0);
  return (
    <fieldset>
      <legend>A protocol of your own</legend>
      <label class="field">
        Place
        <select onChange={(event) => setAt(Number(event.currentTarget.value))}>
          {Array.from({ length: STORED_COUNT }, (_, i) => (
            <option key={i} value={i}>
              {FIRST_STORED + i + 1}
            </option>
          ))}
        </select>
      </label>
      <label class="field">
        Protocol file (JSON, docs/sessions.md)
        <input
          type="file"
          accept=".json"
          onChange={(event) => {
            const file = event.currentTarget.files?.[0];
            if (file !== undefined) void tryTo('protocol', () => writeProtocol(place, file, at));
          }}
        />
      </label>
      <Written of="protocol" />
    </fieldset>
  );
}

export function SettingsCard({ board }: { readonly board: WantedBoard }) {
  const place = opened.value;
  const busy = cuff.connection.value.at === 'working';
  return (
    <details class="card" open={busy || written.value !== '' || proposedSettings.value !== null}>
      <summary>Settings and protocols</summary>
      <p>They are read and written in service mode only, which you open with the button at the cuff.</p>
      {place === undefined ? <p role="status">{written.value}</p> : null}
      {proposedSettings.value !== null ? (
        <p>
          From Tune: {Object.keys(proposedSettings.value).join(', ')}. Read the settings to see what would
          change.
        </p>
      ) : null}
      {place === undefined ? (
        <button type="button" disabled={busy} onClick={() => void edit(board)}>
          Read the settings
        </button>
      ) : (
        <>
          <Form place={place} />
          <Protocol place={place} />
          <button type="button" onClick={() => end()}>
            Done: restart the cuff
          </button>
        </>
      )}
      <WorkView notes={notes} />
    </details>
  );
}

/** Writing the firmware: first flash, update and recovery, by the code of flash.sh, with images of a release and their sums. */
import { effect, signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Hello } from '../../../../tools/board/frames.ts';
import { cuff } from '../../link/page-cuff.ts';
import {
  type Choice,
  choicesOf,
  firmwareFor,
  openRelease,
  type ReadFile,
  type Release,
} from '../../link/release.ts';
import { flashBoard } from '../../link/service-work.ts';
import { type Trouble, troubleOf } from '../../link/troubles.ts';
import { TroubleCard } from './trouble-card.tsx';
import { WorkNotes, WorkView } from './work-view.tsx';

/** Beside the page. */
const FOLDER = './images/';
const release = signal<Release | undefined>(undefined);
const source = signal('');
const trouble = signal<Trouble | undefined>(undefined);
const done = signal('');
export const flashNotes = new WorkNotes();

/** What was done to one cuff is not said of another. */
effect(() => {
  cuff.met.value;
  flashNotes.clear();
  done.value = '';
  trouble.value = undefined;
});

const fromPage: ReadFile = async (name) => {
  const answer = await fetch(FOLDER + name).catch(() => undefined);
  return answer?.ok === true ? new Uint8Array(await answer.arrayBuffer()) : undefined;
};

function fromFiles(files: FileList): ReadFile {
  return async (name) => {
    const file = [...files].find((one) => one.name === name);
    return file === undefined ? undefined : new Uint8Array(await file.arrayBuffer());
  };
}

async function take(read: ReadFile, from: string): Promise<void> {
  trouble.value = undefined;
  try {
    release.value = await openRelease(read);
    source.value = from;
  } catch (error) {
    // a page without images is no trouble: files can be chosen
    if (from !== '') trouble.value = troubleOf(error);
  }
}

interface Options {
  readonly choice: Choice;
  readonly erase: boolean;
  readonly eraseForeign: boolean;
}

async function write(from: Release, { choice, erase, eraseForeign }: Options): Promise<void> {
  flashNotes.clear();
  done.value = '';
  trouble.value = undefined;
  try {
    const { firmware, board } = await firmwareFor(from, choice);
    const updated = await cuff.work('flash', (open, port) =>
      flashBoard(open, port, {
        board,
        firmware: { ...firmware, erase, eraseForeign },
        say: flashNotes.say,
        planned: (lines) => flashNotes.say(lines.join('\n')),
        step: (text) => flashNotes.say(`${text}…`),
        progress: flashNotes.progress,
      }),
    );
    if (updated !== undefined) done.value = `Done: ${updated.running}.`;
  } catch (error) {
    trouble.value = troubleOf(error);
  }
  flashNotes.asks.value = false;
}

function keyOf({ board, sensor }: Choice): string {
  return `${board} + ${sensor}`;
}

function optionsIn(form: HTMLFormElement, from: Release): Options | undefined {
  const data = new FormData(form);
  const choice = choicesOf(from).find((one) => keyOf(one) === data.get('image'));
  if (choice === undefined) return undefined;
  return { choice, erase: data.has('erase'), eraseForeign: data.has('foreign') };
}

function WriteForm({ from, hello }: { readonly from: Release; readonly hello: Hello | undefined }) {
  const choices = choicesOf(from);
  const usual = choices.find((c) => c.board === hello?.board && c.sensor === hello?.sensor) ?? choices[0];
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const options = optionsIn(event.currentTarget, from);
        if (options !== undefined) void write(from, options);
      }}
    >
      <p>
        Version {from.manifest.version}, {source.value}; its files are proven by their sums (SHA-256).
        {hello === undefined ? '' : ` On the cuff: version ${hello.version}.`}
      </p>
      <label class="field">
        Board and pressure sensor that you have built
        <select name="image">
          {choices.map((c) => (
            <option key={keyOf(c)} value={keyOf(c)} selected={c === usual}>
              {keyOf(c)}
            </option>
          ))}
        </select>
      </label>
      <details class="more">
        <summary>If a try has failed</summary>
        <label class="tick">
          <input type="checkbox" name="foreign" /> Erase programs of another project
        </label>
        <label class="tick">
          <input type="checkbox" name="erase" /> Begin with an empty Storage: settings and log are lost
        </label>
      </details>
      <p class="warn">Take the cuff off first. The image in use stays until the new one is proven.</p>
      <button type="submit" class="main-button">
        Write the firmware
      </button>
    </form>
  );
}

/** `first`: a board without firmware: this is what it needs. */
export function FirmwareCard({
  hello,
  first,
}: {
  readonly hello: Hello | undefined;
  readonly first: boolean;
}) {
  useEffect(() => {
    if (release.value === undefined)
      void take(fromPage, '').then(() => {
        if (release.value !== undefined && source.value === '') source.value = 'which came with this page';
      });
  }, []);
  const from = release.value;
  return (
    <details class="card" open={first || done.value !== '' || trouble.value !== undefined}>
      <summary>Firmware: write, update, recover</summary>
      {done.value === '' ? null : (
        <p class="done" role="status">
          {done.value} Then: commission the build, before anybody wears it.
        </p>
      )}
      {trouble.value === undefined ? null : <TroubleCard trouble={trouble.value} />}
      {from === undefined ? (
        <p>This page came without images. Choose the files of a release.</p>
      ) : (
        <WriteForm key={from.manifest.version} from={from} hello={hello} />
      )}
      <details class="more">
        <summary>Other images: the files of a release, chosen by hand</summary>
        <label class="field">
          manifest.json, the image and its loader (all three)
          <input
            type="file"
            multiple
            accept=".js,.json"
            onChange={(event) => {
              const { files } = event.currentTarget;
              if (files !== null && files.length > 0) void take(fromFiles(files), 'from the chosen files');
            }}
          />
        </label>
      </details>
      <WorkView notes={flashNotes} />
    </details>
  );
}

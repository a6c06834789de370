/** Time: run and pause, how fast, again from the start, and the link that repeats the run. */
import { phaseName } from '../../../../src/phases.ts';
import { clock } from '../../../report/figures.ts';
import type { Pace } from '../../engine/messages.ts';
import {
  askForLink,
  choosePace,
  copied,
  face,
  link,
  over,
  pace,
  playing,
  playOrPause,
  proven,
  rowsCame,
  runsCame,
  secret,
  startAgain,
  theRun,
} from './model.ts';

const PACES: readonly (readonly [pace: Pace, label: string, title: string])[] = [
  [1, '1 ×', 'As fast as the real device'],
  [10, '10 ×', 'Ten times as fast'],
  ['most', 'At once', 'The whole session at once, as fast as this computer can'],
];

function Paces() {
  const live = over.value === null;
  return (
    <fieldset class="choice">
      <legend class="hidden">Speed</legend>
      {PACES.map(([value, label, title]) => (
        <button
          key={label}
          type="button"
          title={title}
          aria-pressed={live ? pace.value === value : value === 'most'}
          onClick={() => choosePace(value)}
        >
          {label}
        </button>
      ))}
    </fieldset>
  );
}

function Clock() {
  const now = face.value;
  rowsCame.value;
  runsCame.value;
  const { rows, t } = theRun();
  // the face is still that of the run before until the first rows have come
  if (now === null || rows === 0) return <span class="clock">0:00</span>;
  const planned = over.value === null ? ` of about ${clock(theRun().plannedS)}` : '';
  const end = over.value?.notStarted.length ? 'no session was started' : 'over';
  return (
    <span class="clock">
      <strong>{clock(t[rows - 1] ?? 0)}</strong>
      <span class="faint">{planned}</span> {over.value === null ? phaseName(now.phase) : end}
    </span>
  );
}

function Link() {
  const text = link.value;
  if (text === '') return null;
  return (
    <label class="link">
      This link repeats the run, to the last bit <span role="status">{copied.value ? 'Copied.' : ''}</span>
      <input
        type="text"
        readOnly
        value={text}
        onFocus={(event) => event.currentTarget.select()}
        aria-label="Link to this run"
      />
    </label>
  );
}

function Proven() {
  if (proven.value === '') return null;
  return proven.value === 'same' ? (
    <p class="proven" role="status">
      The same run as in the link, to the last bit.
    </p>
  ) : (
    <p class="proven bad" role="status">
      Not the run of the link: it was made with another version of the firmware.
    </p>
  );
}

export function PlayBar() {
  const runs = over.value === null && playing.value;
  return (
    <>
      <div class="play-bar">
        <button type="button" class="play" onClick={playOrPause} aria-label={runs ? 'Pause' : 'Play'}>
          <span aria-hidden="true">{runs ? '❚❚' : '▶'}</span>
        </button>
        <Paces />
        <Clock />
        <span class="spring" />
        <button type="button" onClick={startAgain}>
          Start again
        </button>
        <button type="button" disabled={secret.value} onClick={askForLink}>
          Copy link
        </button>
      </div>
      <Link />
      <Proven />
    </>
  );
}

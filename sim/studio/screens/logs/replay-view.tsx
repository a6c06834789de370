/** A log through today's firmware: a button, and then every stretch that is decided otherwise, with its tick and what differs. */
import { useState } from 'preact/hooks';
import { MAX_LOP_MMHG, MIN_LOP_MMHG } from '../../../../src/limits.ts';
import type { Difference, Replay } from '../../../log/replay.ts';
import { type OpenFile, startReplay, underWay } from './model.ts';
import { weighed } from './replay-order.ts';

const MOST_SHOWN = 200;
const USUAL_LOP = 190;

interface Props {
  readonly file: OpenFile;
  /** Occlusion pressure of the session, mmHg; 0 = not in the log. */
  readonly lopMmHg: number;
  readonly arm: boolean;
  readonly recordedTrip: string;
  /** The rows are those of a black box, not of a run: one that reaches back to the first tick, or one that begins later. */
  readonly box?: 'whole' | 'later' | undefined;
  readonly onGoTo: (s: number) => void;
}

function stretches(many: number): string {
  return many === 1 ? 'one stretch' : `${many} stretches`;
}

function at(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}

function Row({ d, onGoTo }: { readonly d: Difference; readonly onGoTo: Props['onGoTo'] }) {
  return (
    <tr>
      <td class="num">
        <button type="button" class="small" onClick={() => onGoTo(d.tMs / 1000)}>
          {at(d.tMs)}
        </button>
      </td>
      <td class="num">{d.tick}</td>
      <td>{d.field}</td>
      <td>{d.recorded}</td>
      <td>{d.today}</td>
    </tr>
  );
}

function Table({
  label,
  of,
  onGoTo,
}: {
  readonly label: string;
  readonly of: readonly Difference[];
  readonly onGoTo: Props['onGoTo'];
}) {
  const left = of.length - MOST_SHOWN;
  if (of.length === 0) return null;
  return (
    <>
      <section class="scroll" aria-label={label}>
        <table>
          <thead>
            <tr>
              <th scope="col" class="num">
                Time
              </th>
              <th scope="col" class="num">
                Tick
              </th>
              <th scope="col">What</th>
              <th scope="col">Then</th>
              <th scope="col">Today</th>
            </tr>
          </thead>
          <tbody>
            {of.slice(0, MOST_SHOWN).map((d) => (
              <Row key={d.tick} d={d} onGoTo={onGoTo} />
            ))}
          </tbody>
        </table>
      </section>
      {left > 0 && <p class="faint">and {left} more</p>}
    </>
  );
}

interface BoxShown {
  readonly replay: Replay;
  readonly isWhole: boolean;
  readonly onGoTo: Props['onGoTo'];
}

/** Of a black box: its form of record differs from what the firmware has seen, and so do the pulses. */
function BoxResult({ replay, isWhole, onGoTo }: BoxShown) {
  const { vents, pulses } = weighed(replay.differences);
  return (
    <>
      <p>
        {vents.length === 0
          ? 'It holds and vents where the device did.'
          : `It holds or vents otherwise in ${stretches(vents.length)}.`}{' '}
        {isWhole
          ? 'The box reaches back to the first tick: today’s firmware knows all that the device knew.'
          : 'The box begins in the middle of a session: what the device had counted and learnt before, above all how much air it had pumped and let out, is not in it. A rule that counts from the beginning may trip some ticks earlier or later for that alone.'}
      </p>
      <Table label="Where it holds or vents otherwise" of={vents} onGoTo={onGoTo} />
      <details>
        <summary>Other pulses, in {stretches(pulses.length)}</summary>
        <p class="faint">
          A black box keeps readings cut to steps of 0.02 mmHg
          {isWhole ? '' : ', and begins without what the regulator had learnt by then'}. For that alone single
          pulses come out otherwise: they say nothing of the firmware.
        </p>
        <Table label="Pulses that differ" of={pulses} onGoTo={onGoTo} />
      </details>
    </>
  );
}

function Result({
  replay,
  box,
  recordedTrip,
  onGoTo,
}: { readonly replay: Replay } & Omit<Props, 'file' | 'lopMmHg' | 'arm'>) {
  const share = replay.pressurised > 0 ? (100 * replay.different) / replay.pressurised : 0;
  return (
    <>
      <p>
        {replay.ticks} ticks, {replay.pressurised} with the valve shut. Trip then:{' '}
        {recordedTrip === '' ? 'none' : recordedTrip}; today:{' '}
        {replay.trip === '' ? 'none within the recording' : `${replay.trip} at ${at(replay.tripMs)}`}.
      </p>
      {box !== undefined ? (
        <BoxResult replay={replay} isWhole={box === 'whole'} onGoTo={onGoTo} />
      ) : (
        <>
          <p>
            Today’s firmware decides otherwise in {replay.different} of them ({share.toFixed(1)} %), in{' '}
            {replay.differences.length} stretches.
          </p>
          <Table label="Decisions that differ" of={replay.differences} onGoTo={onGoTo} />
        </>
      )}
    </>
  );
}

export function ReplayView({ file, lopMmHg, arm, box, recordedTrip, onGoTo }: Props) {
  const [given, setGiven] = useState(lopMmHg > 0 ? lopMmHg : USUAL_LOP);
  const working = underWay.value.some(({ id }) => id === file.id);
  return (
    <section class="replay">
      <h2>Through today’s firmware</h2>
      <p class="faint">
        Each recorded reading is shown to the firmware of this page, which decides anew; then it is put back
        on the recorded track. A difference is told, not judged.
      </p>
      <div class="row">
        <label>
          Occlusion pressure, mmHg{' '}
          <input
            type="number"
            min={MIN_LOP_MMHG}
            max={MAX_LOP_MMHG}
            value={given}
            onInput={(event) => setGiven(Number(event.currentTarget.value))}
          />
        </label>
        <button
          type="button"
          disabled={working || !(given >= MIN_LOP_MMHG && given <= MAX_LOP_MMHG)}
          onClick={() => startReplay(file, { lopMmHg: given, arm })}
        >
          Replay
        </button>
      </div>
      {file.replay !== null && (
        <Result replay={file.replay} box={box} recordedTrip={recordedTrip} onGoTo={onGoTo} />
      )}
    </section>
  );
}

/** The screen "Tune": what a cuff can do, many cuffs like it, other parts, and settings that may suit it better. It proposes, it never applies. */

import { useEffect, useState } from 'preact/hooks';
import { KeptResults, keepResult } from './kept-results.tsx';
import './tune.css';
import type { Exercise } from '../../../plant/limb-params.ts';
import { PLANTS } from '../../../setup/plants.ts';
import { AIMS, type AimName } from '../../../tune/aims.ts';
import type { Finding } from '../../../tune/verdict.ts';
import { CloudView } from './cloud.tsx';
import {
  aim,
  asItIs,
  busy,
  COUNTS,
  chooseLog,
  choosePlant,
  count,
  MOVEMENTS,
  motion,
  paintClouds,
  problem,
  proposal,
  proposeNow,
  seen,
  stop,
  whatIf,
  withOther,
} from './model.ts';
import { ProposalView } from './proposal-view.tsx';
import { Standings } from './standings.tsx';
import { partsText } from './what-if.ts';

const FIRST = 'reference-thigh';

function Source() {
  const [plant, setPlant] = useState(FIRST);
  const [arm, setArm] = useState(false);
  return (
    <div class="row">
      <label>
        A simulated cuff{' '}
        <select
          value={plant}
          onChange={(event) => {
            setPlant(event.currentTarget.value);
            void choosePlant(event.currentTarget.value);
          }}
        >
          {Object.keys(PLANTS).map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
      <label>
        or a log of yours: a commissioning run, a black box, rows{' '}
        <input
          type="file"
          onChange={(event) => {
            const file = event.currentTarget.files?.[0];
            if (file !== undefined) void chooseLog(file, arm);
            event.currentTarget.value = '';
          }}
        />
      </label>
      <label class="check">
        <input type="checkbox" checked={arm} onChange={(event) => setArm(event.currentTarget.checked)} /> worn
        on an arm
      </label>
    </div>
  );
}

const GRADES = { good: 'ok', warn: 'look', refuse: 'REFUSED', told: '–' } as const;

function Findings({ findings }: { readonly findings: readonly Finding[] }) {
  return (
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">Measured</th>
            <th scope="col">Allowed</th>
            <th scope="col">Verdict</th>
          </tr>
        </thead>
        <tbody>
          {findings.map((f) => (
            <tr key={f.what} class={f.grade}>
              <th scope="row">{f.what}</th>
              <td>{f.measured}</td>
              <td>{f.allowed}</td>
              <td>
                {GRADES[f.grade]}
                {f.next === '' ? '' : `: ${f.next}`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Choices() {
  const parts = whatIf.value;
  return (
    <div class="row">
      <label>
        Movement{' '}
        <select
          value={motion.value}
          onChange={(event) => (motion.value = event.currentTarget.value as Exercise)}
        >
          {MOVEMENTS.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
      <label>
        Cuffs{' '}
        <select value={count.value} onChange={(event) => (count.value = Number(event.currentTarget.value))}>
          {COUNTS.map((n) => (
            <option key={n} value={n}>
              {n}
            </option>
          ))}
        </select>
      </label>
      <fieldset>
        <legend>What if it had</legend>
        {(
          [
            ['bottle', '0.5 L of air at the cuff'],
            ['pump', 'half as much pump again'],
            ['valve', 'half as much valve again'],
          ] as const
        ).map(([name, text]) => (
          <label key={name} class="check">
            <input
              type="checkbox"
              checked={parts[name]}
              onChange={(event) => (whatIf.value = { ...parts, [name]: event.currentTarget.checked })}
            />{' '}
            {text}
          </label>
        ))}
      </fieldset>
      <button type="button" onClick={() => void paintClouds().then(keepResult)}>
        Show cuffs like it
      </button>
    </div>
  );
}

function Aims() {
  return (
    <div class="row">
      <label>
        What should be better{' '}
        <select value={aim.value} onChange={(event) => (aim.value = event.currentTarget.value as AimName)}>
          {AIMS.map(({ name, what }) => (
            <option key={name} value={name}>
              {what}
            </option>
          ))}
        </select>
      </label>
      <button type="button" onClick={() => void proposeNow().then(keepResult)}>
        Propose settings
      </button>
    </div>
  );
}

function Progress() {
  const now = busy.value;
  return (
    <div role="status" class="busy">
      {now !== null && (
        <>
          <span>
            {now.what}
            {now.of > 0 ? `: ${now.done} of ${now.of}` : '…'}
          </span>
          <progress aria-label={now.what} {...(now.of > 0 ? { max: now.of, value: now.done } : {})} />
          <button type="button" onClick={stop}>
            End it
          </button>
        </>
      )}
    </div>
  );
}

function Clouds() {
  return (
    <div class="clouds">
      {[asItIs.value, withOther.value].map(
        (cloud) =>
          cloud !== null && (
            <CloudView
              key={partsText(cloud.whatIf)}
              title={`Cuffs like yours (${cloud.motion}), ${partsText(cloud.whatIf)}`}
              lines={cloud.lines}
              wanted={cloud.wanted}
            />
          ),
      )}
    </div>
  );
}

export function Screen() {
  const what = seen.value;
  useEffect(() => {
    if (seen.value === null) void choosePlant(FIRST);
    return stop;
  }, []);
  const fit = what?.identified !== undefined && !what.refused;
  return (
    <section class="page tune">
      <h1>Tune</h1>
      <Source />
      <Progress />
      {problem.value !== '' && (
        <p class="bad" role="alert">
          {problem.value}
        </p>
      )}
      {what !== null && (
        <>
          <h2>What {what.source} can do</h2>
          {what.problems.map((text) => (
            <p key={text} class="bad" role="note">
              {text}
            </p>
          ))}
          {what.findings.length > 0 && <Findings findings={what.findings} />}
          {what.refused && (
            <p class="bad" role="note">
              This build is refused: no settings make it fit to be worn.
            </p>
          )}
        </>
      )}
      {fit && (
        <>
          <Choices />
          <Clouds />
          <Aims />
          {proposal.value !== null && <ProposalView proposal={proposal.value} />}
          <Standings />
        </>
      )}
      <KeptResults />
    </section>
  );
}

/** The knobs: which session, who wears it, and the device's settings with the ranges of the firmware's own table. A turn redraws the whole session. */
import { type SettingRow, settingRows } from '../../../../src/settings.ts';
import { SETTING_HELP } from '../../../../tools/settings/help.ts';
import { PLANTS } from '../../../setup/plants.ts';
import { protocols } from '../../../setup/protocols.ts';
import { MOTIONS } from '../../../setup/resolve.ts';
import { problem, resolved, spec } from './model.ts';
import { choose, settingOf, turnKnob } from './run-actions.ts';

/** What changes a session the most comes first; the rest stands behind a line. */
const FIRST: readonly string[] = ['lopMmHg', 'maxMmHg', 'maxLopPermille', 'savePercent', 'fillMmHgPerS'];
/** Has a place of its own above. */
const ELSEWHERE: readonly string[] = ['protocol'];

const LABELS: Readonly<Record<string, string>> = {
  lopMmHg: 'Occlusion pressure',
  maxMmHg: 'Highest setpoint',
  maxLopPermille: 'Highest share of it',
  savePercent: 'Energy saving',
  fillMmHgPerS: 'Fill rate',
};

function Knob({ row }: { readonly row: SettingRow }) {
  const [name, , min, max, unit, off] = row;
  const value = settingOf(name);
  const turned = spec.value.set.some((pair) => pair.startsWith(`${name}=`));
  const least = off === true ? 0 : min;
  const turn = (text: string): void => {
    const wanted = Number(text);
    // between 0, which switches it off, and the least that it can be there is nothing
    const next = off === true && wanted > 0 && wanted < min ? min : wanted;
    if (text !== '' && Number.isInteger(next)) turnKnob(name, next);
  };
  const label = LABELS[name] ?? name;
  return (
    <div class="knob" data-knob={name}>
      <div class="knob-head">
        <label for={`knob-${name}`}>{label}</label>
        <span class="knob-value">
          <input
            type="number"
            aria-label={`${label}, number`}
            min={least}
            max={max}
            value={value}
            onChange={(event) => turn(event.currentTarget.value)}
          />
          <span class="faint">{unit === 'permille' ? '‰' : unit}</span>
          <button
            type="button"
            class="reset"
            disabled={!turned}
            title="As it was"
            aria-label={`${label} as it was`}
            onClick={() => turnKnob(name, null)}
          >
            ↺
          </button>
        </span>
      </div>
      <input
        id={`knob-${name}`}
        type="range"
        min={least}
        max={max}
        value={value}
        aria-describedby={`help-${name}`}
        onInput={(event) => turn(event.currentTarget.value)}
      />
      <p class="help" id={`help-${name}`}>
        {SETTING_HELP[name]}
      </p>
    </div>
  );
}

function Choices() {
  const now = spec.value;
  const { protocol, scenario, chosen } = resolved.value;
  return (
    <div class="choices">
      <label>
        Session
        <select
          value={protocol.protocol.id}
          onChange={(event) => choose({ protocol: event.currentTarget.value })}
        >
          {protocols().map(({ protocol: one, title }) => (
            <option key={one.id} value={one.id}>
              {title}
            </option>
          ))}
        </select>
      </label>
      <label>
        Movement
        <select value={scenario.work} onChange={(event) => choose({ motion: event.currentTarget.value })}>
          {MOTIONS.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
      <label>
        Cuff and limb
        <select value={chosen.name} onChange={(event) => choose({ plant: event.currentTarget.value })}>
          {[...Object.keys(PLANTS), ...[1, 2, 3, 4, 5, 6].map((n) => `sampled:${n}`)].map((name) => (
            <option key={name} value={name}>
              {name.startsWith('sampled:') ? `somebody else's, ${name.slice(8)}` : name}
            </option>
          ))}
        </select>
      </label>
      <label>
        Seed
        <input
          type="number"
          min="0"
          max="999999999"
          value={now.seed}
          onChange={(event) => {
            const seed = Number(event.currentTarget.value);
            if (Number.isInteger(seed) && seed >= 0) choose({ seed });
          }}
        />
      </label>
    </div>
  );
}

export function Knobs() {
  const rows = settingRows().filter(([name]) => !ELSEWHERE.includes(name));
  const first = FIRST.flatMap((name) => rows.filter((row) => row[0] === name));
  const others = rows.filter(([name]) => !FIRST.includes(name));
  return (
    <section class="card knobs" aria-labelledby="knobs-title">
      <h2 id="knobs-title">Knobs</h2>
      {problem.value === '' ? null : (
        <p class="refused" role="alert">
          Not taken: {problem.value}
        </p>
      )}
      {first.map((row) => (
        <Knob key={row[0]} row={row} />
      ))}
      <Choices />
      <details>
        <summary>All settings</summary>
        {others.map((row) => (
          <Knob key={row[0]} row={row} />
        ))}
      </details>
    </section>
  );
}

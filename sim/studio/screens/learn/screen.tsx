/** The screen "Learn": what a builder reads, and everything that the lamps can say, blinking, to be found by what somebody sees on a device. */
import { useEffect, useState } from 'preact/hooks';
import { INHIBIT_ROWS } from '../../../../src/safety/inhibits.ts';
import { LAMP_CLASSES } from '../../../../src/safety/rows/row.ts';
import {
  LAMP_BLUE,
  LAMP_BUZZER,
  LAMP_GREEN,
  LAMP_RED,
  lampsAt,
  PATTERN_INHIBITED,
  PATTERN_TRIP,
  PATTERNS,
} from '../../../../src/wearer/patterns.ts';
import {
  colorName,
  flashesOf,
  lampsOf,
  meaning,
  patternName,
  pauseAfter,
  rhythmWords,
} from '../../lamps-in-words.ts';
import { addressOf } from '../../shell/route.ts';
import { TapButton } from './tap-button.tsx';
import { isTapped, type Taps } from './taps.ts';
import './learn.css';

interface Sign {
  readonly pattern: number;
  readonly number: number;
}

/** A plain trip pattern is never shown: its class is blinked. */
const PLAIN_TRIP = 8;

const SIGNS: readonly Sign[] = [
  ...PATTERNS.map((_, pattern) => ({ pattern, number: 0 })).filter(({ pattern }) => pattern !== PLAIN_TRIP),
  ...LAMP_CLASSES.map((_, i) => ({ pattern: PATTERN_TRIP, number: i + 1 })),
  ...INHIBIT_ROWS.map((_, i) => ({ pattern: PATTERN_INHIBITED, number: i + 1 })),
];

const COLORS: readonly (readonly [lamps: number, name: string])[] = [
  [0, 'any'],
  [LAMP_GREEN, 'green'],
  [LAMP_BLUE, 'blue'],
  [LAMP_BLUE + LAMP_GREEN, 'blue and green'],
  [LAMP_RED, 'red'],
];

const COUNTS: readonly (readonly [count: number, name: string])[] = [
  [0, 'any number'],
  [1, '1'],
  [2, '2'],
  [3, '3'],
  [4, '4'],
  [5, '5 or more'],
];

/** Half a slot of the patterns, ms. */
const LOOK_MS = 60;

function fits(sign: Sign, lamps: number, count: number): boolean {
  const lit = lampsOf(sign.pattern) & ~LAMP_BUZZER;
  const flashes = flashesOf(sign.pattern, sign.number).length;
  return (lamps === 0 || lit === lamps) && (count === 0 || (count === 5 ? flashes >= 5 : flashes === count));
}

function Lamp({ sign, now }: { readonly sign: Sign; readonly now: number }) {
  const lit = lampsAt(sign.pattern, sign.number, now) & ~LAMP_BUZZER;
  const names = [
    [LAMP_RED, 'red'],
    [LAMP_GREEN, 'green'],
    [LAMP_BLUE, 'blue'],
  ] as const;
  const used = lampsOf(sign.pattern);
  return (
    <span class="learn-lamp" aria-hidden="true">
      {names
        .filter(([bit]) => (used & bit) !== 0)
        .map(([bit, name]) => (
          <i key={name} class={(lit & bit) === 0 ? `led ${name}` : `led ${name} on`} />
        ))}
    </span>
  );
}

function useClock(): number {
  const [now, setNow] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), LOOK_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}

interface ChoiceProps {
  readonly legend: string;
  readonly options: readonly (readonly [value: number, name: string])[];
  readonly value: number;
  readonly choose: (value: number) => void;
}

function Choice({ legend, options, value, choose }: ChoiceProps) {
  return (
    <fieldset class="learn-choice">
      <legend>{legend}</legend>
      {options.map(([one, name]) => (
        <button key={name} type="button" aria-pressed={one === value} onClick={() => choose(one)}>
          {name}
        </button>
      ))}
    </fieldset>
  );
}

/** What a builder reads, in its order, each in the project's folder. */
const TO_BUILD: readonly (readonly [page: string, what: string])[] = [
  ['docs/build.md', 'what to buy and why, plumbing, wiring, budgets'],
  ['docs/boards.md', 'what each board and each pressure sensor can do'],
  ['docs/flashing.md', 'from the files of a release to a board that starts'],
  ['docs/commissioning.md', 'each step makes the next one safe; nobody wears the cuff before it has passed'],
  ['docs/screening.md', 'the questions before the first use'],
];

function Build() {
  return (
    <section class="card" aria-labelledby="build-title">
      <h2 id="build-title">Build one</h2>
      <p>
        These pages come with the project, in this order. Nothing of it was tried on hardware or on a person.
      </p>
      <ol>
        {TO_BUILD.map(([page, what]) => (
          <li key={page}>
            <code>{page}</code>: {what}
          </li>
        ))}
      </ol>
      <p>
        Flashing, settings and commissioning also go from here: <a href={addressOf('cuff')}>My cuff</a>. What
        your parts will do, before you buy them: <a href={addressOf('tune')}>Tune</a>.
      </p>
    </section>
  );
}

export function Screen() {
  const now = useClock();
  const [lamps, setLamps] = useState(0);
  const [count, setCount] = useState(0);
  const [taps, setTaps] = useState<Taps>([]);
  const found = SIGNS.filter(
    (sign) =>
      fits(sign, lamps, count) &&
      (taps.length === 0 ||
        isTapped(taps, flashesOf(sign.pattern, sign.number), pauseAfter(sign.pattern, sign.number))),
  );
  return (
    <section class="page">
      <h1>Learn</h1>
      <Build />
      <section class="learn-lamps" aria-labelledby="lamps-title">
        <h2 id="lamps-title">What the lamps say</h2>
        <p class="faint">
          Say what you see on your cuff. A long flash of 1 s counts five, a short one counts one; a trip
          begins with a flash of 2 s.
        </p>
        <div class="learn-choices">
          <Choice legend="Colour" options={COLORS} value={lamps} choose={setLamps} />
          <Choice legend="Flashes in a row" options={COUNTS} value={count} choose={setCount} />
        </div>
        <TapButton tell={setTaps} />
        <p role="status">
          {found.length} of {SIGNS.length}
          {taps.length === 0 ? null : (
            <>
              {' '}
              as tapped{' '}
              <button type="button" onClick={() => setTaps([])}>
                Forget the taps
              </button>
            </>
          )}
        </p>
        <ul class="learn-signs">
          {found.map((sign) => (
            <li key={`${sign.pattern} ${sign.number}`}>
              <Lamp sign={sign} now={now} />
              <div>
                <strong>{patternName(sign.pattern, sign.number)}</strong>
                <p>{meaning(sign.pattern, sign.number)}</p>
                <p class="faint">
                  {colorName(lampsOf(sign.pattern))}, {rhythmWords(sign.pattern, sign.number)}
                </p>
              </div>
            </li>
          ))}
        </ul>
      </section>
    </section>
  );
}

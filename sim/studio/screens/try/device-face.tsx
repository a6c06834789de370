/** The face of the device: its lamps as they blink, its button, what it says, and its buzzer where the reader wants to hear it. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { phaseName } from '../../../../src/phases.ts';
import { LAMP_BLUE, LAMP_BUZZER, LAMP_GREEN, LAMP_RED, lampsAt } from '../../../../src/wearer/patterns.ts';
import { clock } from '../../../report/figures.ts';
import type { Face } from '../../engine/messages.ts';
import { colorName, lampsOf, meaning, patternName, rhythmWords } from '../../lamps-in-words.ts';
import { Buzzer } from './buzzer.ts';
import { face, secret } from './model.ts';
import { buttonDown, presses } from './run-actions.ts';

const LEDS: readonly (readonly [bit: number, name: string])[] = [
  [LAMP_RED, 'red'],
  [LAMP_GREEN, 'green'],
  [LAMP_BLUE, 'blue'],
];
/** Half a slot of the patterns, ms: none is missed. */
const LOOK_MS = 60;

/** Lamp bits lit now. Patterns blink in the reader's time, whatever the pace of the run: so they are seen on the device. */
function useLit(shown: Face | null, sound: boolean): number {
  const [lit, setLit] = useState(0);
  const buzzer = useRef<Buzzer | null>(null);
  const pattern = shown?.pattern ?? -1;
  const number = shown?.number ?? 0;
  useEffect(() => {
    const look = (): void => {
      const bits = pattern < 0 ? 0 : lampsAt(pattern, number, performance.now());
      setLit(bits);
      buzzer.current?.sound((bits & LAMP_BUZZER) !== 0);
    };
    look();
    const timer = setInterval(look, LOOK_MS);
    return () => clearInterval(timer);
  }, [pattern, number]);
  useEffect(() => {
    buzzer.current = sound ? new Buzzer() : null;
    return () => buzzer.current?.end();
  }, [sound]);
  return lit;
}

function Lamps({ lit }: { readonly lit: number }) {
  return (
    <span class="leds" aria-hidden="true">
      {LEDS.map(([bit, name]) => (
        <i key={name} class={(lit & bit) === 0 ? `led ${name}` : `led ${name} on`} />
      ))}
    </span>
  );
}

/** A finger on the button is a finger on the device: as long as it is down here, it is down there. */
function TrainingButton() {
  const down = useRef(false);
  const change = (to: boolean): void => {
    if (down.current === to) return;
    down.current = to;
    buttonDown(to);
  };
  const isPress = (event: KeyboardEvent): boolean => event.key === ' ' || event.key === 'Enter';
  return (
    <button
      type="button"
      class="training"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        change(true);
      }}
      onPointerUp={() => change(false)}
      onPointerCancel={() => change(false)}
      onBlur={() => change(false)}
      onKeyDown={(event) => {
        if (!isPress(event)) return;
        event.preventDefault();
        change(true);
      }}
      onKeyUp={(event) => {
        if (isPress(event)) change(false);
      }}
    >
      Button
    </button>
  );
}

const GESTURES: readonly (readonly [label: string, presses: readonly (readonly [number, number])[]])[] = [
  ['Press', [[0, 200]]],
  [
    'Twice',
    [
      [0, 200],
      [250, 200],
    ],
  ],
  ['Hold 2 s', [[0, 2200]]],
  ['Hold 5 s', [[0, 5200]]],
];

function Says({ shown }: { readonly shown: Face }) {
  const left =
    shown.step >= 0 ? `step ${shown.step + 1} of ${shown.steps}, ${clock(shown.leftMs / 1000)} left` : '';
  return (
    <dl class="says">
      <div>
        <dt>Lamps</dt>
        <dd>
          {colorName(lampsOf(shown.pattern))}, {rhythmWords(shown.pattern, shown.number)}
        </dd>
      </div>
      <div>
        <dt>Phase</dt>
        <dd>
          {phaseName(shown.phase)}
          {left === '' ? '' : `, ${left}`}
        </dd>
      </div>
      <div>
        <dt>Cuff</dt>
        <dd>
          <strong>{Math.max(0, shown.trueMmHg).toFixed(0)}</strong> mmHg
          {shown.setpoint >= 0 ? `, asked for ${shown.setpoint.toFixed(0)}` : ', vented'}
        </dd>
      </div>
    </dl>
  );
}

export function DeviceFace() {
  const shown = face.value;
  const [sound, setSound] = useState(false);
  const lit = useLit(shown, sound);
  return (
    <section class="card device" aria-label="The device">
      <div class="device-body">
        <Lamps lit={lit} />
        <TrainingButton />
      </div>
      <fieldset class="chips" aria-label="Presses of the button">
        {GESTURES.map(([label, list]) => (
          <button key={label} type="button" onClick={() => presses(list)}>
            {label}
          </button>
        ))}
        <button type="button" aria-pressed={sound} onClick={() => setSound(!sound)}>
          Sound
        </button>
      </fieldset>
      {shown === null ? null : (
        <>
          <p class="meaning">{meaning(shown.pattern, shown.number)}</p>
          <Says shown={shown} />
          <Trouble shown={shown} />
        </>
      )}
      <p class="hidden" role="status">
        {shown === null
          ? ''
          : `${patternName(shown.pattern, shown.number)}. ${secret.value ? '' : shown.tripText}`}
      </p>
    </section>
  );
}

function Trouble({ shown }: { readonly shown: Face }) {
  if (shown.trip !== 0) {
    return (
      <div class="trouble">
        <strong>{secret.value ? 'A rule has tripped' : `Trip: ${shown.tripName}`}</strong>
        <p>{secret.value ? 'Which one is told when you have said what is wrong.' : shown.tripText}</p>
      </div>
    );
  }
  if (shown.inhibits.length === 0) return null;
  return (
    <div class="trouble mild">
      <strong>It does not start now</strong>
      <ul>
        {shown.inhibits.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  );
}

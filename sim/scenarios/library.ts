/** The scenarios that come with the simulator. Times are seconds since power-up; the wearer presses start at about 8 s. */
import type { Scenario } from './scenario.ts';

const RUNNER: Scenario = {
  name: 'run',
  title: 'Running 5 × 3 min, cuff released in the rests',
  about: 'The default session of a runner: 50 % LOP, 1 min rest with the cuff released.',
  plant: 'nominal-thigh',
  sensor: 'mprls',
  protocol: 'run-5x3',
  settings: {},
  work: 'run',
  rest: 'stand',
  faults: [],
  events: [],
  presses: [],
  sessions: 10,
  expect: {
    trip: 'none',
    phases: ['fill', 'work', 'released', 'deflate', 'done'],
    moving10: 0.95,
    // one device: 87.7 to 88.6 where nothing but the time of a tick differs, by a hundredth (docs/lab/tick-cost.md)
    moving10OnBoard: 0.87,
    peakShareOfLop: 1,
    emptyWithinS: 10,
  },
};

const LEG_PRESS: Scenario = {
  ...RUNNER,
  name: 'leg-press',
  title: 'Leg press 30-15-15-15, cuff on in the rests',
  about:
    'The hardest wave to hold: 60 % LOP, sets of 30 and 3 × 15 repetitions, 30 s rests with the cuff on.',
  protocol: 'lift-30-15',
  work: 'legpress',
  rest: 'rest',
  expect: {
    trip: 'none',
    phases: ['fill', 'work', 'rest', 'deflate', 'done'],
    moving10: 0.85,
    still5: 0.97,
    peakShareOfLop: 1,
    emptyWithinS: 10,
  },
};

/** A fault in the second running interval, and what has to come of it. */
function fault(
  name: string,
  title: string,
  about: string,
  faults: string[],
  expect: Scenario['expect'],
): Scenario {
  return { ...RUNNER, name, title, about, faults, expect: { peakShareOfLop: 1, ...expect } };
}

export const SCENARIOS: readonly Scenario[] = [
  RUNNER,
  {
    ...RUNNER,
    name: 'run-cuff-on',
    title: 'Running 5 × 3 min, cuff on in the rests',
    about: 'The same with the pressure kept in the rests: 19 of 20 allowed minutes.',
    protocol: 'run-5x3-on',
    expect: {
      trip: 'none',
      phases: ['fill', 'work', 'rest', 'deflate', 'done'],
      moving10: 0.95,
      still5: 0.99,
      peakShareOfLop: 1,
      emptyWithinS: 10,
    },
  },
  {
    ...RUNNER,
    name: 'intro',
    title: 'First-time wearer: the introduction',
    about:
      'No session logged yet, so the device gives the introduction, whatever the settings say: 3 × 2 min at 40 % LOP.',
    sessions: 0,
  },
  LEG_PRESS,
  {
    ...RUNNER,
    name: 'walk',
    title: 'Walking 5 × 2 min',
    about: 'Walking at 50 % LOP, cuff released in the 1 min rests.',
    protocol: 'walk-5x2',
    work: 'walk',
    expect: {
      trip: 'none',
      phases: ['fill', 'work', 'released', 'done'],
      moving10: 0.97,
      peakShareOfLop: 1,
      emptyWithinS: 10,
    },
  },
  {
    ...RUNNER,
    name: 'bumps',
    title: 'Coughs, bumps and a slipping strap while running',
    about:
      'Things that happen and must not stop a session: three blows, coughs, standing up, a strap that gives 5 %.',
    events: [
      { kind: 'bump', atMs: 70_000, size: 80 },
      { kind: 'bump', atMs: 130_000, size: 110 },
      { kind: 'cough', atMs: 160_000 },
      { kind: 'strap-slip', atMs: 300_000, size: 0.05 },
      { kind: 'bump', atMs: 360_000, size: 60 },
      { kind: 'stand-up', atMs: 500_000, size: 20 },
      { kind: 'cough', atMs: 620_000 },
    ],
    expect: { trip: 'none', phases: ['done'], moving10: 0.9, emptyWithinS: 10 },
  },
  {
    ...RUNNER,
    name: 'stop',
    title: 'A press in mid-run',
    about:
      'The wearer presses the training button 100 s into the session: vented at once, and paused until a press goes on.',
    presses: [
      { button: 1, atS: 100 },
      { button: 1, atS: 130 },
    ],
    expect: { trip: 'none', phases: ['work', 'paused', 'done'], peakShareOfLop: 1, emptyWithinS: 10 },
  },
  fault(
    'slow-leak',
    'A slow leak',
    'A leak of 200 mmHg/min opens in the first interval; the regulator tops up.',
    ['leak@60:200'],
    {
      trip: ['leak', 'air-unaccounted'],
      tripWithinS: 120,
      emptyWithinS: 10,
    },
  ),
  fault(
    'leak',
    'A leak as large as the pump',
    'The cuff tears in the first interval: air is lost as fast as the pump brings it. The pump still holds seven eighths of the setpoint, as a weak one does in a run: what tells them apart is the air book, which fills up within seconds.',
    ['leak@60:3000'],
    {
      trip: ['leak', 'no-rise', 'air-unaccounted'],
      tripWithinS: 15,
      emptyWithinS: 10,
    },
  ),
  fault('hose-off', 'The hose comes off', 'The hose jumps off the cuff in mid-run.', ['hose-off@90'], {
    trip: ['pressure-vanished', 'hose-blocked', 'leak', 'no-rise'],
    tripWithinS: 15,
    emptyWithinS: 10,
  }),
  fault(
    'kink',
    'A kinked hose',
    'The hose is kinked between cuff and valve: a vent cannot empty the cuff quickly, the wearer must open it.',
    ['kink@90:400'],
    { trip: ['hose-blocked', 'not-venting', 'valve-without-effect'], staysUp: true },
  ),
  fault(
    'sensor-lost',
    'The sensor falls silent',
    'The sensor stops answering in mid-run.',
    ['sensor-nak@90'],
    { trip: ['sensor-lost'], tripWithinS: 1, emptyWithinS: 10 },
  ),
  fault(
    'sensor-frozen',
    'The sensor freezes',
    'The sensor repeats its last reading for ever.',
    ['sensor-frozen@90'],
    { trip: ['sensor-frozen'], tripWithinS: 2, emptyWithinS: 10 },
  ),
  fault(
    'sensor-blind',
    'The sense line is pinched',
    'The line to the sensor is pinched in mid-run: the part lives on, with its own noise, and does not see the cuff any more.',
    ['sense-line@90'],
    {
      trip: ['sensor-flat', 'air-unaccounted', 'valve-without-effect'],
      tripWithinS: 15,
      peakShareOfLop: 1.1,
    },
  ),
  fault(
    'sensor-drift',
    'The sensor drifts down',
    'The reading falls by 0.5 mmHg each second, so a trusting regulator pumps the true pressure up.',
    ['sensor-drift@60:-0.5'],
    {
      trip: ['leak', 'sensor-zero', 'air-unaccounted'],
      tripWithinS: 120,
      emptyWithinS: 10,
    },
  ),
  fault(
    'valve-stuck-open',
    'The valve sticks open',
    'The valve stays open from the first interval on.',
    ['valve-stuck-open@90'],
    {
      trip: ['leak', 'no-rise', 'pressure-vanished', 'air-unaccounted'],
      tripWithinS: 15,
      emptyWithinS: 10,
    },
  ),
  fault(
    'valve-stuck-shut',
    'The valve sticks shut',
    'No vent empties the cuff: only the wearer can. The device has to say so.',
    ['valve-stuck-shut@90'],
    { trip: ['valve-without-effect', 'not-venting', 'deviation'], staysUp: true },
  ),
  fault(
    'pump-stuck-on',
    'The pump does not stop',
    'The pump runs on whatever it is told.',
    ['pump-stuck-on@90'],
    { trip: ['valve-without-effect', 'deviation', 'pump-live', 'not-venting', 'over-lop'], staysUp: true },
  ),
  fault('pump-dead', 'The pump dies', 'The pump stops for good before the second fill.', ['pump-dead@220'], {
    trip: ['no-rise', 'pump-dead', 'leak', 'fill-unanswered'],
    tripWithinS: 60,
    emptyWithinS: 10,
  }),
  fault(
    'pump-hot',
    'The pump cuts out by its heat',
    'From before the second fill on the pump stops after each 4 s and rests as long: the fill comes in steps.',
    ['pump-hot@220:4'],
    { trip: ['fill-unanswered', 'no-rise', 'air-unaccounted'], tripWithinS: 90, emptyWithinS: 10 },
  ),
  fault(
    'valve-drops',
    'The valve drops out of its hold',
    'Behind a hit-and-hold circuit: from the first interval on what is left after the hit does not hold the valve.',
    ['valve-hold@90:0.25'],
    {
      trip: ['air-unaccounted', 'leak', 'no-rise', 'pressure-vanished', 'fill-unanswered'],
      tripWithinS: 15,
      emptyWithinS: 10,
    },
  ),
  fault(
    'battery',
    'The battery gives up',
    'The supply sags to 62 % in mid-run: the session ends vented.',
    ['battery-sag@90:0.62'],
    { trip: ['battery'], tripWithinS: 10, emptyWithinS: 10 },
  ),
];

/** The scenario of that name, undefined where there is none. */
export function scenarioNamed(name: string): Scenario | undefined {
  return SCENARIOS.find((scenario) => scenario.name === name);
}

export function scenarioNames(): string[] {
  return SCENARIOS.map((scenario) => scenario.name);
}

/** The wiring of a build, drawn from the board's own object: a pin that moves there moves here. */
import { type BoardObject, boardObject } from '../../tools/build/board-object.ts';
import { H_PINS } from '../board/electronics.ts';
import { box, line, picture, words } from './drawing.ts';

const LEFT = 20;
const LEFT_W = 330;
const BOARD = { x: 410, w: 250 };
const RIGHT = 720;
const RIGHT_W = 275;
const ROW = 108;
const BOX = 92;
const DIVIDER = '220 kΩ over 39 kΩ and 100 nF';

interface Row {
  readonly title: string;
  readonly lines: readonly string[];
  readonly pin: string;
  readonly kind: 'w' | 'p';
}

/** Its drivers are on the board, at named terminals. */
function hasTerminals(b: BoardObject): boolean {
  return b.railOutput !== undefined;
}

/** Its drivers have no enable: gates in front of each MOSFET stand for it. */
function hasGates(b: BoardObject): boolean {
  return b.deadMan !== undefined && b.sense?.pump === undefined;
}

/** A pin with the name of its terminal, where it has one. */
function terminal(b: BoardObject, pin: string): string {
  const h = hasTerminals(b) ? H_PINS.findIndex((index) => `D${index}` === pin) : -1;
  return h < 0 ? pin : `H${h} (${pin})`;
}

function driverLines(b: BoardObject, which: 'pump' | 'valve'): string[] {
  const { output, enable } = b[which];
  const fault = b.faults === undefined ? '' : `, fault ${b.faults[which]}`;
  if (hasTerminals(b)) return [`to ${terminal(b, output.pin)} and GND`, `driver enable ${enable}${fault}`];
  if (hasGates(b))
    return [
      `${enable} AND Q; that AND ${output.pin}: gate of its MOSFET`,
      `4.7 kΩ to GND at ${enable}, 10 kΩ at the MOSFET’s gate`,
      'load to battery + and drain, 1N5819 across the load, ring to battery +',
    ];
  const sense = b.sense?.[which];
  return [
    `own driver: input ${output.pin}, ${enable} AND Q to SLEEP${fault}`,
    '4.7 kΩ to GND at the 74HC08’s input and at SLEEP',
    sense === undefined ? 'terminal is not read' : `terminal to ${sense}: ${DIVIDER}`,
  ];
}

function driverRow(b: BoardObject, which: 'pump' | 'valve', title: string): Row {
  const { output, enable } = b[which];
  const pin = hasTerminals(b) ? terminal(b, output.pin) : `${output.pin}, ${enable}`;
  return { title, lines: driverLines(b, which), pin, kind: hasTerminals(b) ? 'p' : 'w' };
}

function batteryRow(b: BoardObject): Row {
  if (hasTerminals(b))
    return {
      title: 'Battery',
      lines: ['4 AA NiMH, 2 A fuse in +', '470 µF 16 V at the terminals'],
      pin: '+  and  GND',
      kind: 'p',
    };
  const rail = b.sense === undefined ? [] : [`rail to ${b.sense.rail}: ${DIVIDER}`];
  return {
    title: 'Battery',
    lines: ['4 AA NiMH, 2 A fuse in +, to the drivers', '470 µF 16 V there; common GND', ...rail],
    pin: b.sense?.rail ?? 'GND',
    kind: 'w',
  };
}

function lastLeft(b: BoardObject): Row {
  if (b.railOutput !== undefined)
    return {
      title: 'Nothing',
      lines: ['stays free: it shows', 'the motor rail'],
      pin: terminal(b, b.railOutput),
      kind: 'w',
    };
  if (b.deadMan === undefined)
    return { title: 'No dead-man', lines: ['for the bench only'], pin: '', kind: 'w' };
  return {
    title: 'Dead-man: 74HC123 and 74HC08',
    lines: [
      `both at 3.3 V; ${b.deadMan} to B (2), 10 kΩ there to GND`,
      `A (1) GND, CLR (3) 3.3 V, Q (13) to ${hasGates(b) ? 'two of four' : 'two'} gates`,
      '180 kΩ 3.3 V to 15; 4.7 µF, + at 15, − at 14: 0.4 s',
    ],
    pin: b.deadMan,
    kind: 'w',
  };
}

function sensorRow(b: BoardObject): Row {
  const { sda, scl } = b.bus;
  const jolt = hasTerminals(b);
  return {
    title: 'Pressure sensor (MPRLS)',
    lines: [
      `${jolt ? 'Qwiic Q0: ' : ''}SDA ${sda}, SCL ${scl}`,
      jolt ? '3.3 V and GND by the same cable' : '3.3 V and GND of the board',
      ...(jolt ? [] : ['pull-ups 4.7 kΩ, if the breakout has none']),
    ],
    pin: jolt ? `Q0: ${sda}, ${scl}` : `${sda}, ${scl}`,
    kind: 'w',
  };
}

function rightRows(b: BoardObject): Row[] {
  const [first = { pin: '' }, training = { pin: '' }, third] = b.buttons;
  const stop = third ?? first;
  const pad = (pin: string): string => (hasTerminals(b) ? `pad ${pin}` : pin);
  return [
    sensorRow(b),
    { title: 'Training button', lines: ['to GND, closes when pushed'], pin: pad(training.pin), kind: 'w' },
    {
      title: 'STOP',
      lines:
        third === undefined
          ? ['to GND, closes when pushed']
          : ['to GND; opens when pushed, with', 'the setting stop 1'],
      pin: pad(stop.pin),
      kind: 'w',
    },
    {
      title: 'Buzzer or vibration motor',
      lines: [
        '+ to 3.3 V, − to a MOSFET’s drain;',
        '100 Ω to its gate, 10 kΩ gate to GND;',
        'a motor: 1N5819 across it, ring to +',
      ],
      pin: pad(b.buzzer),
      kind: 'w',
    },
  ];
}

function side(rows: readonly Row[], x: number, w: number, right: boolean): string[] {
  return rows.flatMap((row, i) => {
    const y = 70 + ROW * i;
    const [from, to] = right ? [BOARD.x + BOARD.w, x] : [x + w, BOARD.x];
    return [
      ...(row.pin === ''
        ? []
        : [
            line(row.kind, [
              [from, y + 40],
              [to, y + 40],
            ]),
          ]),
      box(x, y, w, BOX, row.title, row.lines),
      right ? words(BOARD.x + BOARD.w - 8, y + 44, row.pin, true, true) : words(BOARD.x + 8, y + 44, row.pin),
    ];
  });
}

/** Picture of the wiring of the build on `board`. */
export function wiringSvg(board: string): string {
  const b = boardObject(board);
  const height = 70 + ROW * 4 + 120;
  const own = hasTerminals(b);
  const lamps = `${own ? 'Lamps on the board' : 'Lamps'}: red ${b.lamps.red}, green ${b.lamps.green},`;
  const strap = b.bench === undefined ? 'No bench strap.' : `Bench: ${own ? 'pad ' : ''}${b.bench} to GND.`;
  const parts = [
    words(
      LEFT,
      30,
      `Wiring: ${b.facts.title}. ${own ? 'Thick: battery current, leads of 0.5 mm² and more. Thin: signals.' : 'Signals; battery, pump and valve at the drivers with leads of 0.5 mm² and more.'}`,
      false,
    ),
    `<rect x="${BOARD.x}" y="50" width="${BOARD.w}" height="${height - 120}" rx="10" class="b"/>`,
    words(BOARD.x + 96, 76, b.name, false),
    ...side(
      [
        batteryRow(b),
        driverRow(b, 'pump', 'Pump'),
        driverRow(b, 'valve', 'Valve, normally open'),
        lastLeft(b),
      ],
      LEFT,
      LEFT_W,
      false,
    ),
    ...side(rightRows(b), RIGHT, RIGHT_W, true),
    words(BOARD.x + 8, height - 104, lamps),
    words(BOARD.x + 8, height - 86, `blue ${b.lamps.blue}. ${strap}`),
    words(
      LEFT,
      height - 16,
      `Pump and valve are on different drivers. ${own ? 'Cut the jumper “USB Pwr” before cells are on the terminals.' : `Drivers: ${b.facts.drivers}.`}`,
      false,
    ),
  ];
  return picture(1015, height, `Wiring of the ${b.name} build`, parts);
}

/** The wiring of a build, drawn from the board's own object: a pin that moves there moves here. */
import { H_PINS } from '../board/electronics.ts';
import { type BoardPins, boardPins } from './board-object.ts';
import { box, line, picture, words } from './drawing.ts';

const LEFT = 20;
const BOARD = { x: 330, w: 260 };
const RIGHT = 700;
const ROW = 92;

/** A pin with the name of its terminal, where it has one. */
function terminal(pin: string): string {
  const h = H_PINS.findIndex((index) => `D${index}` === pin);
  return h < 0 ? pin : `H${h} (${pin})`;
}

interface Row {
  readonly title: string;
  readonly lines: readonly string[];
  readonly pin: string;
  readonly kind: 'w' | 'p';
}

function leftRows(b: BoardPins): Row[] {
  return [
    {
      title: 'Battery',
      lines: ['4 AA NiMH, 2 A fuse in +', '470 µF 16 V at the terminals'],
      pin: '+  and  GND',
      kind: 'p',
    },
    {
      title: 'Pump',
      lines: [
        `to ${terminal(b.pump.output.pin)} and GND`,
        `driver enable ${b.pump.enable}, fault ${b.faults.pump}`,
      ],
      pin: terminal(b.pump.output.pin),
      kind: 'p',
    },
    {
      title: 'Valve, normally open',
      lines: [
        `to ${terminal(b.valve.output.pin)} and GND`,
        `driver enable ${b.valve.enable}, fault ${b.faults.valve}`,
      ],
      pin: terminal(b.valve.output.pin),
      kind: 'p',
    },
    {
      title: 'Nothing',
      lines: ['stays free: it shows', 'the motor rail'],
      pin: terminal(b.railOutput),
      kind: 'w',
    },
  ];
}

function rightRows(b: BoardPins): Row[] {
  const [, training = { pin: '' }, stop = { pin: '' }] = b.buttons;
  return [
    {
      title: 'Pressure sensor (MPRLS)',
      lines: [`Qwiic Q0: SDA ${b.bus.sda}, SCL ${b.bus.scl}`, '3.3 V and GND by the same cable'],
      pin: `Q0: ${b.bus.sda}, ${b.bus.scl}`,
      kind: 'w',
    },
    { title: 'Training button', lines: ['to GND, closes when pushed'], pin: training.pin, kind: 'w' },
    {
      title: 'STOP',
      lines: ['to GND; opens when pushed, with', 'the setting stop 1'],
      pin: stop.pin,
      kind: 'w',
    },
    {
      title: 'Buzzer or vibration motor',
      lines: ['N-MOSFET: 100 Ω to the gate,', '10 kΩ gate to GND'],
      pin: b.buzzer,
      kind: 'w',
    },
  ];
}

/** Picture of the wiring of the build on `board`. */
export function wiringSvg(board: string): string {
  const b = boardPins(board);
  const left = leftRows(b);
  const right = rightRows(b);
  const y = (i: number): number => 70 + ROW * i;
  const height = y(4) + 100;
  const parts = [
    words(
      LEFT,
      30,
      `Wiring: ${b.name}. Thick: battery current, leads of 0.5 mm² and more. Thin: signals.`,
      false,
    ),
    `<rect x="${BOARD.x}" y="50" width="${BOARD.w}" height="${height - 110}" rx="10" class="b"/>`,
    words(BOARD.x + 96, 76, b.name, false),
    ...left.flatMap((row, i) => [
      line(row.kind, [
        [LEFT + 230, y(i) + 36],
        [BOARD.x, y(i) + 36],
      ]),
      box(LEFT, y(i), 230, 76, row.title, row.lines),
      words(BOARD.x + 8, y(i) + 40, row.pin),
    ]),
    ...right.flatMap((row, i) => [
      line(row.kind, [
        [BOARD.x + BOARD.w, y(i) + 36],
        [RIGHT, y(i) + 36],
      ]),
      box(RIGHT, y(i), 250, 76, row.title, row.lines),
      words(BOARD.x + BOARD.w - 8, y(i) + 40, row.pin, true, true),
    ]),
    words(BOARD.x + 8, height - 94, `Lamps on the board: red ${b.lamps.red}, green ${b.lamps.green},`),
    words(BOARD.x + 8, height - 76, `blue ${b.lamps.blue}. Bench strap: ${b.bench} to GND.`),
    words(
      LEFT,
      height - 16,
      'Pump and valve are on different drivers. Cut the jumper “USB Pwr” before cells are on the terminals.',
      false,
    ),
  ];
  return picture(970, height, `Wiring of the ${b.name} build`, parts);
}

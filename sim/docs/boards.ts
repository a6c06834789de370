/**
 * docs/boards.md: what each board has and lacks, what each sensor sees, and how the two are wired. Made from the boards' and the drivers'
 * own objects, so that it cannot disagree with them. It must not promise what no test shows.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deadMan } from '../../tools/build/board-checks.ts';
import { type BoardObject, boardObject } from '../../tools/build/board-object.ts';
import { choices, ROOT } from '../../tools/build/project.ts';
import { LEAST_RANGE_MMHG, sensorTraits } from '../../tools/build/sensor-range.ts';
import { SENSORS, type Wiring } from '../plant/sensor-params.ts';
import { SENSORS_BY_NAME } from '../setup/resolve.ts';
import { boardResults } from './board-results.ts';

/** The part that a driver is for: the first words of its file. */
function partName(sensor: string): string {
  const text = readFileSync(join(ROOT, 'hal/sensors', `${sensor}.ts`), 'utf8');
  const name = /^\/\*\*\s+\* ([^:,]+)[:,]/.exec(text)?.[1];
  if (name === undefined)
    throw new Error(`hal/sensors/${sensor}.ts does not begin with the name of its part`);
  return name;
}

function wiringOf(sensor: string): Wiring {
  const kind = SENSORS_BY_NAME[sensor];
  if (kind === undefined) throw new Error(`${sensor}: sim/setup/spec.ts names no part that plays it`);
  return SENSORS[kind].wiring;
}

function wired(board: BoardObject, sensor: string): string {
  const wiring = wiringOf(sensor);
  try {
    sensorTraits(sensor, ROOT, board.name);
  } catch {
    return '**no pins for it**';
  }
  if (wiring.how === 'none') throw new Error(`${sensor}: its part cannot be wired to the virtual board`);
  if (wiring.how === 'analog') return `voltage at ${board.sensor.analog}`;
  if (wiring.how === 'clocked') return `data ${board.sensor.data}, clock ${board.sensor.clock}`;
  return `SDA ${board.bus.sda}, SCL ${board.bus.scl}, address 0x${wiring.address.toString(16)}`;
}

function sensorRow(sensor: string): string {
  const t = sensorTraits(sensor);
  const zero = t.zeroMinMmHg > 100 ? `${t.zeroMinMmHg} to ${t.zeroMaxMmHg}, absolute` : `± ${t.zeroMaxMmHg}`;
  const frozen = t.frozenMs === 0 ? 'not told' : `equal readings for ${t.frozenMs / 1000} s`;
  return `| \`${sensor}\` | ${partName(sensor)} | ${t.maxMmHg} | ${zero} | ${t.noiseMilliMmHg / 1000} | ${t.ageMs} | ${frozen} |`;
}

type Cell = (board: BoardObject) => string;

function readBack({ sense }: BoardObject): string {
  if (sense === undefined) return '**nothing**';
  const terminals = sense.pump === undefined ? '' : `pump ${sense.pump}, valve ${sense.valve}, `;
  return `${terminals}rail ${sense.rail}`;
}

function buttons(b: BoardObject): string {
  const names = b.buttons.length === 2 ? ['STOP', 'training'] : ['service', 'training', 'STOP'];
  return b.buttons.map(({ pin }, i) => `${names[i]} ${pin}`).join(', ');
}

/** What is said of each board, in this order. */
const ROWS: readonly (readonly [string, Cell])[] = [
  ['what', (b) => b.facts.title],
  ["Espruino's name", (b) => b.facts.espruino],
  ['control period', (b) => `${b.facts.periodMs} ms`],
  ['drivers', (b) => b.facts.drivers],
  ['pump: output, enable', (b) => `${b.pump.output.pin}, ${b.pump.enable}`],
  ['valve: output, enable', (b) => `${b.valve.output.pin}, ${b.valve.enable}`],
  ['lease', (b) => b.facts.lease],
  ['watchdog', (b) => b.facts.watchdog],
  ['feeds the dead-man', (b) => b.deadMan ?? '–'],
  ['pull-down at an enable', (b) => `${b.facts.pullDownKohm} kΩ at most`],
  ['read back', readBack],
  ['fault pins', (b) => (b.faults === undefined ? '–' : `${b.faults.pump}, ${b.faults.valve}`)],
  ['lamps', (b) => `${b.lamps.red}, ${b.lamps.green}, ${b.lamps.blue}`],
  ['buzzer', (b) => b.buzzer],
  ['buttons', buttons],
  ['bench strap', (b) => b.bench ?? '–'],
  ['Bluetooth', (b) => (b.facts.radio ? 'yes' : '**no**')],
  ['variables', (b) => b.facts.variables.toLocaleString('en-US')],
  ['Storage', (b) => `${b.facts.storageKb} kB`],
  ['stack', (b) => b.facts.stack],
];

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function lacks(b: BoardObject): string {
  return `- \`${b.name}\`: ${b.facts.lacks.length === 0 ? 'nothing' : b.facts.lacks.join('; ')}.`;
}

export function boardsDoc(): string {
  const boards = choices('boards').map((name) => boardObject(name));
  const sensors = choices('sensors');
  const names = boards.map((b) => `\`${b.name}\``);
  const rule = line(['---', ...boards.map(() => '---')]);
  return `# Boards and sensors

Made by \`npm run docs\` from \`hal/boards\` and \`hal/sensors\`; do not edit. What to buy: [build.md](build.md).

\`npm run build -- --board pico2 --sensor mprls\` makes an image, \`npm run sim -- --board pico2 --sensor mprls\` runs it on a virtual board.

## Sensors

| \`--sensor\` | part | sees to, mmHg | open cuff reads, mmHg | noise, mmHg | age of a sample, ms | frozen is |
|---|---|---|---|---|---|---|
${sensors.map(sensorRow).join('\n')}

The build refuses a sensor that sees less than ${LEAST_RANGE_MMHG} mmHg. "Not told": the part's steps are so coarse that equal readings prove nothing.
\`hx710b\` is for holding only: a measurement of LOP is refused on it (answer "the sensor is too noisy or too slow"), and each module has to be measured
and its number put into the driver.

## Boards

${line(['`--board`', ...names])}
${rule}
${ROWS.map(([title, cell]) => line([title, ...boards.map(cell)])).join('\n')}

What cuts pump and valve when the program stands still:

${boards.map((b) => `- \`${b.name}\`: ${deadMan(b.name) || '**nothing that was shown to: `--dev` images only, for the bench**'}`).join('\n')}

The build refuses an image to wear for a board that has nothing of the kind, and a release leaves it out.

What a board has not. The build says it, and so does the console of service mode and of a \`--dev\` image:

${boards.map(lacks).join('\n')}

## Board and sensor

${line(['sensor', ...names])}
${rule}
${sensors.map((s) => line([`\`${s}\``, ...boards.map((b) => wired(b, s))])).join('\n')}

The firmware for each pair of a board to wear starts on that virtual board, fills, holds, stops, and vents in time with what breaks in sensor and bus,
with the reference sensor also in chip and board (\`test/board/every-board.test.ts\`). The images of the reference board play the whole default session with
most sensors (\`test/board/every-sensor.test.ts\`).

${boardResults()}`;
}

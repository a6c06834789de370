/**
 * docs/boards.md: what each board has and lacks, what each sensor sees, and how the two are wired. Made from the boards' and the drivers'
 * own objects, so that it cannot disagree with them. It must not promise what no test shows.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { choices, deadMan, espruinoName, ROOT } from '../../tools/build/project.ts';
import { LEAST_RANGE_MMHG, sensorTraits } from '../../tools/build/sensor-range.ts';
import { SENSORS, type Wiring } from '../plant/sensor-params.ts';
import { SENSORS_BY_NAME } from '../setup/resolve.ts';
import { type BoardPins, boardPins } from './board-object.ts';

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

function wired(board: BoardPins, sensor: string): string {
  const wiring = wiringOf(sensor);
  if (wiring.how === 'none') throw new Error(`${sensor}: its part cannot be wired to the virtual board`);
  if (wiring.how === 'analog') return `voltage at ${board.sensor.analog}`;
  return `SDA ${board.bus.sda}, SCL ${board.bus.scl}, address 0x${wiring.address.toString(16)}`;
}

function sensorRow(sensor: string): string {
  const t = sensorTraits(sensor);
  const zero = t.zeroMinMmHg > 100 ? `${t.zeroMinMmHg} to ${t.zeroMaxMmHg}, absolute` : `± ${t.zeroMaxMmHg}`;
  const frozen = t.frozenConversions === 0 ? 'not told' : `${t.frozenConversions} equal readings`;
  return `| \`${sensor}\` | ${partName(sensor)} | ${t.maxMmHg} | ${zero} | ${t.noiseMilliMmHg / 1000} | ${t.ageMs} | ${frozen} |`;
}

function boardRow(board: BoardPins): string {
  const { sense } = board;
  const back =
    sense === undefined ? '**none**' : `pump ${sense.pump}, valve ${sense.valve}, rail ${sense.rail}`;
  return `| \`${board.name}\` | ${espruinoName(board.name)} | ${board.pump.enable}, ${board.valve.enable} | ${back} | ${board.faults.pump}, ${board.faults.valve} | ${board.buzzer} |`;
}

export function boardsDoc(): string {
  const boards = choices('boards').map((name) => boardPins(name));
  const sensors = choices('sensors');
  const head = boards.map((b) => `\`${b.name}\``).join(' | ');
  return `# Boards and sensors

Made by \`npm run docs\` from \`hal/boards\` and \`hal/sensors\`; do not edit. What to buy: [build.md](build.md).

## Sensors

| \`--sensor\` | part | sees to, mmHg | open cuff reads, mmHg | noise, mmHg | age of a sample, ms | frozen is |
|---|---|---|---|---|---|---|
${sensors.map(sensorRow).join('\n')}

The build refuses a sensor that sees less than ${LEAST_RANGE_MMHG} mmHg. "Not told": the part's steps are so coarse that equal readings prove nothing.

## Boards

| \`--board\` | Espruino's name | enable of pump, of valve | read back | fault pins | buzzer |
|---|---|---|---|---|---|
${boards.map(boardRow).join('\n')}

What cuts pump and valve when the program stands still:

${boards.map((b) => `- \`${b.name}\`: ${deadMan(b.name) || '**nothing: `--dev` images only, for the bench**'}`).join('\n')}

The build refuses an image to wear for a board that has nothing of the kind, and a release leaves it out.

## Board and sensor

| sensor | ${head} |
|---|${boards.map(() => '---').join('|')}|
${sensors.map((s) => `| \`${s}\` | ${boards.map((b) => wired(b, s)).join(' | ')} |`).join('\n')}

Each pair is built, and its image plays the whole default session on the virtual board, with the part's noise and the time that ticks
take (\`test/board/every-sensor.test.ts\`). To see one: \`npm run sim -- --sensor NAME\`. None of it was worn.
`;
}

/**
 * `npm run lop -- recording FILE...`: recordings of real cuffs through the firmware's estimator, against the systolic pressure that was
 * noted with them. On an arm under a fitting cuff the occlusion pressure lies near the systolic one; it is no Doppler reading.
 */
import { basename } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { refusalText } from '../src/occlusion/reasons.ts';
import { uncertaintyMmHg } from '../src/occlusion/uncertainty.ts';
import { BadInput } from './input/bad-input.ts';
import { ROWS_BYTES, textOfBytes } from './input/bytes-text.ts';
import { bytesOfFile } from './input/file-text.ts';
import { decimal, wholeNumber } from './input/number-words.ts';
import { estimateBleed, readBleed } from './recording.ts';

interface Given {
  time: number;
  pressure: number;
  offset: number;
  scale: number;
  after: number;
  systolic?: number | 'name';
}

/** Window of a cut, s, and where the cuts end, mmHg. */
const WINDOW_S = 2.5;
const DOWN_TO_MMHG = 30;

function column(text: string): number {
  const n = wholeNumber(text);
  if (n !== undefined && n >= 1 && n <= 100) return n;
  throw new InvalidArgumentError('takes the number of a column, from 1 on.');
}

function number(text: string): number {
  const n = decimal(text);
  if (n !== undefined) return n;
  throw new InvalidArgumentError('takes a number such as 2.5.');
}

function systolicOption(text: string): number | 'name' {
  if (text === 'name') return text;
  const n = decimal(text);
  if (n !== undefined && n >= 60 && n <= 260) return n;
  throw new InvalidArgumentError('takes mmHg, or the word name where file names hold it as 120-80.');
}

/** The noted systolic pressure of a file, NaN where there is none. */
function notedOf(file: string, given: Given): number {
  if (given.systolic !== 'name') return given.systolic ?? Number.NaN;
  return Number(/(\d{2,3})-\d{2,3}(?!.*\d-\d)/.exec(basename(file))?.[1] ?? Number.NaN);
}

/** Prints a file's line; gives the result less the noted pressure, NaN where one of them is missing. */
function one(file: string, given: Given): number {
  const bleed = readBleed(textOfBytes(bytesOfFile(file, ROWS_BYTES)), given);
  const { finding } = estimateBleed(bleed, { startS: given.after, windowS: WINDOW_S, downTo: DOWN_TO_MMHG });
  const noted = notedOf(file, given);
  const name = basename(file);
  if (finding.refusal > 0) {
    console.log(`${name}: ${refusalText(finding)}`);
    return Number.NaN;
  }
  const off = finding.mmHg - noted;
  const against = Number.isNaN(noted)
    ? ''
    : `, noted systolic ${noted}, ${off > 0 ? '+' : ''}${off.toFixed(0)}`;
  console.log(
    `${name}: ${finding.mmHg.toFixed(0)} +- ${uncertaintyMmHg(finding).toFixed(0)} mmHg, heart rate ${finding.heartRate.toFixed(0)}${against}`,
  );
  return off;
}

function recordings(files: readonly string[], given: Given): void {
  const off: number[] = [];
  for (const file of files) {
    try {
      const x = one(file, given);
      if (!Number.isNaN(x)) off.push(x);
    } catch (error) {
      if (!(error instanceof BadInput)) throw error;
      console.error(`${file}: ${error.message}`);
      process.exitCode = 1;
    }
  }
  if (off.length > 1) console.log(summary(off, files.length));
}

function summary(off: readonly number[], files: number): string {
  const mean = off.reduce((s, x) => s + x, 0) / off.length;
  const sd = Math.sqrt(off.reduce((s, x) => s + (x - mean) ** 2, 0) / (off.length - 1));
  const near = off.filter((x) => Math.abs(x) <= 10).length;
  return `${off.length} of ${files} with a result and a noted pressure: ${mean.toFixed(1)} +- ${sd.toFixed(1)} mmHg (mean, SD), ${near} within 10`;
}

/** The command, to be added to `npm run lop`. */
export function addRecordingCommand(program: Command): void {
  program
    .command('recording')
    .description(
      'Put recordings of a cuff that was let down slowly through the estimator: columns of numbers, time in s.',
    )
    .argument('<files...>')
    .option('--time <column>', 'where the time stands', column, 1)
    .option('--pressure <column>', 'where the pressure stands', column, 2)
    .option('--offset <number>', 'added to the pressure first', number, 0)
    .option('--scale <number>', 'then mmHg for one of its units', number, 1)
    .option('--after <s>', 'first window so long after the highest pressure', number, 2.5)
    .option(
      '--systolic <mmHg|name>',
      'noted systolic pressure; name = the files are called like "7 120-80.dat"',
      systolicOption,
    )
    .action(recordings);
}

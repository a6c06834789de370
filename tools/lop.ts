/**
 * `npm run lop -- estimate ...`: the labelled fallback where nothing was measured: formulas, with what they are worth.
 * `npm run lop -- posture ...`: what changes when a pressure is worn in another posture than it was taken in.
 * `npm run lop -- recording ...`: recordings of real cuffs through the estimator (lop-recording.ts).
 */
import { Command, InvalidArgumentError, Option } from 'commander';
import {
  type Body,
  byText,
  type Estimate,
  formulaArm5,
  formulaLeg5,
  formulaLeg18,
  formulaWidth,
} from '../src/occlusion/formula.ts';
import { highestShare, lowestShare, MODEL_PERMILLE } from '../src/occlusion/uncertainty.ts';
import { postureText } from '../src/session/posture.ts';
import { LOP_ESTIMATED } from '../src/settings.ts';
import { decimal } from './input/number-words.ts';
import { onlyOnce } from './input/once.ts';
import { lastWord } from './last-word.ts';
import { addRecordingCommand } from './lop-recording.ts';

interface Given {
  limb: string;
  circumference: number;
  width: number;
  systolic: number;
  diastolic: number;
  age: number;
  sex: string;
}

const SEXES: Readonly<Record<string, number>> = { m: 1, f: 2 };

function lineOf(e: Estimate): string {
  const what = byText(e.by);
  if (e.missing !== '') return `  ${what}: needs ${e.missing}`;
  if (!(e.mmHg > 0)) return `  ${what}: its result is outside 80..300 mmHg, not to be believed`;
  const error =
    e.errorMmHg > 0
      ? `, typically off by ${e.errorMmHg.toFixed(0)} mmHg in its source`
      : ', error not given in its source';
  return `  ${Math.round(e.mmHg)} mmHg, ${what}${error}`;
}

function estimate(given: Given): void {
  const body: Body = {
    circumferenceCm: given.circumference,
    widthCm: given.width,
    systolic: given.systolic,
    diastolic: given.diastolic,
    age: given.age,
    sex: SEXES[given.sex] ?? 0,
  };
  const made = given.limb === 'arm' ? [formulaArm5(body)] : [formulaLeg18(body), formulaLeg5(body)];
  const all = [...made, formulaWidth(body)];
  console.log(`${given.limb === 'arm' ? 'Arm' : 'Leg'}:`);
  console.log(all.map(lineOf).join('\n'));
  const good = all.filter((e) => e.missing === '' && e.mmHg > 0);
  if (good.length === 0) {
    console.error('none of the formulas applies; give the figures that they need');
    process.exitCode = 1;
    return;
  }
  const least = Math.round(Math.min(...good.map((e) => e.mmHg)));
  console.log(
    `Estimates, not measurements. To use the lowest: {"lopMmHg": ${least}, "lopSource": ${LOP_ESTIMATED}, "lopPosture": 0} in a settings file (all of them are for lying people);`,
  );
  console.log(
    'the device then calls its pressure estimated everywhere. Measure instead where you can: hold the button 2 s.',
  );
}

const POSTURES: readonly string[] = ['lying', 'seated', 'standing'];

function postureOption(text: string): number {
  const at = POSTURES.indexOf(text);
  if (at < 0) throw new InvalidArgumentError(`takes ${POSTURES.join(', ')}.`);
  return at;
}

/** A figure of the body; the formulas say which range they take. */
function figure(text: string): number {
  const value = decimal(text);
  if (value !== undefined) return value;
  throw new InvalidArgumentError('takes a number such as 55 or 55.5.');
}

function percentOption(text: string): number {
  const percent = decimal(text) ?? 0;
  if (!(percent >= 10 && percent <= 80)) throw new InvalidArgumentError('takes 10..80 (percent of LOP).');
  return percent;
}

/** What the uncertainty of a measurement does to the share that is asked for. */
function sharesText(percent: number): string {
  const low = lowestShare(10 * percent, 1000, MODEL_PERMILLE) / 10;
  const high = highestShare(10 * percent, 1000, MODEL_PERMILLE) / 10;
  return `A measured LOP may be off by ${MODEL_PERMILLE / 10} %: ${percent} % of it may be ${low.toFixed(0)} to ${high.toFixed(0)} %.`;
}

function posture(given: { taken: number; worn: number; percent: number }): void {
  const text = postureText(given.percent, given.taken, given.worn);
  console.log(sharesText(given.percent));
  console.log(text === '' ? 'Taken and worn in the same posture: nothing changes.' : text);
  console.log('Means of 18 people (Hughes 2018, PeerJ 4697), legs; on arms no such step was seen.');
}

const program = new Command('npm run lop --')
  .description(
    'Occlusion pressure: published formulas where none was measured, what postures change, recordings of cuffs.',
  )
  .exitOverride()
  .showSuggestionAfterError();

program
  .command('estimate')
  .requiredOption('--circumference <cm>', 'of the limb under the cuff', figure)
  .requiredOption('--width <cm>', 'of the bladder', figure)
  .addOption(new Option('--limb <limb>', 'leg or arm').choices(['leg', 'arm']).default('leg'))
  .option('--systolic <mmHg>', 'blood pressure at rest', figure, 0)
  .option('--diastolic <mmHg>', 'blood pressure at rest', figure, 0)
  .option('--age <years>', '16..90', figure, 0)
  .addOption(new Option('--sex <sex>', 'as the source coded it').choices(['m', 'f']).default(''))
  .action(estimate);

program
  .command('posture')
  .requiredOption('--taken <posture>', 'posture of the measurement: lying, seated, standing', postureOption)
  .requiredOption('--worn <posture>', 'posture of the session', postureOption)
  .option('--percent <percent>', 'of LOP in the session', percentOption, 80)
  .action(posture);

addRecordingCommand(program);

try {
  await onlyOnce(program).parseAsync();
} catch (error) {
  process.exitCode = lastWord('lop', error);
}

/** Options that say something of the wearer's body, so that an occlusion pressure can be held against the formulas. Nothing of it is kept. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { MAX_LOP_MMHG, MIN_LOP_MMHG } from '../../src/limits.ts';
import { decimal } from '../input/number-words.ts';
import type { Earlier, Wearer } from './questions.ts';

/** As commander hands them over; what was not given is undefined. */
export interface WearerOptions {
  readonly circumference?: number;
  readonly systolic?: number;
  readonly diastolic?: number;
  readonly age?: number;
  readonly sex?: 'm' | 'f';
  readonly earlier?: number;
}

/** A parser of a decimal number from `min` to `max`. */
export function decimalOption(min: number, max: number, unit: string): (text: string) => number {
  return (text) => {
    const value = decimal(text);
    if (value !== undefined && value >= min && value <= max) return value;
    throw new InvalidArgumentError(`Allowed are ${min}..${max} ${unit}.`);
  };
}

/** Adds the options of `WearerOptions`. */
export function withWearer(command: Command): Command {
  return command
    .option(
      '--circumference <cm>',
      'of the limb under the cuff, for the question',
      decimalOption(15, 90, 'cm'),
    )
    .option('--systolic <mmHg>', 'blood pressure at rest, the same', decimalOption(80, 220, 'mmHg'))
    .option('--diastolic <mmHg>', 'blood pressure at rest, the same', decimalOption(40, 130, 'mmHg'))
    .option('--age <years>', 'the same', decimalOption(16, 90, 'years'))
    .addOption(new Option('--sex <sex>', 'as the source of the formula coded it').choices(['m', 'f']))
    .option(
      '--earlier <mmHg>',
      'an earlier occlusion pressure of this limb, in the same posture',
      decimalOption(MIN_LOP_MMHG, MAX_LOP_MMHG, 'mmHg'),
    );
}

export function wearerOf(o: WearerOptions): Wearer {
  return {
    ...(o.circumference === undefined ? {} : { circumferenceCm: o.circumference }),
    ...(o.systolic === undefined ? {} : { systolic: o.systolic }),
    ...(o.diastolic === undefined ? {} : { diastolic: o.diastolic }),
    ...(o.age === undefined ? {} : { age: o.age }),
    ...(o.sex === undefined ? {} : { sex: o.sex === 'm' ? 1 : 2 }),
  };
}

/** The result that was named on the command line; `posture` of the settings that are checked. */
export function earlierOf(o: WearerOptions, posture: number): Earlier[] {
  return o.earlier === undefined ? [] : [{ mmHg: o.earlier, posture, source: '--earlier' }];
}

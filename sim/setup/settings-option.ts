/** `--set name=value`, checked whole by the firmware's own table. */
import { postureOf } from '../../src/session/posture.ts';
import {
  checkSettings,
  defaultSettings,
  LIMB_ARM,
  LIMB_LEG,
  LOP_ENTERED,
  type Settings,
} from '../../src/settings.ts';
import { decimal } from '../../tools/input/number-words.ts';
import type { PlantParams } from '../plant/params.ts';
import { BadOption } from './bad-option.ts';
import type { ChosenProtocol } from './protocols.ts';

/** Pairs of `name=value` as an object; throws BadOption on anything else. */
export function parsePairs(pairs: readonly string[]): Record<string, number> {
  const out: Record<string, number> = {};
  for (const pair of pairs) {
    const match = /^([A-Za-z]\w*)=(.+)$/.exec(pair);
    if (match === null) throw new BadOption('--set', pair, 'write name=value, for example lopMmHg=190');
    const [, name = '', text = ''] = match;
    const value = decimal(text);
    if (value === undefined)
      throw new BadOption('--set', pair, `"${text}" is no number of digits, such as 190`);
    if (Object.hasOwn(out, name))
      throw new BadOption('--set', pair, `${name} is there twice, ${out[name]} before it; give it once`);
    out[name] = value;
  }
  return out;
}

/** Defaults, then what goes with the plant and the protocol, then `changes`; every problem is listed in the error. */
export function chooseSettings(
  plant: PlantParams,
  protocol: ChosenProtocol,
  changes: Readonly<Record<string, number>>,
): Settings {
  const fitting = {
    limb: plant.limb === 'arm' ? LIMB_ARM : LIMB_LEG,
    lopMmHg: Math.round(plant.lopMmHg),
    lopSource: LOP_ENTERED,
    lopPosture: postureOf(protocol.protocol.activity),
    screening: 1,
    protocol: protocol.index + 1,
    ...(plant.limb === 'arm' ? { maxPressureS: 900 } : {}),
  };
  const result = checkSettings(defaultSettings(), { ...fitting, ...changes });
  if (result.settings !== undefined) return result.settings;
  const given = Object.entries(changes)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');
  throw new BadOption('--set', given, result.problems.join('; '));
}

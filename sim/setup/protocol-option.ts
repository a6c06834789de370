/** `--protocol`: one of the firmware's own, or a file of one's own, which then lies in the first place of the device's store. */
import { FIRST_STORED } from '../../src/session/stored.ts';
import { BadProtocol, isProtocolFile, namedProtocol } from '../../tools/protocol/named.ts';
import { BadOption } from './bad-option.ts';
import { builtInNamed, type ChosenProtocol } from './protocols.ts';

function fromFile(given: string): ChosenProtocol {
  try {
    return { ...namedProtocol(given), index: FIRST_STORED };
  } catch (error) {
    if (error instanceof BadProtocol) throw new BadOption('--protocol', given, error.message);
    throw error;
  }
}

export function chooseProtocol(given: string): ChosenProtocol {
  return isProtocolFile(given) ? fromFile(given) : builtInNamed(given);
}

/** `npm run cuff -- …`: talk to a running cuff over its link. It can ask, stop and set the date; only the cuff's own button starts anything. */
import { Command } from 'commander';
import { addLinkCommands } from './cuff/commands.ts';
import { lastWord } from './input/last-word.ts';
import { onlyOnce } from './input/once.ts';

const program = new Command('npm run cuff --')
  .description(
    'Talk to a cuff that runs: who it is, what it does, its log. Nothing here can start or raise a pressure.',
  )
  .exitOverride()
  .showSuggestionAfterError();

addLinkCommands(program);

try {
  await onlyOnce(program).parseAsync();
} catch (error) {
  process.exitCode = lastWord('cuff', error);
}

/**
 * `npm run cuff -- …`: talk to a running cuff over its link, and lead through its commissioning. It can ask, stop and set the date; only the
 * cuff's own button starts anything.
 */
import { Command, Option } from 'commander';
import { choices, referenceChoice } from '../tools/build/project.ts';
import { addLinkCommands, withPort } from '../tools/cuff/commands.ts';
import { onlyOnce } from '../tools/input/once.ts';
import { lastWord } from '../tools/last-word.ts';
import { type CommissionOptions, commissionCommand } from './commission/command.ts';
import { PARTS } from './commission/lines.ts';

const program = new Command('npm run cuff --')
  .description(
    'Talk to a cuff that runs: who it is, what it does, its log. Nothing here can start or raise a pressure.',
  )
  .exitOverride()
  .showSuggestionAfterError();

addLinkCommands(program);

withPort(
  program
    .command('commission')
    .description(
      'lead through the commissioning of a build, and keep its numbers on the device (docs/commissioning.md)',
    ),
)
  .option('--board <name>', `board: ${choices('boards').join(', ')}`, referenceChoice('boards'))
  .addOption(new Option('--after <part>', 'the short list after a change of this part').choices([...PARTS]))
  .option('--simulated [fault]', 'a simulated build instead, healthy or with this hidden fault')
  .option('--report <file>', 'write the lines as JSON')
  .action(async (given: CommissionOptions) => {
    process.exitCode = await commissionCommand(given);
  });

try {
  await onlyOnce(program).parseAsync();
} catch (error) {
  process.exitCode = lastWord('cuff', error);
}

/** `npm run tune -- …`: identify a plant, propose settings, sweep them over simulated cuffs. Never applies anything by itself. */
import { Command, Option } from 'commander';
import { onlyOnce } from '../tools/input/once.ts';
import { endOf } from './cli/end-of.ts';
import { collect, whole } from './setup/numbers.ts';

const MOTIONS = ['run', 'walk', 'legpress', 'cycle', 'curl'];

function source(command: Command): Command {
  return command
    .option('--plant <name|file>', 'a simulated device: a name, sampled:SEED, or a JSON file of changes')
    .option('--log <file>', 'a log instead: CSV, store of a device (JSON or flash dump), or session record')
    .option('--bottle <file>', 'log of the same device on a rigid bottle')
    .option('--bottle-ml <ml>', 'volume of the bottle', whole(100, 3000), 500)
    .addOption(new Option('--limb <limb>', 'limb of a log').choices(['leg', 'arm']).default('leg'))
    .option('--settings <file>', 'settings as they are: a JSON file as `npm run settings` takes it')
    .option('--set <name=value>', 'a setting as it is; repeatable', collect, [])
    .option('--seed <n>', 'noise, draws', whole(0, 999_999_999), 1)
    .option('--json <file>', 'write everything as data')
    .option('--quiet', 'print nothing but problems', false);
}

const program = new Command('npm run tune --')
  .description('Identify a cuff, propose settings with reasons, and show before and after. Proposes only.')
  .exitOverride()
  .showSuggestionAfterError()
  .addHelpText(
    'after',
    '\nExit code 0: done. 1: nothing could be identified, or the build is refused; settings kept. 2: a wrong option.',
  );

source(program.command('propose', { isDefault: true }))
  .description('identify and propose (the default)')
  .addOption(
    new Option('--aim <aim>', 'what is wanted, or what is wrong')
      .choices(['band', 'battery', 'quiet', 'chatter', 'gentle', 'overshoot', 'sag'])
      .default('band'),
  )
  .addOption(new Option('--motion <name>', 'what you do').choices(MOTIONS).default('run'))
  .option('--n <n>', 'plants like it that choose, and as many that confirm', whole(6, 500), 16)
  .option('--give <points>', 'points of either band that may be given away', whole(0, 50), 2)
  .option('--jobs <n>', 'processes, 0 = none; all cores when left out', whole(0, 256))
  .option('--quick', 'fewer plants', false)
  .option('--out <file>', 'write the proposal as a settings file, for `npm run settings -- diff` and `write`')
  .action(async (given) => {
    const { proposeCommand } = await import('./tune/propose-command.ts');
    process.exitCode = await proposeCommand(given);
  });

source(program.command('commission'))
  .description('judge a commissioning run: simulated here, or the log of a device')
  .option('--csv <file>', 'write the run as a log')
  .option('--protocol <file>', 'write the session as a protocol file for a device')
  .action(async (given) => {
    const { commissionCommand } = await import('./tune/commission-command.ts');
    process.exitCode = await commissionCommand(given);
  });

program
  .command('sweep')
  .description('sets of settings side by side over many simulated cuffs; can be stopped and goes on')
  .option('--n <n>', 'cuffs', whole(1, 100_000), 2000)
  .option('--vary <name=a,b,...>', 'values of a setting; repeatable, all combinations', collect, [])
  .option('--set <name=value>', 'a setting for all; repeatable', collect, [])
  .addOption(new Option('--motion <name>', 'what the wearers do').choices(MOTIONS).default('run'))
  .addOption(new Option('--build <build>', 'devices').choices(['any', 'rated', 'reference']).default('any'))
  .option('--seed <n>', 'draws', whole(0, 999_999_999), 1)
  .option('--jobs <n>', 'processes, 0 = none; all cores when left out', whole(0, 256))
  .option('--state <file>', 'where it is kept', 'build/sweep/state.jsonl')
  .option('--fresh', 'begin anew whatever the state holds', false)
  .option('--json <file>', 'write the figures')
  .action(async (given) => {
    const { sweepCommand } = await import('./tune/sweep-command.ts');
    process.exitCode = await sweepCommand(given);
  });

try {
  await onlyOnce(program, ['set', 'vary']).parseAsync();
} catch (error) {
  process.exitCode = endOf('tune', error);
}

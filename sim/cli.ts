/** `npm start` and `npm run sim -- ...`: the simulator's command line. */
import { Command, Option } from 'commander';
import { decimal } from '../tools/input/number-words.ts';
import { onlyOnce } from '../tools/input/once.ts';
import { endOf } from './cli/end-of.ts';
import { BadOption } from './setup/bad-option.ts';
import { collect, whole } from './setup/numbers.ts';

const MAX_SEED = 999_999_999;

/** Options that mean nothing to a plant outside. */
const RUN_ONLY = [
  'scenario',
  'plant',
  'protocol',
  'sensor',
  'board',
  'set',
  'fault',
  'motion',
  'seed',
  'level',
  'cost',
] as const;

function timeoutOf(text: string): number {
  const seconds = decimal(text) ?? 0;
  if (!(seconds >= 0.1 && seconds <= 3600)) {
    throw new BadOption('--timeout', text, 'allowed are 0.1..3600 s');
  }
  return seconds * 1000;
}

const program = new Command('npm run sim --')
  .description(
    'Run the firmware on a simulated cuff and leg, and report how it went. Simulated; not a medical device.',
  )
  .argument('[run]', 'run a scenario (the default)')
  .option('--scenario <name|file>', 'what happens (see --list scenarios)', 'run')
  .option('--list [what]', 'list scenarios, plants, protocols, settings, faults, sensors, motions, levels')
  .option('--plant <name|file>', 'the device and the limb: a name, sampled:SEED, or a JSON file of changes')
  .option('--protocol <name|file>', 'the session that the button starts')
  .option('--sensor <name>', 'the pressure sensor')
  .option('--board <name>', 'the board (level image)')
  .option('--set <name=value>', 'override a setting; repeatable', collect, [])
  .option('--fault <kind@start[:size][~end]>', 'break something, times in s; repeatable', collect, [])
  .option('--motion <name>', 'what the wearer does in work phases: run, walk, cycle, legpress, curl, rest')
  .option('--seed <n>', `noise and motion, 0..${MAX_SEED}`, whole(0, MAX_SEED), 1)
  .addOption(
    new Option('--level <name>', 'what runs').choices(['core', 'image', 'interpreter']).default('image'),
  )
  .option('--no-cost', 'ticks take no time; else each takes what it takes on the board (level image)')
  .option('--html [file]', 'write the page')
  .option('--csv [file]', 'write a row a tick')
  .option('--svg [file]', 'write the picture')
  .option('--json [file]', 'write header, figures and events')
  .option(
    '--store <file>',
    'start from what an earlier run left in the device, and leave it there again: for npm run log',
  )
  .option('--out <dir>', 'folder for files without a name', 'build/runs')
  .option('--quiet', 'print nothing but problems', false)
  .option(
    '--stdio',
    'the firmware alone as a filter: plant lines on standard input, answers on standard output',
  )
  .option('--plant-cmd <command>', 'start a plant of your own and run against it')
  .option('--timeout <s>', 'how long an outside plant may take for a line', '10')
  .addHelpText(
    'after',
    '\nWithout --html, --csv, --svg or --json the page and the rows are written.\nExit code 1: an expectation of the scenario was not met, or no session was started. 2: a wrong option.',
  )
  .showSuggestionAfterError()
  .exitOverride();

interface Given {
  scenario: string;
  list?: string | true;
  plant?: string;
  protocol?: string;
  store?: string;
  sensor?: string;
  board?: string;
  set: string[];
  fault: string[];
  motion?: string;
  seed: number;
  level: 'core' | 'image' | 'interpreter';
  cost: boolean;
  html?: string | true;
  csv?: string | true;
  svg?: string | true;
  json?: string | true;
  out: string;
  quiet: boolean;
  stdio?: true;
  plantCmd?: string;
  timeout: string;
}

/** The command as it can be typed again. */
function typed(args: readonly string[]): string {
  const words = args
    .filter((word) => word !== 'run')
    .map((word) => (/[\s"'$*?]/.test(word) ? JSON.stringify(word) : word));
  return words.length === 0 ? 'npm start' : `npm run sim -- ${words.join(' ')}`;
}

async function list(given: Given): Promise<number> {
  const { LISTS, listLines } = await import('./cli/list.ts');
  const which = LISTS.find((name) => name === given.list);
  if (given.list !== true && which === undefined) {
    throw new BadOption('--list', String(given.list), `allowed are ${LISTS.join(', ')}`);
  }
  console.log(listLines(which ?? null).join('\n'));
  return 0;
}

/** What makes a run another one than its scenario and seed do, in words. */
function choices(given: Given): string[] {
  const { plant, protocol, sensor, motion, set, fault, level, cost, store } = given;
  const named = { plant, protocol, sensor, motion, store };
  return [
    ...Object.values(named).filter((word) => word !== undefined),
    ...set,
    ...fault,
    ...(level === 'image' ? [] : [level]),
    ...(cost ? [] : ['no-cost']),
  ];
}

async function run(given: Given, args: readonly string[]): Promise<number> {
  if (program.getOptionValueSource('timeout') === 'cli') {
    timeoutOf(given.timeout);
    throw new BadOption(
      '--timeout',
      given.timeout,
      'means nothing without a plant outside; it goes with --stdio or --plant-cmd',
    );
  }
  const [{ resolveSpec }, { runCommand }, { outputPaths, runName }] = await Promise.all([
    import('./setup/spec.ts'),
    import('./cli/run.ts'),
    import('./output/outputs.ts'),
  ]);
  const spec = resolveSpec({ ...given, cost: given.cost && given.level === 'image' });
  const name = runName(spec.scenario.name, spec.seed, choices(given));
  return runCommand(spec, outputPaths(given, name), typed(args), given.quiet);
}

async function outside(given: Given): Promise<number> {
  for (const name of RUN_ONLY) {
    if (program.getOptionValueSource(name) !== 'cli') continue;
    const option = given.stdio === undefined ? '--plant-cmd' : '--stdio';
    throw new BadOption(`--${name}`, String(given[name]), `does not go with ${option}: the plant is outside`);
  }
  if (given.stdio !== undefined && given.plantCmd !== undefined) {
    throw new BadOption('--plant-cmd', given.plantCmd, 'does not go with --stdio; choose one');
  }
  const timeoutMs = timeoutOf(given.timeout);
  if (given.plantCmd === undefined) {
    const { stdioCommand } = await import('./outside/stdio.ts');
    return stdioCommand(timeoutMs, given.quiet);
  }
  const [{ plantCommand }, { outputPaths }] = await Promise.all([
    import('./outside/plant-command.ts'),
    import('./output/outputs.ts'),
  ]);
  return plantCommand(given.plantCmd, timeoutMs, outputPaths(given, 'outside-plant'), given.quiet);
}

async function main(): Promise<number> {
  const args = process.argv.slice(2);
  if (args.includes('--help') || args.includes('-h')) {
    const { helpNames } = await import('./cli/list.ts');
    program.addHelpText('after', `\n${helpNames()}\n\n--list explains each.`);
  }
  onlyOnce(program, ['set', 'fault']).parse(args, { from: 'user' });
  const given = program.opts<Given>();
  const word = program.args[0];
  if (word !== undefined && word !== 'run') throw new BadOption('command', word, 'allowed is run');
  if (given.list !== undefined) return list(given);
  if (given.stdio !== undefined || given.plantCmd !== undefined) return outside(given);
  return run(given, args);
}

try {
  process.exitCode = await main();
} catch (error) {
  process.exitCode = endOf('sim', error);
}

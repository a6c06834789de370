/** What `flash.sh` runs: build, find the board, write the unused slot, prove it, switch, start. */
import { Command } from 'commander';
import { wantedBoard } from '../board/board-names.ts';
import { FlashFailure, failureText } from '../board/failure.ts';
import { onlyPort } from '../board/find-port.ts';
import { type OpenBoard, openBoard } from '../board/open-board.ts';
import { listPorts, openWire } from '../board/open-wire.ts';
import { progressOn } from '../board/progress.ts';
import { choices, referenceChoice } from '../build/project.ts';
import { boardText, planLines, runUpdate } from './run-update.ts';
import type { Firmware, Plan } from './update.ts';

const RECOVER = `If the cuff ever does not start: plug the board in with the training button held (blue lamp: service mode,
outputs off, console open for 10 minutes) and run ./flash.sh again. All about it: docs/flashing.md`;

interface Options {
  board: string;
  sensor: string;
  dev: boolean;
  dryRun: boolean;
  erase: boolean;
  eraseForeign: boolean;
  from?: string;
  port?: string;
  wait: string;
}

const command = new Command('./flash.sh')
  .description(
    'Build the firmware and put it on a board. The image in use stays until the new one is proven.',
  )
  .option('--board <name>', `board: ${choices('boards').join(', ')}`, referenceChoice('boards'))
  .option('--sensor <name>', `pressure sensor: ${choices('sensors').join(', ')}`, referenceChoice('sensors'))
  .option('--port <port>', 'serial port, Bluetooth address or tcp://host:port; found by itself when left out')
  .option('--from <folder>', 'take the image from a release folder (npm run release) instead of building it')
  .option('--dev', 'keep the console open (never for wearing)', false)
  .option('--dry-run', 'build, look at the board, say what would be done, write nothing', false)
  .option('--erase', 'begin with an empty Storage: settings and log are lost too', false)
  .option(
    '--erase-foreign',
    'erase start-up programs that are not of this project, before anything is written',
    false,
  )
  .option('--wait <s>', 'how long to wait for service mode, s', '180')
  .addHelpText('after', `\nTake the cuff off before you flash.\n${RECOVER}`)
  .parse();

const options = command.opts<Options>();

function say(text: string): void {
  console.log(text);
}

async function main(): Promise<void> {
  const waitS = Number(options.wait);
  if (!(waitS >= 0 && waitS <= 3600)) throw new Error(`--wait ${options.wait}: allowed are 0..3600 s`);
  const firmware = await getFirmware();
  const port = options.port ?? onlyPort(await listPorts());
  say(`Connecting to ${port} ...`);
  const opened = await openBoard({ open: openWire, port, board: wantedBoard(options.board), waitS, say });
  await flash(opened, firmware, port);
}

async function getFirmware(): Promise<Firmware> {
  const { board, sensor, dev, from } = options;
  if (from !== undefined) {
    if (dev) throw new Error('--dev and --from do not go together: a release has no dev images');
    say(`Taking the image for ${board} + ${sensor} from ${from} ...`);
    const { readRelease } = await import('./read-release.ts');
    return { ...readRelease(from, board, sensor), erase: options.erase, eraseForeign: options.eraseForeign };
  }
  say(`Building the image for ${board} + ${sensor}${dev ? ' (dev)' : ''} ...`);
  // The builder takes a second to load: only where it is needed.
  const { buildImage } = await import('../build/image.ts');
  const { sizeReport } = await import('../build/size-report.ts');
  const { loaderText } = await import('../board/loader.ts');
  const image = await buildImage({ board, sensor, dev });
  const size = sizeReport(image);
  if (size.over) throw new Error(`the image is over its budget\n${size.text}`);
  return {
    code: image.code,
    version: image.version,
    loader: await loaderText(board),
    erase: options.erase,
    eraseForeign: options.eraseForeign,
  };
}

async function flash(opened: OpenBoard, firmware: Firmware, port: string): Promise<void> {
  const { conversation } = opened;
  const stop = () => {
    console.error(
      '\nflash: stopped. The image in use is the one before, unless the switch was announced: run it again.',
    );
    void conversation.close().then(() => process.exit(130));
  };
  process.once('SIGINT', stop);
  try {
    say(boardText(opened));
    const updated = await runUpdate(opened, firmware, {
      open: openWire,
      port,
      planned: (plan) => {
        say(
          planLines(plan, firmware)
            .map((line) => `  ${line}`)
            .join('\n'),
        );
        return !options.dryRun;
      },
      step: (text) => say(`${text} ...`),
      progress: progressOn(process.stdout),
    });
    if (updated === undefined) say('Dry run: nothing was written.');
    else say(`Done: ${updated.running}.\n${nextSteps(updated.plan)}`);
  } finally {
    process.removeListener('SIGINT', stop);
  }
}

/** The device holds its report against the firmware, board and sensor of its image. */
const RECOMMISSION =
  'A commissioning that has passed holds for this version, board and sensor alone: with another of them no session starts (the lamp blinks 24) before the short list, npm run cuff -- commission --after firmware, board or sensor. A new device: npm run cuff -- commission.\n';

function nextSteps(plan: Plan): string {
  const settings =
    plan.settings.state === 'good' || plan.settings.state === 'migrated'
      ? ''
      : 'Next: put your settings on it with npm run settings -- write FILE (docs/settings.md), or let it measure.\n';
  return settings + RECOMMISSION + RECOVER;
}

try {
  await main();
} catch (error) {
  console.error(error instanceof FlashFailure ? failureText(error) : `flash: ${(error as Error).message}`);
  process.exitCode = 1;
}

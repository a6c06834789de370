/** The commands of `npm run cuff` that ask a running cuff. */
import { type Command, InvalidArgumentError } from 'commander';
import { isPressurePhase } from '../../src/phases.ts';
import { FlashFailure } from '../board/failure.ts';
import { likelyPorts, onlyPort } from '../board/find-port.ts';
import { type ListedPort, listPorts, openWire } from '../board/open-wire.ts';
import { progressOn } from '../board/progress.ts';
import type { OpenWire } from '../board/wire.ts';
import { wholeNumber } from '../input/number-words.ts';
import { jsonOfTexts, type Texts } from '../settings/json-store.ts';
import { writeWhole } from '../settings/write-whole.ts';
import { restLines } from './at-rest.ts';
import { consoleTexts } from './console-texts.ts';
import { CuffLink } from './cuff-link.ts';
import { ConsoleOpen } from './failures.ts';
import { keptTexts } from './kept.ts';
import { lopLines } from './lop-words.ts';
import { watch } from './watch.ts';
import { helloLine, inhibitLines, stateLine } from './words.ts';

export interface PortOption {
  readonly port?: string;
}

/** Adds `--port`. */
export function withPort(command: Command): Command {
  return command.option('--port <port>', 'serial port or tcp://host:port; found by itself when left out');
}

/** The cuff on the port that is named, or on the only one that may be a board. */
export async function openCuff(given: PortOption): Promise<CuffLink> {
  return await CuffLink.open(openWire, given.port ?? onlyPort(await listPorts()));
}

async function withCuff(given: PortOption, work: (link: CuffLink) => Promise<void>): Promise<void> {
  const link = await openCuff(given);
  try {
    await work(link);
  } finally {
    await link.close();
  }
}

function say(...lines: readonly string[]): void {
  for (const line of lines) if (line !== '') console.log(line);
}

/** Who answers on `port`, in a line; never throws for what is wrong with one port. */
async function answersAt(port: string): Promise<string> {
  try {
    const link = await CuffLink.open(openWire, port);
    try {
      return `cuff, ${helloLine(link.hello)}; ${stateLine(await link.state())}`;
    } finally {
      await link.close();
    }
  } catch (error) {
    if (!(error instanceof FlashFailure)) throw error;
    return `${error.message}. Next: ${error.next}`;
  }
}

async function list(given: PortOption): Promise<void> {
  const ports: readonly Pick<ListedPort, 'path' | 'usb' | 'description'>[] =
    given.port !== undefined
      ? [{ path: given.port, usb: '', description: '' }]
      : likelyPorts(await listPorts());
  if (ports.length === 0) onlyPort([]);
  for (const { path, usb, description } of ports) {
    const what = [usb, description].filter((word) => word !== '').join(' ');
    say(`${path}${what === '' ? '' : ` (${what})`}: ${await answersAt(path)}`);
  }
}

async function status(link: CuffLink): Promise<void> {
  const state = await link.state();
  say(helloLine(link.hello), stateLine(state), ...inhibitLines(state));
  if (!isPressurePhase(state.phase)) say(...(await restLines(link)));
}

function secondsOption(text: string): number {
  const value = wholeNumber(text);
  if (value !== undefined && value >= 1 && value <= 36_000) return value;
  throw new InvalidArgumentError('Allowed are 1..36000 s.');
}

/** Adds list, status, watch, stop, date, lop and pull. */
export function addLinkCommands(program: Command): void {
  withPort(
    program.command('list').description('every port that may be a cuff, and who answers there'),
  ).action(list);
  withPort(
    program.command('status').description('what it does, what keeps it from starting, what comes next'),
  ).action((given: PortOption) => withCuff(given, status));
  withPort(
    program
      .command('watch')
      .description('live pressure, pump and valve; key s stops the cuff, q ends the watching'),
  )
    .option('--for <s>', 'end after so many seconds', secondsOption)
    .action((given: PortOption & { for?: number }) =>
      withCuff(given, (link) =>
        watch(link, { say, seconds: given.for ?? Number.POSITIVE_INFINITY, keys: process.stdin }),
      ),
    );
  withPort(
    program.command('stop').description('stop and vent, and wait until the cuff says that it is empty'),
  ).action((given: PortOption) =>
    withCuff(given, async (link) => {
      say('STOP sent, waiting ...');
      say(`Vented. ${stateLine(await link.stop())}`);
    }),
  );
  withPort(
    program.command('date').description('set the date to this computer’s; no limit depends on it'),
  ).action((given: PortOption) =>
    withCuff(given, async (link) => {
      await link.date(Date.now() / 1000);
      say(`Date set: ${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC`);
    }),
  );
  withPort(program.command('lop').description('occlusion pressure in use, and the last measurement')).action(
    (given: PortOption) => withCuff(given, async (link) => say(...(await lopLines(link)))),
  );
  withPort(
    program.command('pull <file>').description('records, black box and settings into a JSON for npm run log'),
  ).action(async (file: string, given: PortOption) => {
    const port = given.port ?? onlyPort(await listPorts());
    const texts = await pulled(openWire, port, progressOn(process.stdout));
    writeWhole(file, jsonOfTexts(texts));
    say(`wrote ${file}: ${Object.keys(texts).length} texts`);
  });
}

/** The texts of a cuff that runs, or of a board whose console is open. */
export async function pulled(
  open: OpenWire,
  port: string,
  told: (done: number, total: number) => void,
): Promise<Texts> {
  let link: CuffLink;
  try {
    link = await CuffLink.open(open, port);
  } catch (error) {
    if (!(error instanceof ConsoleOpen)) throw error;
    return await consoleTexts(open, port, told);
  }
  try {
    return await keptTexts(link, told);
  } finally {
    await link.close();
  }
}

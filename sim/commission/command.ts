/** `npm run cuff -- commission`: the wizard at a terminal, on a device or on a simulated build. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { wantedBoard } from '../../tools/board/board-names.ts';
import { onlyPort } from '../../tools/board/find-port.ts';
import { listPorts, openWire } from '../../tools/board/open-wire.ts';
import { drivePins } from '../../tools/build/drive-pins.ts';
import { decimal } from '../../tools/input/number-words.ts';
import { layoutOf } from '../board/wired-layout.ts';
import { BadOption } from '../setup/bad-option.ts';
import type { Person, Question } from './bench.ts';
import { BoardBench } from './board-bench.ts';
import { HEALTHY, HIDDEN_FAULTS } from './hidden.ts';
import { lineText, type Part } from './lines.ts';
import { commissionDevice, NOT_FINISHED } from './on-device.ts';
import { SimulatedBench } from './simulated.ts';
import { commissionBuild, type Report } from './wizard.ts';

export interface CommissionOptions {
  readonly port?: string;
  readonly board: string;
  readonly after?: Part;
  readonly simulated?: string | true;
  readonly report?: string;
}

/** Returns the exit code: 1 = the build has not passed. */
export async function commissionCommand(given: CommissionOptions): Promise<number> {
  const report =
    given.simulated === undefined ? await onDevice(given) : await onSimulated(given.simulated, given);
  const failed = report.lines.filter((line) => !line.passed);
  if (failed.length > 0) console.log(`\nNot passed:\n${failed.map(lineText).join('\n')}`);
  console.log(
    report.passed
      ? '\nPASSED. Every line was measured and is good.'
      : `\nNOT PASSED${report.endedBy === '' ? '' : `, ended by: ${report.endedBy}`}. Nobody wears this build; no session starts on it.`,
  );
  if (given.report !== undefined) {
    mkdirSync(dirname(given.report), { recursive: true });
    writeFileSync(given.report, `${JSON.stringify(report, null, 1)}\n`);
  }
  return report.passed ? 0 : 1;
}

async function onSimulated(name: string | true, given: CommissionOptions): Promise<Report> {
  if (given.port !== undefined)
    throw new BadOption('--port', given.port, 'a simulated build has none: leave out --port or --simulated');
  const build =
    name === true ? HEALTHY : Object.hasOwn(HIDDEN_FAULTS, name) ? HIDDEN_FAULTS[name] : undefined;
  if (build === undefined)
    throw new BadOption(
      '--simulated',
      String(name),
      `known are ${Object.keys(HIDDEN_FAULTS).join(', ')}; none = a healthy build`,
    );
  const board = wantedBoard(given.board).name;
  const bench = new SimulatedBench(build, 1, { layout: layoutOf(board), pins: drivePins(board) });
  bench.say = (text) => console.log(text);
  console.log(`SIMULATED: no device, no cuff. Its outputs are those of ${board}.`);
  return await commissionBuild(bench, given.after);
}

async function onDevice(given: CommissionOptions): Promise<Report> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const broken = new AbortController();
  let bench: BoardBench | undefined;
  const onBreak = (): void => {
    if (bench?.borrowed === true) console.log(`\n${NOT_FINISHED}`);
    // whoever presses twice has read what he leaves behind
    if (broken.signal.aborted) process.exit(130);
    console.log(
      '\nStopping. What was changed on the device is put back first; Ctrl-C again ends it without.',
    );
    broken.abort(new Error('Ctrl-C, or the terminal was closed'));
  };
  for (const event of ['SIGINT', 'close']) terminal.on(event, onBreak);
  process.on('SIGINT', onBreak);
  try {
    const port = given.port ?? onlyPort(await listPorts());
    bench = new BoardBench({
      open: openWire,
      port,
      board: wantedBoard(given.board),
      pins: drivePins(given.board),
      person: personAt(terminal, broken.signal),
      signal: broken.signal,
    });
    return await commissionDevice(bench, given.after);
  } finally {
    process.off('SIGINT', onBreak);
    terminal.off('close', onBreak);
    terminal.close();
  }
}

interface Terminal {
  question(text: string, options: { signal: AbortSignal }): Promise<string>;
}

function personAt(terminal: Terminal, signal: AbortSignal): Person {
  const answer = async (text: string): Promise<string> => {
    try {
      return (await terminal.question(text, { signal })).trim();
    } catch (error) {
      throw signal.aborted ? signal.reason : error;
    }
  };
  return {
    say: (text) => console.log(text),
    yes: async (_id: Question, text) => /^y(es)?$/i.test(await answer(`${text} (yes/no) `)),
    number: async (_id: Question, text) => decimal(await answer(`${text} `)) ?? Number.NaN,
  };
}

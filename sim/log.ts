/** `npm run log -- ...`: read what a device, or a simulated one, has kept. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { Command } from 'commander';
import { FILE_PROGRESS } from '../src/files.ts';
import { MAX_LOP_MMHG, MIN_LOP_MMHG } from '../src/limits.ts';
import { builtInProtocol } from '../src/session/library.ts';
import { decodeProgress, progressText, stageProtocol } from '../src/session/progress.ts';
import { ROWS_BYTES } from '../tools/input/bytes-text.ts';
import { textOfFile } from '../tools/input/file-text.ts';
import { onlyOnce } from '../tools/input/once.ts';
import { lastWord } from '../tools/last-word.ts';
import { inPlace, type Where, withWhere } from '../tools/protocol/open-place.ts';
import type { Texts } from '../tools/settings/json-store.ts';
import { decimalOption } from '../tools/settings/wearer-option.ts';
import { blackBoxOf } from './log/black-box.ts';
import { boxLog } from './log/box-log.ts';
import { envelopesOf, type Span } from './log/envelope.ts';
import { addNote, notesPath, readNotes } from './log/notes.ts';
import { logOfCsv } from './log/open-log.ts';
import { progressSvg, sessionSvg } from './log/pictures.ts';
import { recordsOf, type SessionRecord } from './log/records.ts';
import { fromBox, fromRun, type Recorded, replay, replayLines } from './log/replay.ts';
import { BadStore, readStoreWhole, writeStore } from './log/store-file.ts';
import { STORE_NAMES } from './log/store-texts.ts';
import { csvOf, listLines, showLines } from './log/text.ts';
import { toSvg } from './report/svg.ts';

interface Opened {
  readonly texts: Texts;
  readonly records: readonly SessionRecord[];
  readonly envelopes: ReadonlyMap<number, readonly Span[]>;
}

function open(store: string): Opened {
  const { texts, problems } = readStoreWhole(store);
  const found = recordsOf(texts);
  const envelopes = envelopesOf(texts);
  for (const problem of [...problems, ...found.problems, ...envelopes.problems]) console.error(problem);
  return { texts, records: found.records, envelopes: envelopes.of };
}

/** Session `given`, or the last one. Throws BadStore with the numbers that there are. */
function pick(records: readonly SessionRecord[], given: string | undefined): SessionRecord {
  const found = given === undefined ? records.at(-1) : records.find((r) => String(r.n) === given);
  if (found !== undefined) return found;
  if (records.length === 0) throw new BadStore('no session has been recorded yet');
  throw new BadStore(`session "${given}": not kept; there are ${records.map((r) => r.n).join(', ')}`);
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  console.log(`wrote ${path}`);
}

/** Rows of a simulated run. Throws BadStore with the file and the line. */
function rowsOf(path: string): Recorded[] {
  try {
    return fromRun(logOfCsv(textOfFile(path, ROWS_BYTES), 0));
  } catch (error) {
    throw new BadStore(`${path}: ${(error as Error).message}`);
  }
}

const program = new Command('npm run log --')
  .description(
    'Session records and black box of a store: a JSON from "npm run sim -- --store FILE" or from "pull", or a dump of a board’s flash.',
  )
  .exitOverride()
  .showSuggestionAfterError();

withWhere(
  program
    .command('pull <file>')
    .description('read the store of a board in service mode, or of a Storage file, into a JSON'),
).action(async (file: string, where: Where) => {
  const texts: Texts = {};
  await inPlace(where, async (place) => {
    for (const name of STORE_NAMES) {
      const text = await place.read(name);
      if (text !== undefined) texts[name] = text;
    }
  });
  writeStore(file, texts);
  console.log(`wrote ${file}: ${Object.keys(texts).length} texts`);
});

program
  .command('list <store>')
  .description('all records, and what comes next')
  .action((store: string) => {
    const { texts, records } = open(store);
    console.log(listLines(records).join('\n'));
    const progress = decodeProgress(texts[FILE_PROGRESS]);
    const last = records.at(-1);
    const next = builtInProtocol(stageProtocol(progress.stage, last?.settings['limb'] === 0)).id;
    console.log(`  ${progressText(progress, next, last?.estimated === 1)}`);
  });

program
  .command('show <store> [session]')
  .description('everything about one session, the last one when none is named')
  .action((store: string, session: string | undefined) => {
    const { records, envelopes } = open(store);
    const record = pick(records, session);
    console.log(showLines(record, envelopes.get(record.n)).join('\n'));
  });

program
  .command('export <store> <file>')
  .description('all records as .csv or .json')
  .action((store: string, file: string) => {
    if (!/\.(csv|json)$/.test(file)) throw new BadStore(`"${file}": must end in .csv or .json`);
    const { records } = open(store);
    write(file, file.endsWith('.csv') ? csvOf(records) : `${JSON.stringify(records, null, 1)}\n`);
  });

program
  .command('picture <store> [session]')
  .description('a session as .svg; of a trip also its black box')
  .option('--out <file>', 'where to', 'build/session.svg')
  .action((store: string, session: string | undefined, options: { out: string }) => {
    const { texts, records, envelopes } = open(store);
    const record = pick(records, session);
    write(options.out, sessionSvg(record, envelopes.get(record.n)));
    const lastTrip = records.filter((r) => r.trip !== '' && r.rows === 1).at(-1);
    const box = blackBoxOf(texts);
    if (record.trip === '' || record !== lastTrip) return;
    if (typeof box === 'string') console.error(box);
    else write(options.out.replace(/(\.svg)?$/, '-black-box.svg'), toSvg(boxLog(box, record), []));
  });

program
  .command('progress <store>')
  .description('dose, pressure and how it felt over sessions, with the notes, as .svg')
  .option('--out <file>', 'where to', 'build/progress.svg')
  .action((store: string, options: { out: string }) => {
    write(options.out, progressSvg(open(store).records, readNotes(notesPath(store))));
  });

program
  .command('note <store>')
  .description('write down an outcome by hand: kept beside the store, no claim is made about it')
  .requiredOption('--date <YYYY-MM-DD>', 'when')
  .option('--vo2max <n>', 'estimate, mL/min/kg', decimalOption(10, 100, 'mL/min/kg'))
  .option('--jump <cm>', 'jump height', decimalOption(1, 150, 'cm'))
  .option('--text <text>', 'anything else')
  .action((store: string, o: { date: string; vo2max?: number; jump?: number; text?: string }) => {
    const path = notesPath(store);
    addNote(path, {
      date: o.date,
      ...(o.vo2max === undefined ? {} : { vo2max: o.vo2max }),
      ...(o.jump === undefined ? {} : { jumpCm: o.jump }),
      ...(o.text === undefined ? {} : { text: o.text }),
    });
    console.log(`wrote ${path}`);
  });

program
  .command('replay <store|rows.csv>')
  .description(
    'the black box, or the rows of a simulated run, through today’s firmware: where its decisions differ',
  )
  .option(
    '--lop <mmHg>',
    'occlusion pressure of a run of rows',
    decimalOption(MIN_LOP_MMHG, MAX_LOP_MMHG, 'mmHg'),
    190,
  )
  .action((given: string, options: { lop: number }) => {
    if (given.endsWith('.csv')) {
      console.log(replayLines(replay(rowsOf(given), options.lop, false), '').join('\n'));
      return;
    }
    const { texts, records } = open(given);
    const box = blackBoxOf(texts);
    if (typeof box === 'string') throw new BadStore(box);
    const record = records.filter((r) => r.trip !== '' && r.rows === 1).at(-1);
    const lop = record?.lop ?? options.lop;
    console.log(
      replayLines(replay(fromBox(box), lop, record?.settings['limb'] === 0), record?.trip ?? '').join('\n'),
    );
  });

try {
  await onlyOnce(program).parseAsync();
} catch (error) {
  process.exitCode = lastWord('log', error);
}

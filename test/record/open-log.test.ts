/** Bytes of every kind that somebody may hand in as a log: what is opened, and what is said of those that are none. */
import { beforeAll, describe, expect, it } from 'vitest';
import { logOfCsv, type OpenedStore, openLog } from '../../sim/log/open-log.ts';
import { fromRun, replay } from '../../sim/log/replay.ts';
import { sessionRun } from '../../sim/log/session-run.ts';
import { textsOf } from '../../sim/log/store-texts.ts';
import { toCsv } from '../../sim/report/csv.ts';
import { valueAt } from '../../sim/report/page-run.ts';
import { hasTruth } from '../../sim/report/run-log.ts';
import { makeStorage } from '../../tools/board/storage-image.ts';
import { jsonOfTexts, type Texts } from '../../tools/settings/json-store.ts';
import { nextFile } from '../../tools/settings/store-file.ts';
import { bench } from '../core/bench.ts';
import { sessionLike } from '../report/synthetic.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const csv = toCsv(sessionLike(1, 20, true));

let texts: Texts;
/** Name of the text that holds the record. */
let slot = '';
beforeAll(() => {
  const b = bench({ rig: { faults: [{ kind: 'leak', atMs: 30000, mmHgPerMin: 3000 }] } });
  b.settle();
  const at = b.level.rig.nowMs + 1;
  b.level.button(1, true, at);
  b.level.button(1, false, at + 200);
  b.run(120);
  texts = textsOf(b.level);
  slot = Object.keys(texts).find((name) => /^cuff\.r\d/.test(name)) ?? '';
});

function dump(of: Texts): Uint8Array {
  const files = Object.entries(of).map(([name, text]) => [
    `${name}.0`,
    nextFile({ a: undefined, b: undefined }, text).file,
  ]);
  return makeStorage(Object.fromEntries(files));
}

function store(bytes: Uint8Array): OpenedStore {
  const log = openLog(bytes);
  if (log.kind !== 'store') throw new Error(log.kind);
  return log;
}

function refusal(bytes: Uint8Array): string {
  try {
    openLog(bytes);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('it was opened');
}

describe('a log', () => {
  it('is the same store as JSON and as a dump of the flash', () => {
    const json = store(utf8(jsonOfTexts(texts)));
    expect(json.records).toHaveLength(1);
    expect(json.problems).toEqual([]);
    expect(typeof json.box).toBe('object');
    expect(store(dump(texts))).toEqual(json);
  });

  it('may be the rows of a run, with or without a true pressure', () => {
    const opened = openLog(utf8(csv));
    if (opened.kind !== 'rows') throw new Error(opened.kind);
    expect(opened.log.header.tickMs).toBe(40);
    expect(hasTruth(opened.log.header)).toBe(true);
    const lines = csv
      .trimEnd()
      .split('\n')
      .map((line) => line.split(','));
    const readings = lines.map((cells, i) => (i === 0 ? cells : cells.with(1, cells[3] as string)));
    const blind = logOfCsv(readings.map((cells) => cells.join(',')).join('\n'), 190);
    expect(hasTruth(blind.header)).toBe(false);
    expect(blind.header.lopMmHg).toBe(190);
  });

  it('that is damaged keeps what is whole, and what is not is named', () => {
    const bytes = dump(texts);
    const at = Buffer.from(bytes).indexOf('"moveInPermille":');
    bytes[at + 3] = 0x58;
    const opened = store(bytes);
    expect(opened.problems).toEqual([`${slot}: damaged, the check sum of no copy is right`]);
    expect(opened.records).toEqual([]);
    expect(typeof opened.box).toBe('object');
  });

  it('of another version is named with its version', () => {
    const other = (texts[slot] ?? '').replace('"v":1', '"v":7');
    const opened = store(utf8(jsonOfTexts({ ...texts, [slot]: other })));
    expect(opened.problems).toEqual([expect.stringContaining(`${slot}: `)]);
    expect(opened.problems[0]).toContain('it is of version 7');
  });

  it('whose black box lost a part says which', () => {
    const { 'cuff.b5': _lost, ...rest } = texts;
    expect(store(utf8(jsonOfTexts(rest))).problems).toEqual(['part 5 of the black box is missing']);
  });
});

describe('what is no log', () => {
  it.each<[string, () => Uint8Array, RegExp]>([
    ['empty', () => new Uint8Array(0), /^the file is empty$/],
    ['white space', () => utf8(' \n '), /white space/],
    ['JSON that was cut off', () => utf8(jsonOfTexts(texts).slice(0, 900)), /line \d+, column \d+/],
    ['JSON of something else', () => utf8('{"maxMmHg": "140"}'), /found maxMmHg/],
    ['a list', () => utf8('[1]'), /one JSON object of names and texts/],
    [
      'CSV that was cut off in a line',
      () => utf8(csv.slice(0, csv.length - 40)),
      /csv line \d+: \d+ cells, needed 15/,
    ],
    ['CSV without rows', () => utf8(`${csv.split('\n')[0]}\n`), /no row below the head/],
    ['CSV with a word in a cell', () => utf8(csv.replace('\n80,', '\nsoon,')), /csv line 3, t_ms: "soon"/],
    ['CSV whose time goes back', () => utf8(csv.replace('\n120,', '\n60,')), /csv line 4, t_ms: not later/],
    ['another CSV', () => utf8('a,b\n1,2\n'), /the head must be/],
    [
      'a picture',
      () => Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13]),
      /neither JSON nor a Storage/,
    ],
    ['text in UTF-16', () => Uint8Array.from([0x61, 0, 0x62, 0]), /neither|UTF-16/],
  ])('%s: says what and where', (_, bytes, said) => {
    expect(refusal(bytes())).toMatch(said);
  });
});

describe('a session that ended well', () => {
  it('is drawn from its record: phases, and what was asked for in each', () => {
    const { records } = store(utf8(jsonOfTexts(texts)));
    const record = records[0];
    if (record === undefined) throw new Error('no record');
    const run = sessionRun(record, texts);
    const [wait = 0, ...seconds] = record.phases.filter((_, i) => i % 3 === 2);
    expect(wait).toBeGreaterThan(5);
    expect(run.rows).toBe(5 + seconds.reduce((sum, s) => sum + s, 0));
    const work = Array.from({ length: run.rows }, (_, row) => row).filter(
      (row) => valueAt(run.phase, row) === 3,
    );
    expect(work.length).toBeGreaterThan(5);
    for (const row of work) expect(run.setpoint[row]).toBeCloseTo(record.lop / 2, 0);
    for (let row = 0; row < run.rows; row++) expect(run.raw[row]).toBeNaN();
    expect(run.hasTruth).toBe(false);
  });
});

it('a replay names tick and field of each difference, and tells how far it is', () => {
  const rows = fromRun(logOfCsv(csv, 190));
  const told: number[] = [];
  const found = replay(rows, 190, false, (share) => told.push(share));
  expect(told[0]).toBe(0);
  expect(Math.max(...told)).toBeLessThan(1);
  expect(found.differences.length).toBeGreaterThan(0);
  for (const d of found.differences) {
    expect(rows[d.tick - 1]?.tMs).toBe(d.tMs);
    expect(['valve', 'bleed', 'pump']).toContain(d.field);
    expect(d.recorded).not.toBe(d.today);
  }
});

import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { Flash } from '../../sim/board/flash.ts';
import { Storage } from '../../sim/board/storage.ts';
import { type BlackBox, blackBoxOf } from '../../sim/log/black-box.ts';
import { boxLog } from '../../sim/log/box-log.ts';
import { addNote, notesPath, readNotes } from '../../sim/log/notes.ts';
import { progressSvg, sessionSvg } from '../../sim/log/pictures.ts';
import { recordsOf, type SessionRecord } from '../../sim/log/records.ts';
import { fromBox, type Recorded, replay } from '../../sim/log/replay.ts';
import { BadStore, readStore, writeStore } from '../../sim/log/store-file.ts';
import { textsOf } from '../../sim/log/store-texts.ts';
import { csvOf, listLines, phasesOf, showLines } from '../../sim/log/text.ts';
import { toSvg } from '../../sim/report/svg.ts';
import { TICK_MS } from '../../src/limits.ts';
import { HELD_HIGH, HELD_LOW, HELD_SWINGS, HELD_WEAK, HELD_WELL } from '../../src/record/held.ts';
import { LEVEL_STEPS } from '../../src/record/levels.ts';
import type { Texts } from '../../tools/settings/json-store.ts';
import { bench } from '../core/bench.ts';

function boxOf(of: Texts): BlackBox {
  const box = blackBoxOf(of);
  if (typeof box === 'string') throw new Error(box);
  return box;
}

let texts: Texts;
let record: SessionRecord;
/** Every tick of the session, as a device would have seen it. */
const rows: Recorded[] = [];

beforeAll(() => {
  const b = bench({ rig: { faults: [{ kind: 'leak', atMs: 40000, mmHgPerMin: 3000 }] } });
  b.settle();
  const at = b.level.rig.nowMs + 1;
  b.level.button(1, true, at);
  b.level.button(1, false, at + 150);
  while (b.phase !== 'tripped') {
    b.level.nextTick();
    const v = b.level.view;
    rows.push({
      tMs: v.now,
      turn: b.level.core.tick.turn,
      mmHg: v.measuredMmHg,
      setpoint: v.setpoint,
      pump: v.pump,
      bleedMs: v.bleedMs,
      vent: v.vent === 1,
    });
    if (b.level.rig.nowMs > 90_000) throw new Error(`no trip, ${b.phase}`);
  }
  b.run(70);
  texts = textsOf(b.level);
  record = recordsOf(texts).records[0] as SessionRecord;
}, 60_000);

describe('the log', () => {
  it('reads the names that older firmware gave to trips', () => {
    const old = (trip: string, hazard: string): unknown => {
      const slot = Object.entries(texts).find(([name]) => name.startsWith('cuff.r')) as [string, string];
      const kept = { ...JSON.parse(slot[1]), trip, hazard };
      const read = recordsOf({ [slot[0]]: JSON.stringify(kept) }).records[0];
      return [read?.trip, read?.hazard];
    };
    expect(old('leak', 'air-gone')).toEqual(['leak', 'pressure-vanished']);
    expect(old('air-gained', 'valve-idle')).toEqual(['slow-gain', 'valve-without-effect']);
    expect(old('air-missing', '')).toEqual(['air-unaccounted', '']);
    expect(old('platform', '')).toEqual(['memory-low', '']);
    expect(old('leak', 'unheard-of')).toEqual(['leak', 'unheard-of']);
  });
  it('reads the record back, with its numbers', () => {
    expect(record).toMatchObject({ n: 3, protocol: 'run-5x3', lop: 190, estimated: 0, exit: 3 });
    expect(record.trip).not.toBe('');
    expect(phasesOf(record).map((p) => p.name)).toContain('work');
    expect(listLines([record])[1]).toContain(`trip: ${record.trip}`);
    expect(showLines(record).join('\n')).toContain('measured by this cuff');
  });

  it('tells a damaged record by its slot and keeps the others', () => {
    const { records, problems } = recordsOf({ ...texts, 'cuff.r9': '{"v":1}', 'cuff.r10': 'x' });
    expect(records).toHaveLength(1);
    expect(problems.map((p) => p.split(':')[0])).toEqual(['cuff.r9', 'cuff.r10']);
  });

  it('says what to do about a plant that could not be held, and nothing about one that could', () => {
    expect(record.held).toBe(HELD_WELL);
    expect(listLines([record]).join('\n')).not.toContain('!');
    const seen = new Set<string>();
    for (const held of [HELD_WEAK, HELD_LOW, HELD_HIGH, HELD_SWINGS]) {
      const bad = { ...record, held, moveInPermille: 512 };
      const text = showLines(bad).find((line) => line.includes('could not hold')) ?? '';
      expect(text).toContain('51 % of the work in the band');
      expect(listLines([bad])[1]).toContain('!51.2 %');
      expect(sessionSvg(bad)).toContain('51 % of the work in the band');
      seen.add(text);
    }
    expect(seen.size).toBe(4);
  });

  it('exports rows that come apart again', () => {
    const [head, row] = csvOf([{ ...record, asked: 'posture "x", screening' }]).split('\n');
    expect(head?.split(',')).toHaveLength(35);
    expect(row).toContain('"posture ""x"", screening"');
  });

  it('the black box is in order of time and ends with the vent', () => {
    const box = boxOf(texts);
    expect(box.periodMs).toBe(TICK_MS);
    expect(box.rows.at(-1)?.bleedMs).toBe(-1);
    const seen = rows.filter((r) => !r.vent);
    const boxed = box.rows.filter((r) => r.bleedMs >= 0);
    expect(seen.length).toBeGreaterThan(400);
    expect(boxed).toHaveLength(seen.length);
    for (const [i, row] of seen.entries()) {
      const kept = boxed[i];
      expect(Math.abs((kept?.mmHg ?? Number.NaN) - row.mmHg), `row ${i}`).toBeLessThanOrEqual(
        1 / LEVEL_STEPS,
      );
      expect([kept?.setpoint, kept?.pump, kept?.bleedMs], `row ${i}`).toEqual([
        row.setpoint,
        row.pump,
        row.bleedMs,
      ]);
    }
  });

  it('a missing or damaged part of the black box is said', () => {
    expect(blackBoxOf({})).toMatch(/no trip/);
    const { 'cuff.b7': _gone, ...rest } = texts;
    expect(blackBoxOf(rest)).toMatch(/part 7 of the black box is missing/);
    expect(blackBoxOf({ ...texts, 'cuff.b7': 'x' })).toMatch(/part 7 of the black box is damaged/);
    const first = texts['cuff.b0'] ?? '';
    const body = first.slice(first.indexOf('\n'));
    expect(blackBoxOf({ ...texts, 'cuff.b0': `3,40,0${body}` })).toMatch(/version 3; version 2 can be read/);
    for (const head of ['2,40,512', '2,0,0', '2,40', '77', '2,40,x'])
      expect(blackBoxOf({ ...texts, 'cuff.b0': head + body }), head).toMatch(/part 0 .* damaged/);
  });

  it('draws session, black box and progress without letting a name out of its text', () => {
    const evil = { ...record, protocol: '<b>' };
    for (const svg of [sessionSvg(evil), progressSvg([evil, record], [{ date: '2026-11-01', vo2max: 48 }])]) {
      expect(svg.startsWith('<svg')).toBe(true);
      expect(svg).not.toContain('<b>');
    }
    expect(progressSvg([record], [])).not.toContain('VO2max');
    expect(toSvg(boxLog(boxOf(texts), record), [])).toContain('<svg');
  });

  it('a black box is not called simulated, and its readings are not called true', () => {
    const svg = toSvg(boxLog(boxOf(texts), record), []);
    expect(svg.match(/simulated|true cuff/)).toBeNull();
    expect(svg).toContain('readings of a sensor');
  });

  it('the numbers beside the axes of the progress fit into their margin', () => {
    const notes = [{ date: '2026-11-01', vo2max: 48, jumpCm: 141 }];
    const svg = progressSvg([{ ...record, peak: 290, lop: 300, pressureS: 6000 }], notes);
    const margin = 64 - 8;
    const labels = [...svg.matchAll(/<text x="56"[^>]*text-anchor="end">([^<]*)</g)].map(
      ([, text]) => text ?? '',
    );
    expect(labels.length).toBeGreaterThanOrEqual(12);
    // a figure is about 7 px wide at this size, a unit would not fit
    for (const text of labels) expect(text.length * 7, text).toBeLessThan(margin);
    for (const unit of ['mmHg', 'min', 'mL/min/kg', 'cm']) expect(svg).toContain(`, ${unit}</text>`);
  });

  it('a store survives its file, as JSON and as a dump of the flash', () => {
    const dir = mkdtempSync(join(tmpdir(), 'cuffloop-log-'));
    const json = join(dir, 'store.json');
    writeStore(json, texts);
    expect(readStore(json)).toEqual(texts);
    const flash = new Flash(4);
    new Storage(flash).write('other', 'x');
    const dump = join(dir, 'dump.bin');
    writeFileSync(dump, flash.bytes);
    expect(readStore(dump)).toEqual({});
    for (const bad of ['[1]', 'hello', '{', '{"a":1}']) {
      writeFileSync(json, bad);
      expect(() => readStore(json)).toThrow(BadStore);
    }
    expect(() => readStore(join(dir, 'none'))).toThrow(/no such file/);
  });

  it('notes are kept beside the store, in order of date, and checked', () => {
    const path = notesPath(join(mkdtempSync(join(tmpdir(), 'cuffloop-note-')), 'store.json'));
    addNote(path, { date: '2026-11-02', jumpCm: 41 });
    addNote(path, { date: '2026-10-02', vo2max: 48, text: 'treadmill' });
    expect(readNotes(path).map((n) => n.date)).toEqual(['2026-10-02', '2026-11-02']);
    for (const bad of [{ date: 'x' }, { date: '2026-11-02', vo2max: 500 }, { date: '2026-11-02', claim: 1 }])
      expect(() => addNote(path, bad)).toThrow(/allowed are date/);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toHaveLength(2);
  });
});

describe('replay', () => {
  it('the same firmware decides the same on its own record, tick by tick, and trips in the same tick', () => {
    const result = replay(
      rows.filter((r) => Number.isFinite(r.mmHg)),
      190,
      false,
    );
    expect(result.pressurised).toBeGreaterThan(300);
    expect(result.different).toBeLessThanOrEqual(result.pressurised / 100);
    expect(result.trip).toBe(record.trip);
    expect(Math.abs(result.tripMs - (rows.at(-1)?.tMs ?? 0))).toBeLessThanOrEqual(10 * TICK_MS);
  });

  it('shows where a decision was another one', () => {
    // for 1.5 s: a pump that runs longer without an answer trips
    const changed = rows
      .filter((r) => Number.isFinite(r.mmHg))
      .map((r, i, all) => (i > all.length - 200 && i < all.length - 169 ? { ...r, pump: 777 } : r));
    const result = replay(changed, 190, false);
    expect(result.different).toBeGreaterThanOrEqual(30);
    expect(result.differences.some((d) => d.recorded === 'pump 78 %')).toBe(true);
  });

  it('takes a black box', () => {
    const box = boxOf(texts);
    const result = replay(fromBox(box), 190, false);
    expect(result.ticks).toBe(box.rows.length);
    expect(result.different).toBeLessThanOrEqual(result.pressurised / 50);
    expect(result.trip).toBe(record.trip);
  });
});

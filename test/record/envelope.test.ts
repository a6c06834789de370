/** The envelope of a session: what is gathered in the ticks, how it is kept, and what the tools make of it. */
import { beforeAll, describe, expect, it } from 'vitest';
import { envelopesOf, type Span, together } from '../../sim/log/envelope.ts';
import { sessionSvg } from '../../sim/log/pictures.ts';
import { recordsOf, type SessionRecord } from '../../sim/log/records.ts';
import { sessionRun } from '../../sim/log/session-run.ts';
import { textsOf } from '../../sim/log/store-texts.ts';
import { showLines } from '../../sim/log/text.ts';
import { PHASE_WORK } from '../../src/phases.ts';
import { envelopeFile, envelopeText, keepEnvelope } from '../../src/record/envelope.ts';
import { createRecorder, peakOf, type Recorder, recordPhase, recordTick } from '../../src/record/recorder.ts';
import { createTick } from '../../src/tick.ts';
import type { Texts } from '../../tools/settings/json-store.ts';
import { bench } from '../core/bench.ts';

const PERIOD_MS = 50;

/** `mmHg` of each tick from `fromMs` on, with the housekeeping of turn 1. */
function feed(r: Recorder, fromMs: number, mmHg: readonly number[]): number {
  const t = createTick(PERIOD_MS);
  let now = fromMs;
  for (const [i, measuredMmHg] of mmHg.entries()) {
    now = fromMs + i * PERIOD_MS;
    Object.assign(t, { turn: (i + 3) & 3, now, measuredMmHg, setpoint: 100, lapMs: 4 * PERIOD_MS });
    recordTick(r, t, PHASE_WORK);
    if (t.turn === 1) keepEnvelope(r, now);
  }
  return now + PERIOD_MS;
}

function begun(atMs: number): Recorder {
  const r = createRecorder();
  recordPhase(r, 0, -1, atMs);
  return r;
}

function spansIn(r: Recorder, n = 3): readonly Span[] {
  const { of, problems } = envelopesOf({ [envelopeFile(n)]: envelopeText(r, n) });
  expect(problems).toEqual([]);
  return of.get(n) ?? [];
}

const level = (seconds: number, mmHg: number): number[] => Array.from({ length: seconds * 20 }, () => mmHg);

describe('gathered in the ticks', () => {
  it('lowest, mean and highest of each four seconds, by the time since the session began', () => {
    const r = begun(7000);
    feed(r, 17_000, [...level(2, 90), ...level(2, 110), ...level(4, 120), 150, ...level(3, 100)]);
    recordPhase(r, PHASE_WORK, 0, 29_000);
    const spans = spansIn(r);
    expect(spans.map(({ fromS, toS }) => [fromS, toS])).toEqual([
      [10, 14],
      [14, 18],
      [18, 22],
    ]);
    expect(spans[0]?.low).toBe(90);
    expect(spans[0]?.high).toBeGreaterThanOrEqual(110);
    expect(spans[1]?.mean).toBeCloseTo(120, -1);
    expect(Math.max(...spans.map((span) => span.high))).toBe(150);
    expect(peakOf(r)).toBe(7500);
  });

  it('a phase ends an entry early, and the next stretch has its own time', () => {
    const r = begun(0);
    const at = feed(r, 1000, level(6, 80));
    recordPhase(r, PHASE_WORK, 0, at);
    feed(r, 700_000, level(1, 40));
    recordPhase(r, PHASE_WORK, 1, 701_000);
    expect(spansIn(r).map(({ fromS, low, high }) => [fromS, low, high])).toEqual([
      [1, 80, 80],
      [5, 80, 80],
      [700, 40, 40],
    ]);
  });

  it('a cuff that was vented within a phase leaves no entry of what was not read', () => {
    const r = begun(0);
    const at = feed(r, 0, level(5, 80));
    for (let now = at; now < at + 20_000; now += 4 * PERIOD_MS) keepEnvelope(r, now);
    feed(r, at + 20_000, level(5, 90));
    recordPhase(r, PHASE_WORK, 0, at + 25_000);
    const spans = spansIn(r);
    expect(spans.map(({ low }) => low)).toEqual([80, 80, 90, 90]);
    expect(spans[2]?.fromS).toBeCloseTo(25, 0);
  });

  it('too long a session keeps its first part whole, and its peak all the same', () => {
    const r = begun(0);
    let at = feed(r, 0, level(1600, 100));
    at = feed(r, at, [200, ...level(8, 100)]);
    recordPhase(r, PHASE_WORK, 0, at);
    const text = envelopeText(r, 3);
    expect(text.length).toBeLessThanOrEqual(1212);
    const spans = spansIn(r);
    expect(spans).toHaveLength(399);
    expect(spans.every(({ low, high }) => low === 100 && high === 100)).toBe(true);
    expect(peakOf(r)).toBe(10_000);
  });

  it('twenty minutes in ten phases take a kilobyte', () => {
    const r = begun(0);
    for (let phase = 0, at = 0; phase < 10; phase++) {
      at = feed(r, at, level(120, 100));
      recordPhase(r, PHASE_WORK, phase, at);
    }
    expect(envelopeText(r, 12).length).toBeGreaterThan(900);
    expect(envelopeText(r, 12).length).toBeLessThanOrEqual(1000);
  });

  it('readings outside of what a byte holds stand at its ends', () => {
    const r = begun(0);
    feed(r, 0, [...level(2, -8), ...level(3, 400)]);
    recordPhase(r, PHASE_WORK, 0, 5000);
    expect(spansIn(r)[0]).toMatchObject({ low: 0, high: 317.5 });
  });
});

describe('of a session', () => {
  let texts: Texts;
  let record: SessionRecord;
  let spans: readonly Span[];

  beforeAll(() => {
    const b = bench();
    b.start();
    while (b.phase !== 'work') b.run(1);
    b.run(45);
    b.tap(1);
    b.run(8);
    b.hold(2.5);
    b.until('done', 10);
    b.run(1);
    texts = textsOf(b.level);
    record = recordsOf(texts).records[0] as SessionRecord;
    spans = envelopesOf(texts).of.get(record.n) ?? [];
  });

  it('is kept beside the record, with the same peak', () => {
    expect(spans.length).toBeGreaterThan(10);
    expect(Math.max(...spans.map(({ high }) => high))).toBeCloseTo(record.peak, -0.5);
  });

  it('is drawn where it was read, and nowhere else', () => {
    const run = sessionRun(record, texts, spans);
    const kept = Array.from({ length: run.rows }, (_, row) => row).filter(
      (row) => !Number.isNaN(run.raw[row] as number),
    );
    expect(kept.length).toBeGreaterThan(45);
    expect(kept.length).toBeLessThan(run.rows);
    for (const row of kept) {
      expect(run.low?.[row]).toBeLessThanOrEqual(run.raw[row] as number);
      expect(run.high?.[row]).toBeGreaterThanOrEqual(run.raw[row] as number);
    }
    expect(sessionRun(record, texts).raw.every((mmHg) => Number.isNaN(mmHg))).toBe(true);
    expect(sessionSvg(record, spans).match(/#a9d1ea/g)?.length).toBe(spans.length);
    expect(sessionSvg(record)).not.toContain('Readings');
  });

  it('is told phase by phase', () => {
    const line = showLines(record, spans).find((text) => text.includes('readings')) ?? '';
    const [, low, high, mean] = (/work 1: (\d+) to (\d+), mean (\d+) mmHg/.exec(line) ?? []).map(Number);
    expect(low).toBeLessThan(mean as number);
    expect(high).toBeGreaterThan(mean as number);
    expect(Math.abs((mean as number) - record.lop / 2)).toBeLessThan(10);
    expect(showLines(record).join()).not.toContain('readings');
    expect(together(spans, 9000, 9100)).toBeUndefined();
  });

  it.each([
    ['cut off in an entry', (text: string) => text.slice(0, -1), 'damaged'],
    ['without a head', (text: string) => text.slice(text.indexOf('\n') + 1), 'damaged'],
    ['of a later version', (text: string) => text.replace(/^1,/, '9,'), 'version 9'],
    ['of another slot', (text: string) => text.replace(/^1,3,/, '1,4,'), 'damaged'],
  ])('%s: is told and left out, the records stay', (_, broken, why) => {
    const name = envelopeFile(record.n);
    const { of, problems } = envelopesOf({ ...texts, [name]: broken(texts[name] ?? '') });
    expect(of.size).toBe(0);
    expect(problems.join()).toContain(name);
    expect(problems.join()).toContain(why);
  });

  it('a store of older firmware has none, and is read as before', () => {
    const { [envelopeFile(record.n)]: _, ...older } = texts;
    expect(envelopesOf(older)).toEqual({ of: new Map(), problems: [] });
    expect(recordsOf(older).records).toHaveLength(1);
  });
});

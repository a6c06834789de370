import { beforeAll, describe, expect, it } from 'vitest';
import { type FlashStore, flashStore, PAGES } from '../../sim/bench/flash-store.ts';
import { manySessions, nothingLost } from '../../sim/bench/many-sessions.ts';
import { Flash, PowerCut } from '../../sim/board/flash.ts';
import { blackBoxOf } from '../../sim/log/black-box.ts';
import { recordsOf } from '../../sim/log/records.ts';
import { textsOf } from '../../sim/log/store-texts.ts';
import { FILE_PROGRESS } from '../../src/files.ts';
import type { StorePort } from '../../src/ports.ts';
import { RECORD_SLOTS, recordFile } from '../../src/record/box.ts';
import { decodeProgress } from '../../src/session/progress.ts';

const SESSIONS = RECORD_SLOTS + 2;
let device: FlashStore;
let records: string[];

beforeAll(async () => {
  device = await flashStore();
  const result = manySessions(SESSIONS, device.store, device.flash, 77);
  expect(nothingLost(result), JSON.stringify(result)).toBe(true);
  records = Array.from({ length: RECORD_SLOTS }, (_, slot) => device.store.read(recordFile(slot)) ?? '');
}, 120_000);

/** What the device writes at the end of session `n`, after a trip. */
function endOfSession(store: StorePort, n: number): void {
  const old = JSON.parse(records[(n - 1) % RECORD_SLOTS] ?? '{}') as object;
  store.write(recordFile(n), JSON.stringify({ ...old, n, felt: 0 }));
  store.write(FILE_PROGRESS, `2,${n},${n},1,0,0,0,0,0`);
  for (let part = 0; part < 3; part++) store.write(`cuff.b${part}`, 'x'.repeat(300 + n));
  store.write(recordFile(n), JSON.stringify({ ...old, n, felt: 2 }));
  store.write('cuff.lock', '0');
}

describe('records in flash', () => {
  it(`${SESSIONS} sessions in a row: the last ${RECORD_SLOTS} are readable, the black box too`, () => {
    const texts = textsOf({ stored: (name) => device.store.read(name) });
    expect(recordsOf(texts).records).toHaveLength(RECORD_SLOTS);
    const box = blackBoxOf(texts);
    if (typeof box === 'string') throw new Error(box);
    expect(box.rows.length).toBeGreaterThan(100);
  });

  it('a power cut at any write loses at most the record being written', async () => {
    const n = 2 + SESSIONS + 1;
    const before = device.flash.bytes.slice();
    const flash = new Flash(PAGES);
    flash.bytes.set(before);
    const whole = await flashStore(flash);
    const start = flash.words;
    endOfSession(whole.store, n);
    const words = flash.words - start + flash.erases;
    expect(words).toBeGreaterThan(400);
    for (let cut = 0; cut < words; cut += 1 + Math.floor(words / 60)) {
      flash.restore();
      flash.bytes.set(before);
      const cutStore = whole.restart();
      flash.wordsLeft = cut;
      try {
        endOfSession(cutStore, n);
      } catch (error) {
        expect(error).toBeInstanceOf(PowerCut);
      }
      const after = whole.restart();
      const found = recordsOf(textsOf({ stored: (name) => after.read(name) }));
      expect(found.problems, `cut at word ${cut}`).toEqual([]);
      const kept = found.records.map((r) => r.n);
      const others = Array.from({ length: RECORD_SLOTS - 1 }, (_, i) => n - RECORD_SLOTS + 1 + i);
      expect(
        kept.filter((k) => others.includes(k)),
        `cut at word ${cut}`,
      ).toEqual(others);
      expect([n - RECORD_SLOTS, n]).toContain(kept.find((k) => !others.includes(k)));
      expect([n - 1, n]).toContain(decodeProgress(after.read(FILE_PROGRESS)).sessions);
    }
  }, 120_000);
});

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { traceCsv } from '../../sim/tune/commission-command.ts';
import { identify } from '../../sim/tune/identify.ts';
import { type ProposeGiven, proposeCommand } from '../../sim/tune/propose-command.ts';
import type { Trace } from '../../sim/tune/trace.ts';
import { commissioned } from './runs.ts';

const GOOD = commissioned('nominal-thigh').trace;
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cuffloop-tune-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The good run with some columns changed. */
function changed(change: (trace: Trace) => Partial<Trace>): Trace {
  return { ...GOOD, ...change(GOOD) };
}

const ROWS = GOOD.tMs.length;
const BROKEN: readonly (readonly [string, Trace, RegExp])[] = [
  ['empty', changed(() => cut(0)), /too little data/],
  ['three seconds long', changed(() => cut(75)), /too little data/],
  [
    'flat although the pump ran',
    changed((t) => ({ mmHg: t.mmHg.map(() => 0.2) })),
    /moved by .* while the pump ran/,
  ],
  ['without a pump', changed((t) => ({ pump: t.pump.map(() => 0) })), /pump never ran/],
  ['without readings', changed((t) => ({ mmHg: t.mmHg.map(() => Number.NaN) })), /readings are missing/],
  [
    'a third missing',
    changed((t) => ({ mmHg: t.mmHg.map((p, i) => (i % 3 === 0 ? Number.NaN : p)) })),
    /missing/,
  ],
  ['of a barometer', changed((t) => ({ mmHg: t.mmHg.map((p) => p + 760) })), /no gauge pressure/],
  [
    'backward in time',
    changed((t) => ({ tMs: t.tMs.map((ms, i) => (i === 900 ? 5 : ms)) })),
    /time does not go forward/,
  ],
  [
    'with a duty of NaN',
    changed((t) => ({ pump: t.pump.map((u, i) => (i === 50 ? Number.NaN : u)) })),
    /pump is NaN in row 51/,
  ],
  [
    'with a duty of 2000',
    changed((t) => ({ pump: t.pump.map((u, i) => (i === 50 ? 2000 : u)) })),
    /pump is 2000/,
  ],
  ['a row a second', changed((t) => ({ tickMs: 1000, tMs: t.tMs.map((_, i) => i * 1000) })), /1000 ms apart/],
  [
    'pulsed by a gentle fill',
    changed((t) => ({ pump: t.pump.map((u, i) => (i % 2 === 0 ? u : 0)) })),
    /no fill found/,
  ],
];

function cut(rows: number): Partial<Trace> {
  const short = (list: readonly number[]): number[] => list.slice(0, rows);
  return {
    tMs: short(GOOD.tMs),
    mmHg: short(GOOD.mmHg),
    setpoint: short(GOOD.setpoint),
    pump: short(GOOD.pump),
    bleedMs: short(GOOD.bleedMs),
    vent: short(GOOD.vent),
  };
}

const BASE: ProposeGiven = {
  limb: 'leg',
  set: ['lopMmHg=190', 'lopSource=3'],
  seed: 1,
  bottleMl: 500,
  aim: 'sag',
  motion: 'run',
  n: 6,
  give: 2,
  jobs: 0,
  quick: true,
  quiet: true,
};

/** Runs the command on a file; what it wrote and said. */
async function commanded(
  given: Partial<ProposeGiven>,
): Promise<{ code: number; data: Record<string, unknown>; out: boolean; said: string }> {
  const json = join(folder, 'r.json');
  const out = join(folder, 'proposal.json');
  const said: string[] = [];
  const spy = vi.spyOn(console, 'error').mockImplementation((line) => void said.push(String(line)));
  try {
    const code = await proposeCommand({ ...BASE, json, out, ...given });
    return {
      code,
      data: JSON.parse(readFileSync(json, 'utf8')),
      out: existsSync(out),
      said: said.join('\n'),
    };
  } finally {
    spy.mockRestore();
  }
}

describe('a log that is no good', () => {
  it('starts from one that is', () => {
    expect(ROWS).toBeGreaterThan(1500);
    expect(identify(GOOD).problems).toEqual([]);
  });

  it.each(BROKEN)('%s identifies nothing and says why', (_what, trace, why) => {
    const { identified, problems } = identify(trace);
    expect(identified).toBeUndefined();
    expect(problems.join('; ')).toMatch(why);
  });

  it.each(BROKEN.filter((_, i) => i % 3 === 2))(
    '%s keeps the settings: no proposal, no file, exit 1',
    async (_what, trace) => {
      const log = join(folder, 'log.csv');
      writeFileSync(log, traceCsv(trace));
      const { code, data, out, said } = await commanded({ log });
      expect([code, out, data['proposal'], data['ok']]).toEqual([1, false, [], false]);
      expect(said).toMatch(/^settings kept: /);
    },
  );

  it('that is not there, or nonsense, keeps the settings', async () => {
    const gone = await commanded({ log: join(folder, 'nowhere.csv') });
    expect([gone.code, gone.out]).toEqual([1, false]);
    expect(gone.said).toMatch(/settings kept: .*nowhere\.csv: cannot be read/);
    writeFileSync(join(folder, 'x'), Buffer.from([0, 255, 3, 7, 10, 13, 1]));
    const odd = await commanded({ log: join(folder, 'x') });
    expect([odd.code, odd.out]).toEqual([1, false]);
  });
});

describe('a limb that moves in the hold', () => {
  it('makes the loss untold, not a gain', () => {
    const pushed = changed((t) => ({
      mmHg: t.mmHg.map((p, i) => (p > 140 ? p + 8 * Math.min(1, Math.max(0, i - 750) / 100) : p)),
    }));
    expect(identify(GOOD).identified?.lossPerMin).toBeGreaterThan(0);
    expect(identify(pushed).identified?.lossPerMin).toBeNull();
  });
});

describe('a plant that is no good', () => {
  it.each([
    ['whose pump is dead', { pumpFlow: 0 }],
    ['whose valve is too small to be worn', { valveC: 0.013 }],
  ])('%s keeps the settings', async (_what, changes) => {
    const plant = join(folder, 'plant.json');
    writeFileSync(plant, JSON.stringify(changes));
    const { code, data, out, said } = await commanded({ plant });
    expect([code, out, data['proposal']]).toEqual([1, false, []]);
    expect(said).toMatch(/settings kept/);
  });

  it('whose battery is empty is told by the inhibit that kept it from starting', async () => {
    const plant = join(folder, 'plant.json');
    writeFileSync(plant, JSON.stringify({ batteryMv: 3400 }));
    const { code, said } = await commanded({ plant });
    expect(code).toBe(1);
    expect(said).toMatch(/would not start the commissioning run: battery/);
  });
});

import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { RECORDED_ARM } from '../../sim/plant/params.ts';
import { makeRig } from './rigs.ts';

// Levels by straight lines between samples: fill = first upward crossing from the start; dump = first downward crossing after the
// highest sample. The recorded logs and the simulated one go through the same code.
interface Trace {
  readonly s: number[];
  readonly mmHg: number[];
}

const folder = new URL('../../../shared/data/cuff-runs/', import.meta.url);
const present = existsSync(folder);
const RUNS = ['run_03.csv', 'run_04.csv', 'run_05.csv', 'run_06.csv', 'run_08_6ms.csv'];
const FILL = ['5-20', '20-100', '20-150', '100-150', '150-190'];
const DUMP = [190, 150, 100, 50, 20, 15, 10];

function load(name: string): Trace {
  const rows = readFileSync(new URL(name, folder), 'utf8').trim().split('\n').slice(1);
  const cells = rows.map((row) => row.split(','));
  return { s: cells.map((c) => Number(c[0])), mmHg: cells.map((c) => Number(c[1])) };
}

function crossing(t: Trace, level: number, from: number, up: boolean): number {
  for (let i = from + 1; i < t.s.length; i += 1) {
    const a = t.mmHg[i - 1] as number;
    const b = t.mmHg[i] as number;
    const crossed = up ? a < level && b >= level : a >= level && b < level;
    if (crossed)
      return (t.s[i - 1] as number) + ((level - a) / (b - a)) * ((t.s[i] as number) - (t.s[i - 1] as number));
  }
  throw new Error(`the trace never crosses ${level} mmHg`);
}

/** Row of figures of one run, s, by name. */
function figures(t: Trace): Record<string, number> {
  const out: Record<string, number> = {};
  for (const name of FILL) {
    const [a, b] = name.split('-').map(Number) as [number, number];
    out[`fill ${name}`] = crossing(t, b, 0, true) - crossing(t, a, 0, true);
  }
  const top = t.mmHg.indexOf(Math.max(...t.mmHg));
  const start = crossing(t, 200, top, false);
  for (const level of DUMP) out[`dump 200-${level}`] = crossing(t, level, top, false) - start;
  return out;
}

function simulated(everyMs: number): Trace {
  const rig = makeRig({ plant: RECORDED_ARM });
  const out: Trace = { s: [], mmHg: [] };
  rig.pump = 1;
  rig.valve = 1;
  let over = -1;
  for (let ms = everyMs; over < 0 || ms < over + 12_000; ms += everyMs) {
    rig.advanceTo(ms);
    out.s.push(ms / 1000);
    out.mmHg.push(rig.p1);
    if (over < 0 && rig.p1 > 201.5) {
      over = ms;
      rig.pump = 0;
      rig.valve = 0;
    }
    if (ms > 60_000) throw new Error('the recorded rig does not reach 200 mmHg');
  }
  return out;
}

describe.skipIf(!present)('the recorded arm rig', () => {
  const runs = present ? RUNS.map((name) => figures(load(name))) : [];

  it.each([6, 18])(
    'fills and empties as the recordings do, within their spread +-5 %% (sampled every %i ms)',
    (everyMs) => {
      const ours = figures(simulated(everyMs));
      const off: string[] = [];
      for (const [name, value] of Object.entries(ours)) {
        const seen = runs.map((run) => run[name] as number);
        const lo = Math.min(...seen) * 0.95;
        const hi = Math.max(...seen) * 1.05;
        if (!(value >= lo && value <= hi))
          off.push(`${name}: ${value.toFixed(3)} s, allowed ${lo.toFixed(3)}-${hi.toFixed(3)}`);
      }
      expect(off).toEqual([]);
    },
  );

  it('has the tail of the recordings: 18-20 mmHg 3 s after 190, 8-9 after 5 s, 4.7-5.6 after 7 s (+-1)', () => {
    const t = simulated(6);
    const from = crossing(t, 190, t.mmHg.indexOf(Math.max(...t.mmHg)), false);
    const at = (s: number): number => t.mmHg[t.s.findIndex((x) => x >= from + s)] as number;
    expect(Math.abs(at(3) - 19)).toBeLessThan(2);
    expect(Math.abs(at(5) - 8.5)).toBeLessThan(1.5);
    expect(Math.abs(at(7) - 5.1)).toBeLessThan(1.5);
  });
});

it.skipIf(present)('recordings: skipped, ../shared/data/cuff-runs is not there', () => {});
if (!present) console.log(`recordings: skipped, no folder ${folder.pathname}`);

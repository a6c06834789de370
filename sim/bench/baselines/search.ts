/**
 * `npm run fit:baselines -- pid|simc`: tunes the two PIs with as many candidates as ours had, on design seeds of the same sampler, by the
 * same score: mean share of time in the band while moving, less what is lost of the +-5 % band at rest and half of what the worst quarter
 * is below the mean; leg press, walk and run alike. Screened on short sessions and few plants (two in three over the whole range, the rest
 * near the best so far), the best dozen judged on whole sessions and more plants. It prints; tuned.ts is written by hand.
 */
import { Argument, Command } from 'commander';
import { Random } from '../../plant/random.ts';
import { whole } from '../../setup/numbers.ts';
import { drawOne } from '../control-draw.ts';
import { type ControlMaker, drive } from '../control-drive.ts';
import { measure } from '../control-metrics.ts';
import { type BenchScenario, SCENARIOS, type Stretch } from '../control-scenarios.ts';
import { type PidTuning, pidOf, SIMC, type SimcTuning, simcOf, TEXTBOOK } from './simple.ts';

const DESIGN_SEED = 100;
const SCREEN_PLANTS = 6;
const FINALISTS = 12;

/** The same session with less of everything. */
function shortOf(scenario: BenchScenario): BenchScenario {
  const stretches: Stretch[] = [];
  for (const s of scenario.stretches) {
    if (s.kind === 'move' && s.reps !== undefined) stretches.push({ ...s, reps: 12 });
    else if (s.kind !== 'deflate')
      stretches.push({
        ...s,
        seconds: Math.min(s.seconds ?? 0, s.kind === 'fill' ? 18 : s.kind === 'move' ? 40 : 12),
      });
    if (stretches.length === 6) break;
  }
  stretches.push({ kind: 'deflate', activity: 'rest', seconds: 1 });
  return { ...scenario, stretches };
}

const WHOLE: readonly BenchScenario[] = [SCENARIOS.legpress, SCENARIOS.walk, SCENARIOS.run];
const SHORT: readonly BenchScenario[] = WHOLE.map(shortOf);

function score(make: ControlMaker, scenarios: readonly BenchScenario[], plants: number): number {
  let total = 0;
  for (const scenario of scenarios) {
    const moves: number[] = [];
    let restLoss = 0;
    for (let i = 0; i < plants; i += 1) {
      const m = measure(scenario, drive(scenario, drawOne(scenario, DESIGN_SEED, i, 'rated'), make));
      moves.push(m.move10);
      restLoss += 100 - m.rest5;
    }
    moves.sort((a, b) => a - b);
    const mean = moves.reduce((a, b) => a + b, 0) / moves.length;
    const worst = moves.slice(0, Math.ceil(moves.length / 4));
    const low = worst.reduce((a, b) => a + b, 0) / worst.length;
    total += mean - (mean - low) / 2 - restLoss / plants;
  }
  return total / scenarios.length;
}

function around(rng: Random, x: number, spread: number): number {
  return x * Math.exp(spread * rng.gauss());
}

const PERIODS = [20, 30, 40, 50, 70, 100];

function nextPid(rng: Random, best: PidTuning, spread: number): PidTuning {
  return {
    kp: around(rng, best.kp, spread),
    ki: around(rng, best.ki, spread * 1.5),
    kd: around(rng, best.kd, spread),
    periodMs: rng.chance(0.3) ? (PERIODS[rng.int(PERIODS.length)] as number) : best.periodMs,
  };
}

function nextSimc(rng: Random, best: SimcTuning, spread: number): SimcTuning {
  return {
    kc: around(rng, best.kc, spread),
    ti: around(rng, best.ti, spread * 1.5),
    deadBand: around(rng, best.deadBand, spread),
    periodMs: rng.chance(0.3) ? (PERIODS[rng.int(PERIODS.length)] as number) : best.periodMs,
  };
}

function search<T>(
  first: T,
  next: (rng: Random, best: T, spread: number) => T,
  make: (k: T) => ControlMaker,
  n: number,
  plants: number,
): void {
  const rng = new Random(7);
  const tried: { readonly k: T; readonly s: number }[] = [];
  let best = { k: first, s: score(make(first), SHORT, SCREEN_PLANTS) };
  for (let i = 0; i < n; i += 1) {
    const k = i < (2 * n) / 3 ? next(rng, i % 2 === 0 ? first : best.k, 1.2) : next(rng, best.k, 0.3);
    const found = { k, s: score(make(k), SHORT, SCREEN_PLANTS) };
    tried.push(found);
    if (found.s <= best.s) continue;
    best = found;
    process.stdout.write(`${i} ${best.s.toFixed(2)} ${JSON.stringify(best.k)}\n`);
  }
  tried.sort((a, b) => b.s - a.s);
  const first24 = score(make(first), WHOLE, plants);
  process.stdout.write(`whole sessions, ${plants} plants: as published ${first24.toFixed(2)}\n`);
  let top = { k: first, s: first24 };
  for (const t of tried.slice(0, FINALISTS)) {
    const s = score(make(t.k), WHOLE, plants);
    process.stdout.write(`${s.toFixed(2)} ${JSON.stringify(t.k)}\n`);
    if (s > top.s) top = { k: t.k, s };
  }
  process.stdout.write(`best of ${n}: ${top.s.toFixed(2)} ${JSON.stringify(top.k)}\n`);
}

const command = new Command('npm run fit:baselines --')
  .description('Looks for the best tunings of the two PIs that ours is compared with.')
  .addArgument(new Argument('<which>', 'controller').choices(['pid', 'simc']))
  .option('--candidates <n>', 'tunings tried', whole(1, 100_000), 300)
  .option('--plants <n>', 'plants of the last round', whole(1, 10_000), 24)
  .parse();
const { candidates, plants } = command.opts<{ candidates: number; plants: number }>();
if (command.args[0] === 'pid') search(TEXTBOOK, nextPid, pidOf, candidates, plants);
else search(SIMC, nextSimc, simcOf, candidates, plants);

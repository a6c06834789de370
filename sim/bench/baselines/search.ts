import { Random } from '../../plant/random.ts';
import { drawOne } from '../control-draw.ts';
import { type ControlMaker, drive } from '../control-drive.ts';
import { measure } from '../control-metrics.ts';
import { SCENARIOS, type ScenarioName } from '../control-scenarios.ts';
import { type PidTuning, pidOf, type SimcTuning, simcOf } from './simple.ts';

/**
 * Tunes the two PIs the way ours was tuned: on design seeds of the same sampler, by the same score (mean share of time in the band while
 * moving, less what is lost of the +-5 % band at rest and half of what the worst quarter is below the mean). Usage: tsx search.ts pid|simc [candidates] [plants]
 */
const DESIGN_SEED = 100;
const SCORED: readonly ScenarioName[] = ['legpress', 'walk', 'run'];

function score(make: ControlMaker, plants: number): number {
  let total = 0;
  for (const name of SCORED) {
    const scenario = SCENARIOS[name];
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
  return total / SCORED.length;
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
  let best = first;
  let top = score(make(best), plants);
  process.stdout.write(`start ${top.toFixed(2)} ${JSON.stringify(best)}\n`);
  for (let i = 0; i < n; i += 1) {
    const k = next(rng, best, i < n / 2 ? 0.8 : 0.3);
    const s = score(make(k), plants);
    if (s > top) {
      top = s;
      best = k;
      process.stdout.write(`${i} ${top.toFixed(2)} ${JSON.stringify(best)}\n`);
    }
  }
}

const which = process.argv[2];
const candidates = Number(process.argv[3] ?? 120);
const plants = Number(process.argv[4] ?? 24);
if (which === 'pid') search({ kp: 10, ki: 10, kd: 1, periodMs: 50 }, nextPid, pidOf, candidates, plants);
else if (which === 'simc')
  search({ kc: 0.067, ti: 1.8, periodMs: 50, deadBand: 1 }, nextSimc, simcOf, candidates, plants);
else process.stderr.write('usage: tsx sim/bench/baselines/search.ts pid|simc [candidates] [plants]\n');

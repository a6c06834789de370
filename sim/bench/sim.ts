/** `npm run bench:sim`: how fast the simulator is, level by level, against the rig's own equations of air alone, in the same run. */
import colors from 'picocolors';
import { findInterpreter } from '../interpreter/binary.ts';
import { type BenchOptions, benchCommand, withBar, writeFigures } from './command.ts';
import { textTable } from './control-table.ts';
import { type Contender, contenders, coreLevel, runTogether, timed, wallTimed } from './sim-speed.ts';

interface Row {
  readonly name: string;
  readonly simulatedS: number;
  readonly timesRealTime: number;
  /** Of the bare loop's speed: fastest against fastest. */
  readonly ofBare: number;
}

interface Growth {
  readonly what: string;
  readonly cuffs: number;
  readonly simulatedS: number;
  /** Time for a simulated second of one cuff, microseconds. */
  readonly usPerS: number;
}

const MIN_OF_BARE = 0.5;
const MIN_TIMES = 2000;

/** The goes of all contenders are interleaved, so that a busy second hits no single one. The first ones also warm the compiler up. */
async function speeds(rows: readonly Contender[], seed: number, tell: () => void): Promise<Row[]> {
  const best = rows.map(() => Number.POSITIVE_INFINITY);
  const most = Math.max(...rows.map((row) => row.goes));
  for (let go = 0; go < most; go++) {
    for (const [i, row] of rows.entries()) {
      if (go >= row.goes) continue;
      const { run, close } = await row.open(seed);
      const took = row.outside === true ? wallTimed(run) : timed(run);
      close();
      best[i] = Math.min(best[i] ?? took, took);
      tell();
    }
  }
  const speed = rows.map((row, i) => row.ms / (best[i] ?? 1));
  return rows.map((row, i) => ({
    name: row.name,
    simulatedS: row.ms / 1000,
    timesRealTime: speed[i] ?? 0,
    ofBare: (speed[i] ?? 0) / (speed[0] ?? 1),
  }));
}

async function growth(seed: number, quick: boolean, tell: () => void): Promise<Growth[]> {
  const out: Growth[] = [];
  const measure = async (what: string, cuffs: number, ms: number): Promise<void> => {
    let best = Number.POSITIVE_INFINITY;
    for (let go = 0; go < (quick ? 2 : 4); go++) {
      const levels = Array.from({ length: cuffs }, (_, i) => coreLevel(seed + i));
      best = Math.min(
        best,
        timed(() => runTogether(levels, ms)),
      );
    }
    out.push({ what, cuffs, simulatedS: ms / 1000, usPerS: (best * 1000) / ((ms / 1000) * cuffs) });
    tell();
  };
  for (const minutes of [1, 5, 20]) await measure(`${minutes} min session`, 1, minutes * 60_000);
  for (const cuffs of [1, 2, 4, 8])
    await measure(`${cuffs} cuff${cuffs > 1 ? 's' : ''}`, cuffs, quick ? 60_000 : 240_000);
  return out;
}

function whole(x: number): string {
  return Math.round(x).toLocaleString('en-US');
}

const given = benchCommand(
  'sim',
  'Speed of the simulator at each level, and how the cost grows. Compare ratios, not machines. --quick: shorter runs, fewer goes.',
  1,
)
  .parse()
  .opts<BenchOptions>();
const found = findInterpreter();
const rows = await contenders(given.quick, found);
const steps = rows.reduce((sum, row) => sum + row.goes, 0) + 7;
let done = 0;
const { levels, grown } = await withBar(steps, 'goes', async (told) => {
  const tell = (): void => told(++done);
  return {
    levels: await speeds(rows, given.seed, tell),
    grown: await growth(given.seed, given.quick, tell),
  };
});

console.log(
  textTable([
    ['level', 'simulated s', 'x real time', 'of the bare loop'],
    ...levels.map((r) => [
      r.name,
      whole(r.simulatedS),
      whole(r.timesRealTime),
      r.ofBare.toFixed(r.ofBare < 0.1 ? 4 : 2),
    ]),
  ]),
);
if (found === undefined)
  console.log(colors.dim('interpreter: not run; name a Linux build of Espruino in ESPRUINO'));
console.log(
  `\n${textTable([
    ['core level, how the cost grows', 'simulated s', 'us a simulated second and cuff'],
    ...grown.map((g) => [g.what, whole(g.simulatedS), whole(g.usPerS)]),
  ])}`,
);
const core = levels.find((row) => row.name === 'core');
const met = core !== undefined && core.ofBare >= MIN_OF_BARE && core.timesRealTime >= MIN_TIMES;
console.log(
  `\ncore level at least ${MIN_OF_BARE} of the bare loop and ${whole(MIN_TIMES)} x real time: ${
    met ? colors.green('met') : colors.red('NOT met')
  }`,
);
writeFigures(given.json, {
  seed: given.seed,
  quick: given.quick,
  node: process.version,
  levels,
  growth: grown,
  met,
});
process.exitCode = met ? 0 : 1;

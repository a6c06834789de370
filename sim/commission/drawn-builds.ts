/** Healthy builds of a kind, drawn from a seed and commissioned: which of them are refused, and by what. */
import { drivePins } from '../../tools/build/drive-pins.ts';
import { layoutOf } from '../board/wired-layout.ts';
import { Random } from '../plant/random.ts';
import { sampleHealthy } from './hidden.ts';
import { SimulatedBench } from './simulated.ts';
import type { BuildKind } from './supplies.ts';
import { commissionBuild } from './wizard.ts';

/** Those of the first `count` builds that have not passed, each as its number and the lines that have not. */
export async function drawnBuilds(kind: BuildKind, seed: number, count: number): Promise<string[]> {
  const rng = new Random(seed);
  const refused: string[] = [];
  const board = { layout: layoutOf(kind.board), pins: drivePins(kind.board) };
  for (let k = 0; k < count; k++) {
    const { passed, lines } = await commissionBuild(
      new SimulatedBench(sampleHealthy(rng, kind), 100 + k, board),
    );
    const failed = lines.filter((line) => !line.passed).map((line) => line.id);
    if (!passed) refused.push(`${k}: ${failed.join(' ')}`);
  }
  return refused;
}

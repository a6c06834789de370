/** One run of `npm run bench:blind`, as its pool of workers takes it: a case on a build. */
import { blindBuild } from './blind-build.ts';
import { CASES } from './blind-cases.ts';
import { type BlindResult, runBlind } from './blind-run.ts';

export interface BlindJob {
  readonly seed: number;
  readonly name: string;
  readonly build: number;
  /** Pressure of the room, mmHg. */
  readonly ambientMmHg: number;
}

/** Throws RangeError where there is no such case. */
export function blindJob(job: BlindJob): BlindResult {
  const found = CASES.find((c) => c.name === job.name);
  if (found === undefined) throw new RangeError(`${job.name}: no such case`);
  return runBlind(found, blindBuild(job.seed, job.build, job.ambientMmHg));
}

import { describe, expect, it } from 'vitest';
import { nominalImage, sampledRuns } from '../../sim/bench/sessions-plants.ts';
import { aboveCeilings, runProtocol } from '../../sim/bench/sessions-run.ts';
import { MAX_ARM_MS, MAX_LEG_MS } from '../../src/limits.ts';
import { PROTOCOL_ARM, PROTOCOL_INTRO } from '../../src/session/library.ts';

const LIFT = 9;
const CYCLE = 10;

describe('protocols to their end', () => {
  for (const index of [PROTOCOL_INTRO, LIFT, PROTOCOL_ARM]) {
    it(`number ${index + 1}, image in the loop on the nominal plant: no trip, within the ceilings`, async () => {
      const arm = index === PROTOCOL_ARM;
      const { level, protocol, plant } = await nominalImage(index);
      const outcome = runProtocol(level, protocol, plant.lopMmHg, arm);
      level.close();
      expect(outcome.trip).toBe('');
      expect(outcome.complete).toBe(true);
      expect(aboveCeilings(outcome, (arm ? MAX_ARM_MS : MAX_LEG_MS) / 1000)).toEqual([]);
    }, 120_000);
  }

  it('number 11, 20 s on and 5 s off, core in the loop on 4 sampled plants: within the ceilings', () => {
    const sum = sampledRuns(CYCLE, 4, 900);
    expect(sum.above).toEqual([]);
    expect(sum.runs).toBe(4);
  }, 60_000);

  it('the ceilings can be broken', () => {
    const outcome = {
      complete: true,
      trip: '',
      step: 0,
      seconds: 1,
      pressureS: 1211,
      peakMmHg: 301,
      meanShare: 1.01,
    };
    expect(aboveCeilings(outcome, 1200)).toHaveLength(3);
  });
});

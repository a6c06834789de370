import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MAX_CUFF_MMHG, MAX_FAULT_MMHG } from '../../src/limits.ts';
import { buildImage } from '../../tools/build/image.ts';
import { choices, ROOT } from '../../tools/build/project.ts';
import { LEAST_RANGE_MMHG, refuseShortRange, sensorTraits } from '../../tools/build/sensor-range.ts';

describe('the range of a sensor against the ceiling', () => {
  let tree = '';
  beforeAll(() => {
    mkdirSync(join(ROOT, 'build'), { recursive: true });
    tree = mkdtempSync(join(ROOT, 'build', 'range-'));
    for (const layer of ['src', 'hal']) cpSync(join(ROOT, layer), join(tree, layer), { recursive: true });
  });
  afterAll(() => rmSync(tree, { recursive: true, force: true }));

  /** The ABP2 with 5 psi, which is 259 mmHg, as a driver of its own. */
  function fivePsi(): void {
    const text = readFileSync(join(ROOT, 'hal/sensors/abp2.ts'), 'utf8');
    const short = text
      .replace('RANGE = 51714926', 'RANGE = 25857463')
      .replace('maxMmHg: 505', 'maxMmHg: 270');
    expect(short).toContain('maxMmHg: 270');
    writeFileSync(join(tree, 'hal/sensors/abp2-05.ts'), short);
  }

  it('needed is more than any reading that a rule acts on', () => {
    expect(LEAST_RANGE_MMHG).toBeGreaterThan(MAX_FAULT_MMHG);
    expect(LEAST_RANGE_MMHG).toBeGreaterThan(MAX_CUFF_MMHG);
  });

  it('the build refuses the 5 psi part and names its range and the need', async () => {
    fivePsi();
    await expect(buildImage({ root: tree, sensor: 'abp2-05' })).rejects.toThrow(
      /--sensor abp2-05: it sees up to 270 mmHg; needed are 340: the ceiling of 300/,
    );
  });

  it.each(choices('sensors'))('%s sees far enough', (sensor) => {
    expect(() => refuseShortRange(sensor, sensorTraits(sensor))).not.toThrow();
  });

  it('a millimetre short is refused, the need itself is enough', () => {
    const traits = sensorTraits('mprls');
    expect(() => refuseShortRange('x', { ...traits, maxMmHg: LEAST_RANGE_MMHG - 1 })).toThrow(/339 mmHg/);
    expect(() => refuseShortRange('x', { ...traits, maxMmHg: LEAST_RANGE_MMHG })).not.toThrow();
    expect(() => refuseShortRange('x', { ...traits, maxMmHg: Number.NaN })).toThrow(/NaN/);
  });
});

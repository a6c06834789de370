import { describe, expect, it } from 'vitest';
import { HX710B_TRAITS } from '../../hal/sensors/hx710b.ts';
import { Random } from '../../sim/plant/random.ts';
import { SENSORS, Sensor, sampleSensor } from '../../sim/plant/sensor.ts';
import type { SensorKind } from '../../sim/plant/sensor-params.ts';
import { fill, makeRig, TIGHT_THIGH } from './rigs.ts';

const KINDS = Object.keys(SENSORS) as SensorKind[];

/** Mean and SD of `n` conversions at a steady pressure, once the part's own filter has settled, in mmHg of the ideal transfer. */
function statistics(
  sensor: Sensor,
  mmHg: number,
  n: number,
  from = 0,
): { mean: number; sd: number; last: number } {
  const p = sensor.params;
  let s = 0;
  let ss = 0;
  let now = from;
  const settling = (p.filter?.length ?? 1) - 1;
  for (let i = -settling; i < n; i += 1) {
    if (p.start === 'command') {
      sensor.command(now);
      now += p.conversionMs;
      sensor.serve(now, mmHg);
    } else if (p.start === 'free') {
      now += p.conversionMs;
      sensor.serve(now, mmHg);
    } else now += 2;
    if (i < 0) continue;
    const x = (sensor.read(now, mmHg).code - p.codeZero) / p.codesPerMmHg - (p.absolute ? p.ambientMmHg : 0);
    s += x;
    ss += x * x;
  }
  const mean = s / n;
  return { mean, sd: Math.sqrt(Math.max(0, ss / n - mean * mean)), last: now };
}

describe('MPRLS', () => {
  it('maps 0 and 25 psi absolute to 10 and 90 % of 24 bits', () => {
    const quiet = { ...SENSORS.MPRLS, noiseMmHg: 0 };
    const at = (abs: number): number => {
      const sensor = new Sensor({ ...quiet, ambientMmHg: abs }, new Random(1));
      sensor.command(0);
      sensor.serve(5, 0);
      return sensor.read(5, 0).code;
    };
    expect(at(0)).toBe(0x199999);
    expect(at(25 * 51.71493)).toBe(0xe66666);
    // one atmosphere is 14.696 psi: 58.784 % of the span
    expect(Math.abs(at(760) - (0x199999 + 0.58784 * (0xe66666 - 0x199999)))).toBeLessThan(800);
  });

  it('is busy for 5 ms with the old word, then shows what was there in the middle', () => {
    const rig = makeRig({
      plant: { ...TIGHT_THIGH, sensorAt: 'cuff' },
      sensor: { ...SENSORS.MPRLS, noiseMmHg: 0 },
    });
    fill(rig, 120, 1000);
    rig.valve = 0;
    rig.advanceTo(rig.nowMs + 60);
    rig.convert();
    const seen: number[] = [];
    for (let i = 1; i <= 5; i += 1) {
      rig.advanceTo(rig.nowMs + 1);
      seen.push(rig.p2);
      if (i < 5) expect(rig.read()).toMatchObject({ busy: true, status: 0x60, conversions: 0, code: 0 });
    }
    const answer = rig.read();
    expect(answer).toMatchObject({ nak: false, busy: false, status: 0x40, conversions: 1 });
    const mmHg = ((answer.code - 0x199999) * 25 * 51.71493) / (0xe66666 - 0x199999) - 755;
    expect((seen[1] as number) - (seen[2] as number)).toBeGreaterThan(0.02);
    expect(mmHg).toBeCloseTo(seen[2] as number, 3);
  });

  it('ignores a command while it is busy', () => {
    const rig = makeRig();
    rig.convert();
    rig.advanceTo(3);
    rig.convert();
    rig.advanceTo(5);
    expect(rig.read()).toMatchObject({ busy: false, conversions: 1 });
  });

  it('reads the joint it is plumbed to', () => {
    const read = (sensorAt: 'pump' | 'cuff'): number => {
      const plant = { ...TIGHT_THIGH, sensorAt, barbBoreMm: 1.4 };
      const rig = makeRig({ plant, sensor: { ...SENSORS.MPRLS, noiseMmHg: 0 } });
      fill(rig, 100);
      rig.valve = 0;
      rig.advanceTo(rig.nowMs + 50);
      rig.convert();
      rig.advanceTo(rig.nowMs + 5);
      return rig.read().code;
    };
    expect((read('cuff') - read('pump')) / SENSORS.MPRLS.codesPerMmHg).toBeGreaterThan(5);
  });
});

describe.each(KINDS)('%s', (kind) => {
  const ideal = SENSORS[kind];

  it('has its noise and no bias', () => {
    const sensor = new Sensor(ideal, new Random(2));
    const lsb = 1 / ideal.codesPerMmHg;
    const want = Math.sqrt(ideal.noiseMmHg * ideal.noiseMmHg + (lsb * lsb) / 12);
    const got = statistics(sensor, 150, 4000);
    expect(Math.abs(got.mean - 150)).toBeLessThan(4 * (want / Math.sqrt(4000)) + 0.01);
    expect(Math.abs(got.sd / want - 1)).toBeLessThan(0.06);
  });

  it('clips at the ends of its range and says so', () => {
    const top = new Sensor(ideal, new Random(3));
    statistics(top, 900, 1);
    const now = 1000;
    expect(top.read(now, 900)).toMatchObject({
      code: ideal.codeMax,
      status: ideal.start === 'direct' ? 0x41 : expect.any(Number),
    });
    expect(top.read(now, 900).status & 1).toBe(1);
    const bottom = new Sensor(ideal, new Random(3));
    statistics(bottom, -900, 1);
    expect(bottom.read(now, -900).code).toBe(ideal.codeMin);
  });

  it('is sampled with errors that zeroing takes away, and some that it does not', () => {
    let worstZeroed = 0;
    let sumRaw = 0;
    let sumZeroed = 0;
    for (let i = 0; i < 200; i += 1) {
      const drawn = { ...sampleSensor(new Random(i), kind), noiseMmHg: 0, spikeChance: 0, nakChance: 0 };
      const sensor = new Sensor(drawn, new Random(1));
      const zero = statistics(sensor, 0, 1);
      const full = statistics(sensor, 150, 1, zero.last);
      const error = full.mean - zero.mean - 150;
      worstZeroed = Math.max(worstZeroed, Math.abs(error));
      sumRaw += zero.mean * zero.mean;
      sumZeroed += error * error;
    }
    expect(Math.sqrt(sumRaw / 200)).toBeGreaterThan(0.5);
    expect(Math.sqrt(sumZeroed / 200)).toBeGreaterThan(0.4);
    expect(Math.sqrt(sumZeroed / 200)).toBeLessThan(3);
    expect(worstZeroed).toBeLessThan(8);
  });
});

it('drifts with warm-up, time and weather', () => {
  const drifting = {
    ...SENSORS.MPRLS,
    noiseMmHg: 0,
    warmUpMmHg: 1,
    driftMmHgPerMin: 0.1,
    weatherMmHgPerH: -1,
  };
  const sensor = new Sensor(drifting, new Random(1));
  const cold = statistics(sensor, 0, 1);
  const warm = statistics(sensor, 0, 1, 1_200_000);
  expect(warm.mean - cold.mean).toBeCloseTo(1 - Math.exp(-5) + 2 - 1 / 3, 1);
});

it('spikes and fails to answer as often as its parameters say', () => {
  const rough = { ...SENSORS.MPRLS, noiseMmHg: 0.01, spikeChance: 0.05, spikeMmHg: 3, nakChance: 0.05 };
  const sensor = new Sensor(rough, new Random(4));
  let spikes = 0;
  let naks = 0;
  for (let i = 0; i < 4000; i += 1) {
    sensor.command(i * 5);
    sensor.serve(i * 5 + 5, 100);
    const answer = sensor.read(i * 5 + 5, 100);
    if (answer.nak) naks += 1;
    if (Math.abs((answer.code - rough.codeZero) / rough.codesPerMmHg - 855) > 1) spikes += 1;
  }
  expect(Math.abs(spikes - 200)).toBeLessThan(60);
  expect(Math.abs(naks - 200)).toBeLessThan(60);
});

it('a free-running part makes its conversions by itself at its own rate', () => {
  const rig = makeRig({ sensor: 'HX710B' });
  rig.advanceTo(1000);
  // its filter has to see four of them before it says something
  expect(rig.read()).toMatchObject({ busy: false, conversions: 37 });
});

describe('the filter of an HX710B', () => {
  const quiet = { ...SENSORS.HX710B, noiseMmHg: 0 };

  /** What it says after each of `n` conversions at `mmHg`. */
  function said(sensor: Sensor, from: number, n: number, mmHg: number): number[] {
    return Array.from({ length: n }, (_, i) => {
      const now = (from + i + 1) * quiet.conversionMs;
      sensor.serve(now, mmHg);
      return Math.round((100 * sensor.read(now, mmHg).code) / quiet.codesPerMmHg) / 100;
    });
  }

  it('follows a step in four conversions, half of it in two, and never leaves its ends', () => {
    const sensor = new Sensor(quiet, new Random(1));
    expect(said(sensor, 0, 4, 0)).toEqual([0, 0, 0, 0]);
    expect(said(sensor, 4, 6, 96)).toEqual([4, 48, 92, 96, 96, 96]);
    expect(said(sensor, 10, 4, 0)).toEqual([92, 48, 4, 0]);
  });

  it('shows a ramp about two conversions late: the age that its driver tells', () => {
    const sensor = new Sensor(quiet, new Random(1));
    const perMs = 0.1;
    let late = 0;
    for (let i = 1; i <= 20; i++) {
      const now = i * quiet.conversionMs;
      // the pressure is taken in the middle of a conversion
      const middle = now - Math.floor(quiet.conversionMs / 2);
      sensor.serve(middle, perMs * middle);
      sensor.serve(now, 0);
      late = now - sensor.read(now, 0).code / quiet.codesPerMmHg / perMs;
    }
    expect(late).toBeCloseTo(2 * quiet.conversionMs, 0);
    // half a conversion more until somebody looks
    expect(Math.abs(late + quiet.conversionMs / 2 - HX710B_TRAITS.ageMs)).toBeLessThan(5);
  });
});

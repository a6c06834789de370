import { describe, expect, it } from 'vitest';
import { SENSORS } from '../../sim/plant/sensor-params.ts';
import { refusePart } from '../../src/occlusion/findings.ts';
import { createFinding } from '../../src/occlusion/verdict.ts';
import {
  type ExtraReadings,
  FAULT_BUSY,
  FAULT_INTEGRITY,
  FAULT_NAK,
  FAULT_SATURATED,
  type SensorTraits,
} from '../../src/ports.ts';
import { LEAST_RANGE_MMHG } from '../../tools/build/sensor-range.ts';
import { bench, type FakeRig } from './support.ts';

interface OpenSensor {
  readonly faults: number;
  convert(): void;
  sample(): number;
  close(): void;
  more(again: boolean): void;
  readonly extra: ExtraReadings;
}

/** The parts that have a driver. */
type SensorPart = 'MPRLS' | 'ABP2' | 'XGZP6847D' | 'MPX5050-12' | 'MPX5050-ADS1115' | 'HX710B';

/** What a sensor has to say after a conversion: faults only where there is no number. */
interface Taken {
  readonly mmHg: number;
  readonly faults: number;
}

const FILES: Record<SensorPart, string> = {
  MPRLS: 'mprls',
  ABP2: 'abp2',
  XGZP6847D: 'xgzp6847d',
  'MPX5050-12': 'mpx5050',
  'MPX5050-ADS1115': 'mpx5050-ads1115',
  HX710B: 'hx710b',
};

function open(part: SensorPart) {
  const b = bench(
    `import { openSensor } from '../../hal/sensors/${FILES[part]}.ts';
Jolt.Q0.setPower(true);I2C1.setup({sda:D3,scl:D29,bitrate:100000});
export default { sensor: openSensor({ bus: I2C1, analog: D2, data: D2, clock: D31 }) };`,
    { sensor: part },
  );
  return { ...b, sensor: b.board.evaluate('cuff.sensor') as OpenSensor };
}

/** One whole conversion and its sample; a slow part gives it with the next command. */
function take(part: SensorPart, sensor: OpenSensor, rig: FakeRig): Taken {
  // this one converts by itself
  if (part === 'HX710B') rig.conversions++;
  sensor.convert();
  if (part === 'XGZP6847D') sensor.convert();
  const mmHg = sensor.sample();
  return { mmHg, faults: Number.isNaN(mmHg) ? sensor.faults : 0 };
}

const PSI = 6894.757 / 133.322387;
const KPA = 1000 / 133.322387;

/** Code, and the pressure that the datasheet's own formula gives for it. */
const POINTS: [SensorPart, number, number][] = [
  ['MPRLS', 0x19999a, 0],
  ['MPRLS', 0x800000, 12.5 * PSI],
  ['MPRLS', 0xe66665, 25 * PSI],
  ['ABP2', 0x19999a, 0],
  ['ABP2', 0x800000, 5 * PSI],
  ['ABP2', 0xe66666, 10 * PSI],
  ['XGZP6847D', 0, 0],
  ['XGZP6847D', 64 * 50000, 50 * KPA],
  ['XGZP6847D', 0x1000000 - 64 * 1000, -1 * KPA],
  ['MPX5050-12', (0.2 / 5) * 4095, 0],
  ['MPX5050-12', (0.04 + 0.018 * 25) * 4095, 25 * KPA],
  // 0.2 V and 2.45 V behind two thirds, in steps of 125 uV
  ['MPX5050-ADS1115', 0.2 / 1.5 / 0.000125, 0],
  ['MPX5050-ADS1115', 2.45 / 1.5 / 0.000125, 25 * KPA],
  ['HX710B', 0, 0],
  ['HX710B', 20000 * 300, 300],
  ['HX710B', 0x1000000 - 20000 * 5, -5],
];

/** How near: the part's own step, mmHg. */
const NEAR: Record<SensorPart, number> = {
  MPRLS: 0.002,
  ABP2: 0.002,
  XGZP6847D: 0.002,
  'MPX5050-12': 0.05,
  'MPX5050-ADS1115': 0.02,
  HX710B: 0.001,
};

/** A code within the range, where the one that fits most does not. */
const CODES: Partial<Record<SensorPart, number>> = { 'MPX5050-12': 1000, 'MPX5050-ADS1115': 9000 };

describe('every sensor driver', () => {
  for (const [part, code, mmHg] of POINTS) {
    it(`${part}: code ${Math.round(code)} is ${mmHg.toFixed(2)} mmHg`, () => {
      const { rig, sensor } = open(part);
      rig.code = code;
      const s = take(part, sensor, rig);
      expect(s.faults).toBe(0);
      expect(Math.abs(s.mmHg - mmHg)).toBeLessThan(NEAR[part]);
    });
  }

  for (const part of Object.keys(FILES) as SensorPart[]) {
    it(`${part}: gives one number for each conversion that was finished`, () => {
      const { rig, sensor } = open(part);
      rig.code = CODES[part] ?? 0x300000;
      const first = take(part, sensor, rig).mmHg;
      expect(first).toBeGreaterThan(0);
      sensor.convert();
      if (part === 'HX710B') rig.conversions++;
      expect(sensor.sample()).toBe(first);
    });

    it(`${part}: a use after close throws, closing twice does not`, () => {
      const { sensor } = open(part);
      sensor.close();
      sensor.close();
      expect(() => sensor.sample()).toThrow(/closed/);
    });
  }

  for (const part of ['MPRLS', 'ABP2', 'XGZP6847D', 'MPX5050-ADS1115'] as SensorPart[]) {
    it(`${part}: no answer is FAULT_NAK, and heals`, () => {
      const { rig, sensor } = open(part);
      rig.code = CODES[part] ?? 0x300000;
      const good = take(part, sensor, rig);
      rig.nak = true;
      const lost = take(part, sensor, rig);
      expect(lost.faults & FAULT_NAK).toBe(FAULT_NAK);
      expect(lost.mmHg).toBeNaN();
      rig.nak = false;
      take(part, sensor, rig);
      expect(take(part, sensor, rig)).toEqual(good);
    });
  }

  for (const part of ['MPRLS', 'ABP2', 'XGZP6847D'] as SensorPart[]) {
    it(`${part}: a busy part gives FAULT_BUSY and nothing new`, () => {
      const { rig, sensor } = open(part);
      rig.code = 0x300000;
      take(part, sensor, rig);
      rig.status = 0x60;
      rig.code = 0x200000;
      expect(take(part, sensor, rig)).toEqual({ mmHg: Number.NaN, faults: FAULT_BUSY });
    });
  }

  for (const part of ['MPRLS', 'ABP2'] as SensorPart[]) {
    it(`${part}: a missing 0x40 or any bit that should not be set is FAULT_INTEGRITY, 0x01 is FAULT_SATURATED`, () => {
      const { rig, sensor } = open(part);
      take(part, sensor, rig);
      for (let status = 0; status < 256; status++) {
        rig.status = status;
        const taken = take(part, sensor, rig);
        const expected =
          status & 0x20
            ? FAULT_BUSY
            : (status & 0x01 ? FAULT_SATURATED : 0) + ((status & 0xde) === 0x40 ? 0 : FAULT_INTEGRITY);
        expect(taken.faults, `status ${status}`).toBe(expected);
        expect(Number.isNaN(taken.mmHg), `status ${status}`).toBe(status !== 0x40);
      }
    });
  }

  const ends: [SensorPart, number][] = [
    ['MPRLS', 0x199999],
    ['MPRLS', 0xe66666],
    ['ABP2', 0],
    ['ABP2', 0xffffff],
    ['XGZP6847D', 64 * 100000],
    ['XGZP6847D', 0x800000],
    ['MPX5050-12', 0],
    ['MPX5050-12', 4095],
    ['MPX5050-ADS1115', 0],
    ['MPX5050-ADS1115', 32767],
    ['HX710B', 0x7fffff],
    ['HX710B', 0x800000],
  ];
  for (const [part, code] of ends) {
    it(`${part}: code ${code} is an end of the range: FAULT_SATURATED`, () => {
      const { rig, sensor } = open(part);
      rig.code = code;
      expect(take(part, sensor, rig).faults).toBe(FAULT_SATURATED);
    });
  }

  it('MPRLS: a command that is refused makes the old bytes no new conversion', () => {
    const { rig, sensor } = open('MPRLS');
    const good = take('MPRLS', sensor, rig);
    rig.nak = true;
    sensor.convert();
    rig.nak = false;
    expect(sensor.sample()).toBeNaN();
    expect(sensor.faults & FAULT_NAK).toBe(FAULT_NAK);
    expect(take('MPRLS', sensor, rig)).toEqual(good);
  });
});

describe('an HX710B', () => {
  it('with no new conversion is busy, and so is one that is not there', () => {
    const { rig, sensor } = open('HX710B');
    rig.code = 0x300000;
    expect(take('HX710B', sensor, rig).mmHg).toBeGreaterThan(0);
    expect([sensor.sample(), sensor.faults]).toEqual([Number.NaN, FAULT_BUSY]);
    rig.conversions++;
    rig.nak = true;
    expect([sensor.sample(), sensor.faults]).toEqual([Number.NaN, FAULT_BUSY]);
    rig.nak = false;
    expect(sensor.sample()).toBeGreaterThan(0);
  });

  it('is left with its clock low: high for 60 us switches it off', () => {
    const { rig, sensor, board } = open('HX710B');
    expect(board.machine.pin(31).level).toBe(0);
    take('HX710B', sensor, rig);
    expect(board.machine.pin(31).level).toBe(0);
  });

  it('is refused for LOP, and seen up to beyond the highest pressure', () => {
    const { sensor } = open('HX710B');
    const { traits } = sensor as unknown as { traits: SensorTraits };
    expect(refusePart(createFinding(), traits)).toBe(true);
    expect(traits.maxMmHg).toBeGreaterThanOrEqual(LEAST_RANGE_MMHG);
  });
});

describe('an ADS1115', () => {
  it('whose start was refused gives no old number', () => {
    const { rig, sensor } = open('MPX5050-ADS1115');
    rig.code = 9000;
    expect(take('MPX5050-ADS1115', sensor, rig).mmHg).toBeGreaterThan(0);
    rig.nak = true;
    sensor.convert();
    rig.nak = false;
    expect([sensor.sample(), sensor.faults]).toEqual([Number.NaN, FAULT_NAK]);
  });
});

describe('an XGZP6847D', () => {
  const OPEN = `import { openSensor } from '../../hal/sensors/xgzp6847d.ts';
Jolt.Q0.setPower(true);I2C1.setup({sda:D3,scl:D29,bitrate:100000});
export default { sensor: openSensor({ bus: I2C1, analog: D2 }) };`;
  function at(address: number): OpenSensor {
    const own = SENSORS.XGZP6847D;
    if (own.wiring.how !== 'registers') throw new Error('it is wired otherwise');
    const { board } = bench(OPEN, { sensor: { ...own, wiring: { ...own.wiring, address } } });
    return board.evaluate('cuff.sensor') as OpenSensor;
  }
  it.each([0x6d, 0x58])(
    'answers at 0x%s within three commands, and is asked nowhere else from then on',
    (address) => {
      const sensor = at(address) as OpenSensor & { address: number; other: number };
      for (let k = 0; k < 3; k++) sensor.convert();
      expect([sensor.address, sensor.other, sensor.faults & FAULT_NAK]).toEqual([address, 0, 0]);
    },
  );
  it('that is not there is looked for at both addresses for as long as it takes', () => {
    const sensor = at(0x11) as OpenSensor & { address: number };
    const tried = new Set<number>();
    for (let k = 0; k < 6; k++) {
      sensor.convert();
      tried.add(sensor.address);
      expect(sensor.faults).toBe(FAULT_NAK);
    }
    expect(tried).toEqual(new Set([0x58, 0x6d]));
  });
});

describe('extra readings of an MPRLS', () => {
  it('are taken between two samples while somebody listens, two at most, and at no other time', () => {
    const { sensor, rig } = open('MPRLS');
    take('MPRLS', sensor, rig);
    sensor.more(true);
    expect(sensor.extra.count).toBe(0);
    sensor.extra.listen(true);
    sensor.convert();
    const before = rig.conversions;
    const own = sensor.sample();
    expect(rig.conversions).toBe(before + 1);
    rig.code += 1000;
    sensor.more(true);
    rig.code += 1000;
    sensor.more(false);
    sensor.more(false);
    expect(rig.conversions).toBe(before + 2);
    expect(sensor.extra.count).toBe(2);
    const [first = 0, second = 0] = [...sensor.extra.mmHg];
    expect(first - own).toBeCloseTo(second - first, 3);
    expect(first - own).toBeGreaterThan(0.05);
    sensor.extra.listen(false);
    sensor.convert();
    sensor.sample();
    sensor.more(false);
    expect(sensor.extra.count).toBe(0);
    expect(rig.conversions).toBe(before + 3);
  });

  it('that fail are left out, and the sample after them is good', () => {
    const { sensor, rig } = open('MPRLS');
    sensor.extra.listen(true);
    sensor.convert();
    expect(sensor.sample()).toBeGreaterThan(0);
    rig.nak = true;
    sensor.more(true);
    rig.nak = false;
    sensor.more(false);
    expect(sensor.extra.count).toBe(0);
    sensor.convert();
    expect(sensor.sample()).toBeGreaterThan(0);
  });
});

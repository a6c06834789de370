import { describe, expect, it } from 'vitest';
import { PASSED } from '../../sim/core/store.ts';
import { type Core, createCore } from '../../src/core.ts';
import { FILE_COMMISSIONED } from '../../src/files.ts';
import { TICK_MS } from '../../src/limits.ts';
import type { Ports } from '../../src/ports.ts';
import * as inhibits from '../../src/safety/inhibits.ts';
import { type PreflightFacts, preflight } from '../../src/safety/preflight.ts';
import { startLockout } from '../../src/safety/time-rules.ts';
import { ZERO_NOT_FLAT, ZERO_OUT_OF_RANGE, ZERO_SHIFTED } from '../../src/sensing/zero.ts';
import { STUCK_MS } from '../../src/wearer/gestures.ts';
import { inhibitsNow } from '../../src/wearer/readiness.ts';
import { VENTED_MMHG } from './numbers.ts';
import { BOARD_TRAITS } from './traits.ts';

/** A core at rest with nothing against a start. */
function ready(): Core {
  const nothing = () => undefined;
  const ports = {
    sensor: { traits: BOARD_TRAITS, faults: 0, sample: () => 760 },
    monitor: { readsTerminals: false, look: nothing },
    store: {
      refused: 0,
      isDamaged: () => false,
      read: (name: string) => (name === FILE_COMMISSIONED ? PASSED : undefined),
      write: () => true,
      erase: nothing,
    },
  };
  const core = createCore(ports as unknown as Ports, { periodMs: TICK_MS, version: '0' });
  Object.assign(core.settings, { lopMmHg: 200, lopSource: 1, minStartMv: 3300 });
  Object.assign(core.supervisor.limits, { pressureMs: 1_200_000 });
  core.sensing.zero.mmHg = 760;
  core.sensing.zero.refusal = 0;
  Object.assign(core.tick, { measuredMmHg: 0, filteredMmHg: 0, doubtful: false, railMv: 3300, now: 60_000 });
  return core;
}

const bits = (change: (core: Core) => void): number => {
  const core = ready();
  change(core);
  return inhibitsNow(core);
};

describe('preflight', () => {
  it('nothing against a start', () => {
    expect(bits(() => undefined)).toBe(0);
  });
  it.each<[string, number, (core: Core) => void]>([
    [
      'trip',
      inhibits.INHIBIT_TRIP,
      (c) => {
        Object.assign(c.supervisor, { trip: 5 });
      },
    ],
    [
      'refused sample',
      inhibits.INHIBIT_SENSOR,
      (c) => {
        c.sensing.refused = 1;
      },
    ],
    [
      'old sample',
      inhibits.INHIBIT_SENSOR,
      (c) => {
        c.sensing.staleMs = 1000;
      },
    ],
    [
      'pressure',
      inhibits.INHIBIT_PRESSURE,
      (c) => {
        Object.assign(c.supervisor, { pressurised: true });
      },
    ],
    [
      'pressure seen',
      inhibits.INHIBIT_PRESSURE,
      (c) => {
        c.tick.filteredMmHg = VENTED_MMHG + 0.1;
      },
    ],
    [
      'pressure that is no number',
      inhibits.INHIBIT_PRESSURE,
      (c) => {
        c.tick.filteredMmHg = Number.NaN;
      },
    ],
    [
      'zero out of range',
      inhibits.INHIBIT_ZERO_RANGE,
      (c) => {
        c.sensing.zero.refusal = ZERO_OUT_OF_RANGE;
      },
    ],
    [
      'zero shifted',
      inhibits.INHIBIT_ZERO,
      (c) => {
        c.sensing.zero.refusal = ZERO_SHIFTED;
      },
    ],
    [
      'no zero',
      inhibits.INHIBIT_ZERO,
      (c) => {
        c.sensing.zero.mmHg = Number.NaN;
      },
    ],
    [
      'settings',
      inhibits.INHIBIT_SETTINGS,
      (c) => {
        c.settingsProblems = ['damaged'];
      },
    ],
    [
      'no LOP',
      inhibits.INHIBIT_NO_LOP,
      (c) => {
        c.settings.lopMmHg = 0;
      },
    ],
    [
      'a day that is used up',
      inhibits.INHIBIT_DAY,
      (c) => {
        Object.assign(c.supervisor, { pressedMs: 7_200_000 });
      },
    ],
    [
      'lock-out',
      inhibits.INHIBIT_LOCKOUT,
      (c) => {
        startLockout(c.supervisor);
      },
    ],
    [
      'battery',
      inhibits.INHIBIT_BATTERY,
      (c) => {
        c.tick.railMv = 3299;
      },
    ],
    [
      'battery not readable',
      inhibits.INHIBIT_BATTERY,
      (c) => {
        c.tick.railMv = Number.NaN;
      },
    ],
    [
      'driver',
      inhibits.INHIBIT_DRIVER,
      (c) => {
        c.tick.driverFaults = 1;
      },
    ],
    [
      'button',
      inhibits.INHIBIT_BUTTON,
      (c) => {
        c.gestures.downAt = c.tick.now - STUCK_MS - 1;
      },
    ],
    [
      'slow vent of a leg',
      inhibits.INHIBIT_SLOW_VENT,
      (c) => {
        c.settings.limb = 1;
        Object.assign(c.supervisor, { slowestVentMs: 30_001 });
      },
    ],
    [
      'slow vent of an arm',
      inhibits.INHIBIT_SLOW_VENT,
      (c) => {
        c.settings.limb = 0;
        Object.assign(c.supervisor, { slowestVentMs: 10_001 });
      },
    ],
  ])('%s', (_name, bit, change) => {
    expect(bits(change)).toBe(bit);
  });
  it('is silent just inside', () => {
    expect(
      bits((c) => {
        c.tick.filteredMmHg = VENTED_MMHG;
      }),
    ).toBe(0);
    expect(
      bits((c) => {
        c.sensing.staleMs = 999;
      }),
    ).toBe(0);
    expect(
      bits((c) => {
        c.sensing.zero.refusal = ZERO_NOT_FLAT;
      }),
    ).toBe(0);
    for (const [limb, ms] of [
      [0, 10_000],
      [1, 30_000],
    ] as const)
      expect(
        bits((c) => {
          c.settings.limb = limb;
          Object.assign(c.supervisor, { slowestVentMs: ms });
        }),
      ).toBe(0);
  });
  it.each([
    ['stopOpen', inhibits.INHIBIT_STOP],
    ['stopUntried', inhibits.INHIBIT_STOP_UNTRIED],
    ['storeRefuses', inhibits.INHIBIT_STORE],
    ['buttonStuck', inhibits.INHIBIT_BUTTON],
    ['settingsBad', inhibits.INHIBIT_SETTINGS],
    ['dayUsed', inhibits.INHIBIT_DAY],
  ])('%s is a bit of its own, beside what is barred for good', (fact, bit) => {
    const core = ready();
    const facts: PreflightFacts = {
      settingsBad: false,
      measuring: false,
      buttonStuck: false,
      stopOpen: false,
      stopUntried: false,
      storeRefuses: false,
      dayUsed: false,
      barred: inhibits.INHIBIT_BENCH,
    };
    const found = preflight(core.supervisor, core.tick, core.settings, { ...facts, [fact]: true });
    expect(found).toBe(inhibits.INHIBIT_BENCH + bit);
  });
  it('the lock-out counts without a LOP too, for the measurement', () => {
    expect(
      bits((c) => {
        c.settings.lopMmHg = 0;
        startLockout(c.supervisor);
      }),
    ).toBe(inhibits.INHIBIT_NO_LOP + inhibits.INHIBIT_LOCKOUT);
  });
  it('a measurement needs no LOP, but rest', () => {
    const measuring = (c: Core): void => {
      c.settings.lopMmHg = 0;
      c.measurement.ordered = true;
    };
    expect(bits(measuring)).toBe(0);
    expect(
      bits((c) => {
        measuring(c);
        startLockout(c.supervisor);
      }),
    ).toBe(inhibits.INHIBIT_LOCKOUT);
  });
});

import { describe, expect, it } from 'vitest';
import { MPRLS_TRAITS } from '../../hal/sensors/mprls.ts';
import {
  confirmOpen,
  createZero,
  DOUBT_CUT_OFF,
  DOUBT_HAZARD,
  DOUBT_NONE,
  DOUBT_RESTING,
  feedZero,
  isZeroed,
  keptText,
  noteKept,
  recallZero,
  trustZero,
  ZERO_OK,
  ZERO_OUT_OF_RANGE,
  ZERO_UNCONFIRMED,
  type Zero,
} from '../../src/sensing/zero.ts';
import { MAX_OPEN_RISE_MMHG, MAX_ZERO_RISE_MMHG } from '../safety/numbers.ts';

/** Two windows of a part that reads `mmHg`. */
function feed(z: Zero, mmHg: number): Zero {
  for (let i = 0; i < 32; i++) feedZero(z, mmHg + (i % 2) / 20);
  return z;
}

function recalled(kept: string | undefined, doubt: number): Zero {
  const z = createZero(MPRLS_TRAITS);
  recallZero(z, kept, doubt);
  return z;
}

describe('the first zero of a power-up', () => {
  it('is not asked about before there is one; the rise itself is allowed', () => {
    expect(createZero(MPRLS_TRAITS).asks).toBe(false);
    const z = recalled('7550', DOUBT_NONE);
    for (let i = 0; i < 32; i++) feedZero(z, 755 + MAX_ZERO_RISE_MMHG);
    expect(isZeroed(z)).toBe(true);
  });
  it.each([
    ['as kept', '7550', DOUBT_NONE, 755, true],
    ['a little above', '7550', DOUBT_NONE, 755 + MAX_ZERO_RISE_MMHG - 0.2, true],
    ['too far above', '7550', DOUBT_NONE, 755 + MAX_ZERO_RISE_MMHG + 0.2, false],
    ['below: it makes the gauge read high', '7550', DOUBT_NONE, 640, true],
    ['a little above, something was open', '7550', DOUBT_RESTING, 755 + MAX_OPEN_RISE_MMHG - 0.2, true],
    ['above, something was open', '7550', DOUBT_RESTING, 755 + MAX_OPEN_RISE_MMHG + 0.2, false],
    ['a new device', undefined, DOUBT_NONE, 755, true],
    ['none kept, something was open', undefined, DOUBT_RESTING, 755, false],
    ['a kept one that is no number', 'x', DOUBT_NONE, 755, false],
    ['an empty one', '', DOUBT_NONE, 755, false],
  ] as const)('%s', (_name, kept, doubt, mmHg, taken) => {
    const z = feed(recalled(kept, doubt), mmHg);
    expect([isZeroed(z), z.asks]).toEqual([taken, !taken]);
    expect(z.refusal === ZERO_UNCONFIRMED).toBe(!taken);
  });

  it('refused, is taken after the wearer’s word, and measured anew', () => {
    const z = feed(recalled('7550', DOUBT_NONE), 790);
    confirmOpen(z);
    expect([isZeroed(z), z.asks]).toEqual([false, false]);
    feed(z, 791);
    expect(z.mmHg).toBeCloseTo(791.025, 6);
  });

  it('refused, is taken without a word once the reading has fallen', () => {
    const z = feed(feed(recalled('7550', DOUBT_RESTING), 790), 757);
    expect([isZeroed(z), z.asks]).toEqual([true, false]);
  });

  it('is kept in tenths and comes back', () => {
    const z = feed(recalled(undefined, DOUBT_NONE), 755.26);
    expect(recalled(keptText(z), DOUBT_RESTING).kept).toBeCloseTo(755.3, 9);
  });

  it('after a session that was cut off the cuff is asked about until there is a good zero, flat trace or not', () => {
    const z = recalled('7550', DOUBT_CUT_OFF);
    expect([z.asks, recalled('7550', DOUBT_RESTING).asks]).toEqual([true, false]);
    for (let i = 0; i < 64; i++) feedZero(z, 900 + (i % 2) * 5);
    expect([isZeroed(z), z.asks]).toEqual([false, true]);
    feed(z, 755 + MAX_OPEN_RISE_MMHG - 0.2);
    expect([isZeroed(z), z.asks]).toEqual([true, false]);
  });

  it('after a hazard no zero is good before the wearer has said that the cuff is open', () => {
    for (const mmHg of [755, 640]) {
      const z = feed(recalled('7550', DOUBT_HAZARD), mmHg);
      expect([isZeroed(z), z.asks]).toEqual([false, true]);
      confirmOpen(z);
      feed(z, mmHg);
      expect([isZeroed(z), z.asks]).toEqual([true, false]);
    }
  });
});

describe('a zero', () => {
  it('is taken at both ends of what the part may read in the open air, and not beyond', () => {
    const refusalAt = (mmHg: number): number => {
      const z = recalled(undefined, DOUBT_NONE);
      for (let i = 0; i < 32; i++) feedZero(z, mmHg);
      return z.refusal;
    };
    expect([360, 840].map(refusalAt)).toEqual([ZERO_OK, ZERO_OK]);
    expect([359.9, 840.1, Number.NaN].map(refusalAt)).toEqual(Array(3).fill(ZERO_OUT_OF_RANGE));
  });
  it('of the maker is in use at once', () => {
    const z = createZero(MPRLS_TRAITS);
    expect(isZeroed(z)).toBe(false);
    trustZero(z, 12.5);
    expect([isZeroed(z), z.mmHg]).toEqual([true, 12.5]);
  });
  it('that was written to flash is known as it stands there, in tenths', () => {
    const z = createZero(MPRLS_TRAITS);
    trustZero(z, 755.26);
    noteKept(z, keptText(z));
    expect(z.kept).toBe(755.3);
  });
});

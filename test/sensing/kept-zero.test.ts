import { describe, expect, it } from 'vitest';
import { MPRLS_TRAITS } from '../../hal/sensors/mprls.ts';
import {
  confirmOpen,
  createZero,
  feedZero,
  isZeroed,
  keptText,
  recallZero,
  ZERO_UNCONFIRMED,
  type Zero,
} from '../../src/sensing/zero.ts';
import { MAX_OPEN_RISE_MMHG, MAX_ZERO_RISE_MMHG } from '../safety/numbers.ts';

/** Two windows of a part that reads `mmHg`. */
function feed(z: Zero, mmHg: number): Zero {
  for (let i = 0; i < 32; i++) feedZero(z, mmHg + (i % 2) / 20);
  return z;
}

function recalled(kept: string | undefined, unclear: boolean): Zero {
  const z = createZero(MPRLS_TRAITS);
  recallZero(z, kept, unclear);
  return z;
}

describe('the first zero of a power-up', () => {
  it('is not asked about before there is one; the rise itself is allowed', () => {
    expect(createZero(MPRLS_TRAITS).asks).toBe(false);
    const z = recalled('7550', false);
    for (let i = 0; i < 32; i++) feedZero(z, 755 + MAX_ZERO_RISE_MMHG);
    expect(isZeroed(z)).toBe(true);
  });
  it.each([
    ['as kept', '7550', false, 755, true],
    ['a little above', '7550', false, 755 + MAX_ZERO_RISE_MMHG - 0.2, true],
    ['too far above', '7550', false, 755 + MAX_ZERO_RISE_MMHG + 0.2, false],
    ['below: it makes the gauge read high', '7550', false, 640, true],
    ['a little above, something was open', '7550', true, 755 + MAX_OPEN_RISE_MMHG - 0.2, true],
    ['above, something was open', '7550', true, 755 + MAX_OPEN_RISE_MMHG + 0.2, false],
    ['a new device', undefined, false, 755, true],
    ['none kept, something was open', undefined, true, 755, false],
    ['a kept one that is no number', 'x', false, 755, false],
    ['an empty one', '', false, 755, false],
  ] as const)('%s', (_name, kept, unclear, mmHg, taken) => {
    const z = feed(recalled(kept, unclear), mmHg);
    expect([isZeroed(z), z.asks]).toEqual([taken, !taken]);
    expect(z.refusal === ZERO_UNCONFIRMED).toBe(!taken);
  });

  it('refused, is taken after the wearer’s word, and measured anew', () => {
    const z = feed(recalled('7550', false), 790);
    confirmOpen(z);
    expect([isZeroed(z), z.asks]).toEqual([false, false]);
    feed(z, 791);
    expect(z.mmHg).toBeCloseTo(791.025, 6);
  });

  it('refused, is taken without a word once the reading has fallen', () => {
    const z = feed(feed(recalled('7550', true), 790), 757);
    expect([isZeroed(z), z.asks]).toEqual([true, false]);
  });

  it('is kept in tenths and comes back', () => {
    const z = feed(recalled(undefined, false), 755.26);
    expect(recalled(keptText(z), true).kept).toBeCloseTo(755.3, 9);
  });
});

import { expect, test } from 'vitest';
import { OutsideFirmware } from '../../sim/outside/firmware.ts';
import { type Answer, type LopAnswer, parseHello, parseSample } from '../../sim/outside/messages.ts';

const DT = 0.04;
const DT_MS = 40;

/** A sealed cuff of one compliance on a limb whose pulse is largest at 110 mmHg and a sixth of that at 170. */
class PulsingCuff {
  mmHg = 0;
  #t = 0;
  #noise = 7;

  step(answer: Answer): void {
    this.mmHg = Math.max(0, this.mmHg + answer.pump * 30 * DT - answer.valve * this.mmHg * 1.2 * DT);
  }

  read(pulses: boolean): number {
    this.#t += DT;
    this.#noise = (this.#noise * 48271) % 2147483647;
    const below = 1 / (1 + Math.exp((this.mmHg - 150) / 9));
    const size = pulses ? 1.6 * below * Math.exp(-(((this.mmHg - 112) / 60) ** 2)) + 0.25 : 0;
    const phase = 2 * Math.PI * 1.2 * this.#t;
    const beat = this.mmHg > 15 ? (size / 2) * (Math.sin(phase) + 0.3 * Math.sin(2 * phase + 0.7)) : 0;
    return this.mmHg + beat + (this.#noise / 2147483647 - 0.5) * 0.2;
  }
}

function measure(pulses: boolean): {
  lop: LopAnswer | undefined;
  /** Virtual time that the measurement took: ticks of DT. */
  virtualS: number;
  /** Of it: with the valve held shut. */
  shutS: number;
  last: Answer;
  peak: number;
} {
  const firmware = new OutsideFirmware(parseHello(`{"hello":1,"dt":${DT},"run":"lop"}`), 'test');
  const cuff = new PulsingCuff();
  let answer: Answer = { pump: 0, valve: 1 };
  let k = 0;
  let peak = 0;
  let shut = 0;
  for (; k < 200 / DT && answer.lop === undefined; k++) {
    const line = JSON.stringify({ t: (k * DT_MS) / 1000, p: cuff.read(pulses), vb: 3.9 });
    const sample = parseSample(line);
    if (sample === null) throw new Error('the test ended the run itself');
    answer = firmware.answer(sample);
    if (answer.valve < 1) shut++;
    cuff.step(answer);
    peak = Math.max(peak, cuff.mmHg);
  }
  return { lop: answer.lop, virtualS: k * DT, shutS: shut * DT, last: answer, peak };
}

test('a measurement runs to a result within 300 mmHg and 75 s under pressure, and 45 s of calculation on a vented cuff', () => {
  const { lop, virtualS, shutS, last, peak } = measure(true);
  expect(lop).toMatchObject({ mmHg: expect.any(Number), heartRate: expect.any(Number) });
  if (lop === undefined || !('mmHg' in lop)) throw new Error('no result');
  expect(lop.mmHg).toBeGreaterThan(130);
  expect(lop.mmHg).toBeLessThan(200);
  expect(Math.abs(lop.heartRate - 72)).toBeLessThan(3);
  expect(last).toMatchObject({ pump: 0, valve: 1, state: 'measured' });
  expect(shutS).toBeLessThanOrEqual(75);
  expect(virtualS - shutS).toBeLessThan(45);
  expect(peak).toBeLessThan(300);
});

test('without a pulse it is refused with a reason, not guessed', () => {
  const { lop, last } = measure(false);
  expect(lop).toMatchObject({ refused: expect.stringMatching(/LOP refused: .*allowed/) });
  expect(last).toMatchObject({ pump: 0, valve: 1 });
});

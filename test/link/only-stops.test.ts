/**
 * A link can stop, and can never start, raise or loosen: every frame there is, and thousands of random lines, in every phase. What a link may
 * change is listed; everything else of the device stays as it was.
 */
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { receive, serveLink, serveTexts } from '../../src/link/link.ts';
import { phaseName } from '../../src/phases.ts';
import type { Device } from '../loop/device.ts';
import { deviceIn, guarded, PHASES } from './guarded.ts';

const LETTERS = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i));
const NUMBERS = ['', '0', '1', '9', '48,0', '0,150', '1790000000', '4294967296'];

describe.each(PHASES)('a link in phase %s', (phase) => {
  let d: Device;
  beforeEach(() => {
    d = deviceIn(phase);
    expect(phaseName(d.core.session.phase)).toBe(phase);
  });

  /** Bytes come, and the link is served; nothing else runs. */
  function hear(bytes: string): void {
    receive(d.core, bytes);
    serveLink(d.core);
    serveTexts(d.core);
  }

  it('changes nothing by any frame but a STOP, and the lease of a build that has not passed', () => {
    const before = guarded(d);
    for (const letter of LETTERS)
      for (const number of NUMBERS)
        for (const end of ['\n', '\r', '\r\n']) {
          if ((letter === 'S' && number === '') || letter === 'C') continue;
          hear(`~${letter}${number}${end}`);
          if (guarded(d) !== before) throw new Error(`~${letter}${number} changed something`);
        }
  });

  it('lends that lease by ~C, and changes nothing else', () => {
    const before = guarded(d);
    const lease = JSON.stringify(d.core.bench);
    hear('~C\n');
    expect(JSON.stringify(d.core.bench)).not.toBe(lease);
    Object.assign(d.core.bench, JSON.parse(lease));
    expect(guarded(d)).toBe(before);
  });

  it('changes nothing by random lines, and writes no output', () => {
    const before = guarded(d);
    const line = fc.string({ unit: fc.constantFrom(...LETTERS, '~', '~', '\n', '\r'), maxLength: 60 });
    const calls = d.told(() =>
      fc.assert(
        fc.property(line, (bytes) => {
          fc.pre(!/[SC]/.test(bytes));
          hear(bytes);
          return guarded(d) === before;
        }),
        { seed: 11, numRuns: 2500 },
      ),
    );
    expect(calls).toEqual([]);
  });

  it('vents by a STOP, and nothing begins afterwards by anything that is said', () => {
    hear('~S\n');
    expect([d.core.tick.outVent, d.core.tick.setpoint]).toEqual([true, null]);
    for (const letter of LETTERS) {
      receive(d.core, `~${letter}\n`);
      d.tick();
      expect([letter, d.shut, d.pump]).toEqual([letter, false, 0]);
    }
  });
});

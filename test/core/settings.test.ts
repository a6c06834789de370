import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  checkSettings,
  checksum,
  decodeSettings,
  defaultSettings,
  encodeSettings,
  type Settings,
  settingRows,
} from '../../src/settings.ts';

const base = defaultSettings();

describe('settings', () => {
  it('the defaults are within their own ranges and start nothing: no occlusion pressure', () => {
    expect(checkSettings(base, base)).toEqual({ settings: base, problems: [] });
    expect(base.lopMmHg).toBe(0);
  });

  it('names the setting, the value and the range', () => {
    expect(checkSettings(base, { maxMmHg: 300 }).problems).toEqual([
      'maxMmHg: 300 is outside the allowed 50..250 mmHg',
    ]);
    expect(checkSettings(base, { lopMmHg: 40, lopSource: 1 }).problems).toEqual([
      'lopMmHg: 40 is outside the allowed 0 or 80..300 mmHg',
    ]);
    expect(checkSettings(base, { maxMmHg: 99.5 }).problems).toEqual([
      'maxMmHg: 99.5 is not a whole number; allowed are 50..250 mmHg',
    ]);
    expect(checkSettings(base, { maxMmhg: 100 }).problems[0]).toContain(
      'maxMmhg: no such setting; known are limb,',
    );
  });

  it('reports all problems and applies nothing', () => {
    const result = checkSettings(base, { maxMmHg: 9999, limb: 7, lopMmHg: 190, bogus: 1 });
    expect(result.problems).toHaveLength(4);
    expect(result.settings).toBeUndefined();
  });

  it('refuses a pressure without a source and thresholds in the wrong order', () => {
    expect(checkSettings(base, { lopMmHg: 190 }).problems[0]).toContain('lopSource');
    expect(checkSettings(base, { minStartMv: 2900, minRailMv: 3000 }).problems[0]).toContain('minStartMv');
  });

  it('survives the store to the last field', () => {
    const s: Settings = { ...base, lopMmHg: 190, lopSource: 1, maxMmHg: 140 };
    expect(decodeSettings(encodeSettings(s))).toEqual({ settings: s, problems: [] });
  });

  it('any one changed byte of a stored set is found: 2,000 tries', () => {
    const text = encodeSettings({ ...base, lopMmHg: 190, lopSource: 1 });
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.integer({ min: 0, max: 255 }), (at, byte) => {
        fc.pre(byte !== text.charCodeAt(at));
        const broken = text.substring(0, at) + String.fromCharCode(byte) + text.substring(at + 1);
        return decodeSettings(broken).settings === undefined;
      }),
      { seed: 1, numRuns: 2000 },
    );
  });

  it('any cut of a stored set is found', () => {
    const text = encodeSettings(base);
    for (let n = 0; n < text.length; n++)
      expect(decodeSettings(text.substring(0, n)).settings).toBeUndefined();
  });

  it('another version is refused whole', () => {
    const body = (encodeSettings(base).split('\n')[0] ?? '').replace('"version":1', '"version":99');
    expect(decodeSettings(`${body}\n${checksum(body)}`)).toEqual({
      settings: undefined,
      problems: ['settings: version 99 is not 1; no migration is known'],
    });
  });

  it('whatever is given, either all of it is within the table or nothing is taken: 5,000 tries', () => {
    const rows = settingRows();
    const name = fc.constantFrom(...rows.map((r) => r[0] as string), 'nonsense');
    const value = fc.oneof(fc.integer({ min: -10, max: 20000 }), fc.double(), fc.string(), fc.constant(null));
    fc.assert(
      fc.property(fc.dictionary(name, value, { maxKeys: 4 }), (changes) => {
        const { settings, problems } = checkSettings(base, changes);
        if (settings === undefined) return problems.length > 0;
        return rows.every(([key, , min, max, , off]) => {
          const v = settings[key];
          return (v >= min && v <= max) || (v === 0 && off === true);
        });
      }),
      { seed: 2, numRuns: 5000 },
    );
  });

  it('is refused as a whole when it is no plain object', () => {
    for (const x of [null, 5, 'a', [], undefined]) expect(checkSettings(base, x).settings).toBeUndefined();
  });

  it('the check sum is Adler-32', () => {
    expect(checksum('')).toBe(1);
    expect(checksum('Wikipedia')).toBe(0x11e60398);
    expect(checksum('\u00ff'.repeat(65_521))).toBe(adler32('\u00ff'.repeat(65_521)));
  });

  it('a text without a line end, an empty one, and one that says null have no settings', () => {
    for (const text of ['1', '', '\n1', `null\n${checksum('null')}`]) {
      const { settings, problems } = decodeSettings(text);
      expect([settings, problems.length], text).toEqual([undefined, 1]);
    }
    expect(decodeSettings(`null\n${checksum('null')}`).problems[0]).toMatch(/version null/);
    expect(decodeSettings(`{"version":7}\n${checksum('{"version":7}')}`).problems[0]).toMatch(/version 7/);
    expect(decodeSettings('\n1').problems[0]).toMatch(/not JSON/);
  });

  it('a name that is there twice is refused, in whatever order and spelling: nobody knows which value was meant', () => {
    const whole = JSON.stringify({ version: 1, settings: { ...base, lopMmHg: 150, lopSource: 1 } });
    const decode = (body: string) => decodeSettings(`${body}\n${checksum(body)}`);
    expect(decode(whole).problems).toEqual([]);
    for (const body of [
      whole.replace('"lopMmHg":150', '"lopMmHg":150,"lopMmHg":200'),
      whole.replace('"lopMmHg":150', '"lopMmHg":200,"lop\\u004dmHg":150'),
      whole.replace('{"version":1,', '{"version":99,"version":1,'),
      whole.replace('"settings":', '"settings":{},"settings":'),
    ]) {
      expect(body).not.toBe(whole);
      expect(decode(body)).toEqual({ settings: undefined, problems: ['settings: a name is there twice'] });
    }
  });

  it('a session may begin with the supply that it may end at', () => {
    const same = { ...defaultSettings(), minStartMv: 3300, minRailMv: 3300 };
    expect(decodeSettings(encodeSettings(same)).problems).toEqual([]);
    expect(decodeSettings(encodeSettings({ ...same, minStartMv: 3299 })).problems).toHaveLength(1);
  });
});

/** Written down a second time, with the sums in the open. */
function adler32(text: string): number {
  const codes = [...text].map((c) => c.charCodeAt(0));
  let a = 1n;
  let b = 0n;
  for (const code of codes) {
    a += BigInt(code);
    b += a;
  }
  return Number((b % 65521n) * 65536n + (a % 65521n));
}

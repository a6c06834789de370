import { describe, expect, it } from 'vitest';
import { defaultSettings, LIMB_ARM, type Settings } from '../../src/settings.ts';
import { questionsAbout } from '../../tools/settings/questions.ts';

const base = defaultSettings();
const LYING = 0;
const STANDING = 2;

function asked(changes: Partial<Settings>, old = base): string[] {
  return questionsAbout(old, { ...old, ...changes });
}

describe('what is asked about settings', () => {
  it('nothing, where values are likely', () => {
    for (const changes of [
      {},
      { lopMmHg: 190, lopSource: 3 },
      { lopMmHg: 161, lopSource: 3, lopPosture: LYING },
      { lopMmHg: 242, lopSource: 3, lopPosture: STANDING },
      { lopMmHg: 133, lopSource: 3, limb: LIMB_ARM },
      { lopMmHg: 190, lopSource: 3, protocol: 14 },
      { lopMmHg: 190, lopSource: 3, protocol: 28 },
    ])
      expect(asked(changes)).toEqual([]);
  });

  it('an occlusion pressure far above the formula, for the posture it was taken in', () => {
    const [question = ''] = asked({ lopMmHg: 300, lopSource: 3 });
    expect(question).toMatch(
      /^lopMmHg: is 300 right\? It is 1\.5 times the 19\d mmHg .* leg of 55 cm, a usual one .*standing/,
    );
    expect(asked({ lopMmHg: 220, lopSource: 3, lopPosture: LYING })).toHaveLength(1);
    expect(asked({ lopMmHg: 220, lopSource: 3, lopPosture: STANDING })).toEqual([]);
    expect(asked({ lopMmHg: 200, lopSource: 3, limb: LIMB_ARM })[0]).toMatch(/an arm of 30 cm/);
  });

  it('begins just above 1.3 times the formula', () => {
    const at = (lopMmHg: number) => asked({ lopMmHg, lopSource: 3, lopPosture: LYING }).length;
    // Graham 1993 for 55 cm and 110 mm: 16.67 * 5 + 67 = 150
    expect([at(195), at(196)]).toEqual([0, 1]);
  });

  it('by the better formula where the body is known', () => {
    const next = { ...base, lopMmHg: 210, lopSource: 3, lopPosture: LYING, cuffWidthMm: 180 };
    const body = { circumferenceCm: 50, systolic: 120, diastolic: 80, age: 20, sex: 1 };
    expect(questionsAbout(base, next, body)[0]).toMatch(
      /1\.3 times the 157 mmHg .* of 50 cm, lying, .*SciELO/,
    );
    expect(questionsAbout(base, next, { ...body, age: 60 })).toEqual([]);
  });

  it('one far above an earlier result, in whatever posture that was', () => {
    const next = { ...base, lopMmHg: 200, lopSource: 3 };
    const earlier = (mmHg: number, posture: number) =>
      questionsAbout(base, next, {}, [{ mmHg, posture, source: 'X' }]);
    expect(earlier(150, STANDING)[0]).toMatch(/^lopMmHg: is 200 right\? X says 150 mmHg\./);
    expect(earlier(190, STANDING)).toEqual([]);
    expect(earlier(150, LYING)).toEqual([]);
    expect(earlier(120, LYING)[0]).toMatch(/X says 120 mmHg, which is about 15\d standing/);
  });

  it('one that was another limb’s or another cuff’s', () => {
    const old = { ...base, lopMmHg: 150, lopSource: 3 };
    expect(asked({ limb: LIMB_ARM }, { ...old, lopMmHg: 130 })[0]).toMatch(/130 was for another limb/);
    expect(asked({ cuffWidthMm: 60 }, old)[0]).toMatch(/for a cuff of 110 mm; is it right for one of 60 mm/);
    expect(asked({ cuffWidthMm: 112 }, old)).toEqual([]);
  });

  it('a measurement that this cuff has not made, a session that is not there, a maximum that starts nothing', () => {
    expect(asked({ lopMmHg: 190, lopSource: 1 })[0]).toMatch(/^lopSource: 1 says that this cuff/);
    for (const protocol of [15, 24, 29, 31])
      expect(asked({ protocol })[0]).toMatch(/there is no session of number/);
    expect(asked({ lopMmHg: 190, lopSource: 3, maxMmHg: 75 })[0]).toMatch(/^maxMmHg: 75 is less than 40 %/);
  });
});

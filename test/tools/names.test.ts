import { describe, expect, test } from 'vitest';
import { hotFirst, imageScope } from '../../tools/build/hot-first.ts';
import HOT_NAMES from '../../tools/build/hot-names.json' with { type: 'json' };
import { buildBundle, buildImage } from '../../tools/build/image.ts';
import { choices } from '../../tools/build/project.ts';
import SHORT_NAMES from '../../tools/build/short-names.json' with { type: 'json' };
import {
  mayBeShort,
  propertyNames,
  refusals,
  shortestNames,
  shortNames,
} from '../../tools/build/short-names.ts';

const CODE =
  '(function(){function a(e){return b(e)+c}function b(Math){return Math*2}const c=Math.round(1.6),d={c:3};return{a:a,d:()=>d.c,r:Math.round}})()';
const SPELLING = new Map([
  ['a', 'x.ts a'],
  ['b', 'x.ts b'],
  ['c', 'x.ts c'],
  ['d', 'y.ts c'],
]);

describe('the names that a tick reads', () => {
  test('come first, and the code does what it did', () => {
    const code = hotFirst(CODE, ['y.ts c', 'x.ts b', 'Math.round', 'getTime', 'x.ts gone'], SPELLING);
    expect([...imageScope(code).names.keys()].slice(0, 3)).toEqual(['d', 'b', '$0']);
    expect(code).not.toContain('getTime');
    expect(code.match(/Math\.round/g)).toHaveLength(1);
    // biome-ignore lint/security/noGlobalEval: the loader on the board does exactly this
    const made = eval(code) as { a(x: number): number; d(): number; r(x: number): number };
    expect([made.a(5), made.d(), made.r(2.5)]).toEqual([12, 3, 3]);
  });

  test('are listed as they are in the image: npm run build:names -- --write when not', {
    timeout: 120_000,
  }, async () => {
    const image = await buildImage();
    const own = HOT_NAMES.filter((name) => name.includes('.ts '));
    const made = [...imageScope(image.code).names.keys()].map((name) => image.names.get(name) ?? 'built-in');
    expect(own.filter((name) => !made.includes(name))).toEqual([]);
    expect(made.slice(0, HOT_NAMES.length).filter((name) => name !== 'built-in')).toEqual(own);
  });
});

describe('every sensor that can be chosen', () => {
  /** The rest of the way is the same for all; every-sensor.test.ts and `npm run release` go it. */
  test.each(choices('sensors'))(
    '%s: its firmware is taken by the dialect, and no short name is one that must stay',
    async (sensor) => {
      const bundle = await buildBundle({ sensor });
      expect(shortNames(bundle).regex.test('spreadMmHg')).toBe(false);
      expect(bundle.trim().startsWith('(function')).toBe(true);
    },
  );
});

describe('short names', () => {
  test('are only for what never leaves the image', () => {
    const code =
      'const text = "sent"; const o = {}; o["asked"] = 1; const json = JSON.stringify({ kept: o.inner });';
    expect(mayBeShort('inner', code)).toBe(true);
    for (const name of [
      'sent',
      'asked',
      'kept',
      'length',
      'writeTo',
      'spreadMmHg',
      'supervisor',
      'constructor',
    ])
      expect(mayBeShort(name, code), name).toBe(false);
  });

  test('are refused where JSON is made of what a function gives', () => {
    expect(() => mayBeShort('x', 'const t = JSON.stringify(Object.assign(a(), b()));')).toThrow(
      'hand JSON.stringify an object literal',
    );
  });

  test('are not for what is asked for in quotes, but for the view', () => {
    expect(mayBeShort('dead', 'if (core["dead"]) stop(); core.dead = true;')).toBe(false);
    expect(mayBeShort('vent', 'view["vent"] = tick.vent;')).toBe(true);
    expect(mayBeShort('vent', 'view["vent"] = tick.vent; if (tick["vent"]) stop();')).toBe(false);
  });

  test('are for every property that the code names, but for those in brackets', () => {
    const code =
      'class A { started() { return this.ran } } const o = { made: new A().ended }; o[made2] = o["made3"];';
    expect([...propertyNames(code)].sort()).toEqual(['ended', 'made', 'ran', 'started']);
  });

  test('of one letter go to what a tick reads most, and to nothing that is called so already', () => {
    const [first = '', second = ''] = SHORT_NAMES;
    const { props } = shortestNames(`o.${first} = o.${second} + o.a + o.gone;`).props;
    expect(props).toEqual({ [`$${first}`]: 'b', [`$${second}`]: 'c' });
  });

  test('are all that may be: npm run build:names -- --write when not', async () => {
    const bundle = await buildBundle();
    const long = [...propertyNames(bundle)].filter((name) => name.length > 4 && !SHORT_NAMES.includes(name));
    expect(refusals(long, bundle)).toEqual(long);
  });

  test('are used, and the view keeps its own', async () => {
    const { code } = await buildImage();
    const long = SHORT_NAMES.filter((name) => name.length > 4);
    expect(long.length).toBeGreaterThan(50);
    const view = [
      'setpoint',
      'measuredMmHg',
      'filteredMmHg',
      'bleedMs',
      'inhibits',
      'lamps',
      'phase',
      'leftMs',
    ];
    const unsaid = code.replaceAll(/"[^"]*"/g, '');
    const left = long.filter((name) => new RegExp(`\\.${name}\\b`).test(unsaid));
    expect(left.filter((name) => !view.includes(name))).toEqual([]);
    for (const name of view) expect(unsaid.match(new RegExp(`\\.${name}\\b`, 'g')), name).toHaveLength(1);
  });
});

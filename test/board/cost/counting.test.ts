import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countingCode } from '../../../sim/board/cost/counting.ts';

/** Runs `body`, the inside of a function of `a` and `b`, plain and counting. */
function both(body: string, a: number, b: number) {
  const code = `(function(){var seen=[];function f(a,b){${body}}return {f:f,seen:seen};})()`;
  type Made = { f: (a: number, b: number) => unknown; seen: number[] };
  const plain = new Function(`return ${code}`)() as Made;
  const counter = new Float64Array(1);
  const counted = (new Function(`return ${countingCode(code)}`)() as (c: Float64Array) => Made)(counter);
  const made = counter[0] ?? 0;
  const results = [plain.f(a, b), counted.f(a, b)];
  return { results, seen: [plain.seen, counted.seen], cost: (counter[0] ?? 0) - made };
}

const BODIES = [
  'if(a>b)seen.push(1);else if(a<b){seen.push(2)}else seen.push(3);return seen.length',
  'if(a>0)if(b>0)return 1;else return 2;return 3',
  'return a>b?a-b:b>a?b-a:0',
  'return a&&b||a-b&&(seen.push(a),7)',
  'var s=0;for(var i=0;i<(a&7);i++)s+=i>b?1:2;return s',
  'var s=0;while(s<(a&7))s++;do{s--}while(s>b&&s>0);return s',
  'switch(a&3){case 0:return 5;case 1:seen.push(1);case 2:seen.push(2);break;default:return 9}return 4',
  'for(const k in {x:1,y:2})seen.push(k);for(const v of [a,b])seen.push(v);return 0',
  'try{if(a>b)throw new Error("x");return 1}catch(e){return 2}',
  'const g=x=>x>b?{y:x}:x;return [a,b].map(g)',
  'return [a,b].map(function(x){return x>0&&x})',
  'if(a>b){const c=a-b;{if(c>2)return c}}return -1',
];

describe('a program that counts what it costs', () => {
  it.each(BODIES)('does what it did before: %s', (body) => {
    fc.assert(
      fc.property(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 }), (a, b) => {
        const { results, seen } = both(body, a, b);
        expect(results[1]).toEqual(results[0]);
        expect(seen[1]).toEqual(seen[0]);
      }),
      { numRuns: 60, seed: 4 },
    );
  });

  it('pays for what runs, and by the letter for what is passed over', () => {
    const body = 'if(a>b){seen.push(a);seen.push(b);seen.push(a)}return 1';
    const taken = both(body, 2, 1).cost;
    const passed = both(body, 1, 2).cost;
    expect(taken).toBeGreaterThan(2 * passed);
    expect(both(body.replace('if', '/*a long remark in the source*/if'), 1, 2).cost).toBeCloseTo(passed, 6);
    const longer = body.replace('seen.push(b)', 'seen.push(b+a+b+a)');
    expect(both(longer, 1, 2).cost).toBeGreaterThan(passed);
  });

  it('pays for the rest of a function that a return leaves behind', () => {
    const short = both('if(a)return 1;seen.push(1)', 1, 0).cost;
    const long = both('if(a)return 1;seen.push(1);seen.push(2);seen.push(3)', 1, 0).cost;
    expect(long).toBeGreaterThan(short);
  });

  it('pays for each round of a loop, and more for a name that was made late', () => {
    const loop = 'for(var i=0;i<a;i++);return i';
    const [two, four] = [both(loop, 2, 0).cost, both(loop, 4, 0).cost];
    expect(four - two).toBeCloseTo(both(loop, 6, 0).cost - four, 6);
    expect(four).toBeGreaterThan(two);
    const counter = new Float64Array(1);
    const cost = (names: string): number => {
      const code = `(function(){var ${names};function f(){return late}return f})()`;
      const f = (new Function(`return ${countingCode(code)}`)() as (c: Float64Array) => () => unknown)(
        counter,
      );
      counter[0] = 0;
      f();
      return counter[0] ?? 0;
    };
    const many = Array.from({ length: 200 }, (_, i) => `n${i}`).join();
    expect(cost(`${many},late`)).toBeGreaterThan(cost(`late,${many}`) + 2);
  });
});

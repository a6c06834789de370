import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inlineCalls } from '../../tools/build/inline.ts';

/** The program with the calls written out. */
function written(code: string, calls: readonly string[]): string {
  let out = '';
  let at = 0;
  for (const r of inlineCalls(code, calls)) {
    out += code.slice(at, r.start) + r.text;
    at = r.end;
  }
  return out + code.slice(at);
}

/** `callee` and the body of `caller(a, b)`, in a program whose value is the caller and what it has noted. */
function program(callee: string, caller: string): string {
  return `(function(){const seen=[];let n=0;${callee}function other(x){n=n+1;seen.push(x);return n;}function caller(a,b){${caller}}return {f:caller,seen:seen};})()`;
}

const CALLEES = {
  'one value': 'function callee(x,y){return x-y;}',
  'a value out of two branches': 'function callee(x,y){if(x>y)return x;return y*2;}',
  'an early end': 'function callee(x,y){if(x>y){other(x);return;}other(y);}',
  'an early end in both branches':
    'function callee(x,y){if(x>y){other(x);return 1;}else{other(y);return 2;}}',
  'branches of which one goes on':
    'function callee(x,y){if(x>y){other(1);}else{return 5;}other(x);return y;}',
  'no return': 'function callee(x,y){other(x+y);seen.push(y);}',
  'variables of its own': 'function callee(x,y){const a=x*2;let b=y;b=b+a;other(b);return b-a;}',
  'a parameter that is written': 'function callee(x,y){x=x+1;y=y-1;return x*y;}',
  'a loop': 'function callee(x,y){let s=0;for(let i=0;i<3;i++){s=s+x;}return s+y;}',
  'a return in a loop': 'function callee(x,y){for(let i=0;i<9;i++){if(i>x)return i;}return y;}',
  'a function in it': 'function callee(x,y){const g=()=>x;return g()+y;}',
  'a try': 'function callee(x,y){try{return x;}catch(e){return y;}}',
  itself: 'function callee(x,y){if(x<=0)return y;return callee(x-1,y);}',
  'a shorthand property': 'function callee(x,y){const o={x,y};return o.x-o.y;}',
  'a name that the caller has too': 'function callee(x,y){const a=x,b=y;return a*10+b;}',
};
const CALLERS = {
  'a statement': 'callee(a,b);other(a);return n;',
  'a constant': 'const r=callee(a,b);other(r);return r;',
  'an assignment': 'let r=0;r=callee(b,a);r=r+1;return r;',
  'a return': 'other(a);return callee(a,b);',
  'arguments that are work': 'const r=callee(a+1,other(b));return r;',
  'arguments that change': 'let k=a;k=k+b;const r=callee(k,k);k=0;return r+k;',
  'a branch': 'if(a>0)callee(a,b);else callee(b,a);return n;',
  'a loop': 'for(let i=0;i<3;i++){callee(a,i);}return n;',
  'inside of an expression': 'return 1+callee(a,b)*2+(a>b?callee(b,a):0);',
  'too few arguments': 'const r=callee(a);return r===undefined||r!==r?-1:r;',
  'a name that the callee has too': 'const x=a*3,y=b;const r=callee(y,x);return r+x;',
};

describe('a call that is written out', () => {
  const cases = Object.keys(CALLEES).flatMap((c) => Object.keys(CALLERS).map((d) => [c, d] as const));
  it.each(cases)('does what the call did: %s, called as %s', (calleeName, callerName) => {
    const callee = CALLEES[calleeName as keyof typeof CALLEES];
    const caller = CALLERS[callerName as keyof typeof CALLERS];
    const plain = program(callee, caller);
    const out = written(plain, ['caller > callee', 'callee > callee', 'caller > other', 'callee > other']);
    type Made = { f: (a: number, b: number) => unknown; seen: unknown[] };
    fc.assert(
      fc.property(fc.integer({ min: -3, max: 6 }), fc.integer({ min: -3, max: 6 }), (a, b) => {
        const [one, two] = [plain, out].map((code) => new Function(`return ${code}`)() as Made);
        expect(two?.f(a, b)).toEqual(one?.f(a, b));
        expect(two?.seen).toEqual(one?.seen);
      }),
      { numRuns: 25, seed: 8 },
    );
  });

  it('is gone where it can be', () => {
    const calls = (callee: string, caller: string): number =>
      written(program(callee, caller), ['caller > callee']).match(/callee\(/g)?.length ?? 0;
    expect(calls(CALLEES['an early end'], CALLERS['a statement'])).toBe(1);
    expect(calls(CALLEES['one value'], CALLERS['inside of an expression'])).toBe(1);
    expect(calls(CALLEES['variables of its own'], CALLERS['a constant'])).toBe(1);
  });

  it('is gone from a function, too, that was itself written out in another before', () => {
    const code =
      '(function(){let n=0;function a(){b();}function b(){c();}function c(){n=n+1;}return {a:a,b:b};})()';
    expect(written(code, ['a > b', 'b > c']).match(/\bc\(\)/g)).toHaveLength(1);
  });

  it('stays where it would mean something else', () => {
    for (const name of ['a return in a loop', 'a function in it', 'a try'] as const) {
      const plain = program(CALLEES[name], CALLERS['a constant']);
      expect(written(plain, ['caller > callee'])).toBe(plain);
    }
    const hidden = program('function callee(x){return x+n;}', 'const n=a;return callee(b)+n;');
    expect(written(hidden, ['caller > callee'])).toBe(hidden);
  });

  it('stays where a name is two variables, or a value has commas', () => {
    const statement = 'let r=0;r=callee(a,b);return r;';
    const shadowed = 'function callee(x,y){let t=1;if(x>y){let t=2;other(t);}else{return 5;}return t;}';
    const commas = 'function callee(x,y){return (other(x),y);}';
    for (const plain of [
      program(shadowed, statement),
      program('function callee(x,y){if(x>y){let x=1;other(x);}else return 5;return x;}', statement),
      program(commas, statement),
      program(CALLEES['one value'], 'const r=callee((a,b),b);return r;'),
    ])
      expect(written(plain, ['caller > callee'])).toBe(plain);
  });

  it('is written out only where the list says so', () => {
    const plain = program(CALLEES['one value'], CALLERS['a return']);
    expect(written(plain, ['other > callee'])).toBe(plain);
  });
});

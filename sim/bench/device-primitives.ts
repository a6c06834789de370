/**
 * What small pieces of JS cost on the board, in ARM Thumb-2 instructions (measured on an emulated Jolt.js build, see docs), and the
 * same pieces for the interpreter at hand: their ratios are the scale from its instructions to the board's.
 */
import type { Interpreter } from '../interpreter/binary.ts';
import { countPieces, MARK } from './device-count.ts';

interface Primitive {
  readonly name: string;
  /** ARM instructions of one execution. */
  readonly arm: number;
  /** Put before the loop, and into it. */
  readonly before?: string;
  readonly body: string;
}

const LOOP: Primitive = { name: 'empty loop round', arm: 7350, body: '' };

export const PRIMITIVES: readonly Primitive[] = [
  LOOP,
  { name: 'call f()', arm: 2800, before: 'function f(){}', body: 'f();' },
  { name: 'call f(a)', arm: 7000, before: 'function f(a){}', body: 'f(1);' },
  { name: 'f(a,b){return a+b}', arm: 10700, before: 'function f(a,b){return a+b}', body: 'f(1,2);' },
  {
    name: 'method that returns this.x',
    arm: 7600,
    before: 'class C{constructor(){this.x=1}m(){return this.x}}var o=new C();',
    body: 'o.m();',
  },
  { name: 'o.a', arm: 1300, before: 'var o={a:1};', body: 'o.a;' },
  { name: 'o.a.b', arm: 1800, before: 'var o={a:{b:1}};', body: 'o.a.b;' },
  { name: 'o.a=i', arm: 3100, before: 'var o={a:1};', body: 'o.a=i;' },
  { name: 'l=1', arm: 2400, before: 'var l=0;', body: 'l=1;' },
  { name: 'x=x+1', arm: 4000, before: 'var x=0;', body: 'x=x+1;' },
  { name: 'x=x*a+b', arm: 5100, before: 'var x=1.5,a=0.999,b=0.25;', body: 'x=x*a+b;' },
  {
    name: 'a name made after 200 others',
    arm: 3700,
    before: `${Array.from({ length: 200 }, (_, n) => `var n${n}=0;`).join('')}var late=1;`,
    body: 'late;',
  },
  { name: 'if(a<b){}', arm: 3300, before: 'var a=1,b=2;', body: 'if(a<b){}' },
  { name: 'Float32Array read', arm: 2400, before: 'var F=new Float32Array(8);', body: 'F[3];' },
  { name: 'Float32Array write', arm: 5800, before: 'var F=new Float32Array(8);', body: 'F[3]=i;' },
  { name: 'array read, [5] of 10', arm: 2700, before: 'var A=[1,2,3,4,5,6,7,8,9,10];', body: 'A[5];' },
  { name: 'Math.max(a,b)', arm: 12000, before: 'var a=1,b=2;', body: 'Math.max(a,b);' },
  { name: 'Math.round(x)', arm: 9000, before: 'var x=1.5;', body: 'Math.round(x);' },
  {
    name: 'clamp by ternaries',
    arm: 7200,
    before: 'var x=1.5,l=1,h=2;',
    body: 'x<l?l:x>h?h:x;',
  },
  {
    name: 'table dispatch T[s]()',
    arm: 4800,
    before: 'function f(){}var T=[f,f,f,f,f,f],s=4;',
    body: 'T[s]();',
  },
];

const ROUNDS = 200;

/** Locals of a function, as the figures were taken; two runs of the loop, the second counts. */
function piece(p: Primitive): string {
  return `(function(){${p.before ?? ''}var i;for(i=0;i<3;i=i+1){${p.body}}${MARK};for(i=0;i<${ROUNDS};i=i+1){${p.body}}${MARK};})();`;
}

export interface Fit {
  /** Board instructions per instruction here: median of the primitives, and the range that holds 8 of 10 of them. */
  readonly scale: number;
  readonly low: number;
  readonly high: number;
  readonly rows: readonly {
    readonly name: string;
    readonly arm: number;
    readonly here: number;
    readonly ratio: number;
  }[];
}

function quantile(sorted: readonly number[], q: number): number {
  const at = q * (sorted.length - 1);
  const low = sorted[Math.floor(at)] ?? Number.NaN;
  const high = sorted[Math.ceil(at)] ?? Number.NaN;
  return low + (high - low) * (at - Math.floor(at));
}

export async function fitPrimitives(interpreter: Interpreter): Promise<Fit> {
  const { pieces } = await countPieces(interpreter, PRIMITIVES.map(piece).join('\n'));
  const counts = PRIMITIVES.map((_, i) => (pieces[2 * i] ?? Number.NaN) / ROUNDS);
  const loop = counts[0] ?? Number.NaN;
  const rows = PRIMITIVES.map((p, i) => {
    const here = (counts[i] ?? Number.NaN) - (i === 0 ? 0 : loop);
    return { name: p.name, arm: p.arm, here, ratio: p.arm / here };
  });
  const sorted = rows.map((r) => r.ratio).sort((a, b) => a - b);
  return { scale: quantile(sorted, 0.5), low: quantile(sorted, 0.1), high: quantile(sorted, 0.9), rows };
}

import { describe, expect, test } from 'vitest';
import { shortForms } from '../../tools/build/short-forms.ts';
import { checkDialect } from '../../tools/dialect/check.ts';

const image = (body: string): string => `(function(){${body}})()`;

/** What the image gives, and its text in short forms. */
function both(body: string): { before: unknown; after: unknown; code: string } {
  const code = shortForms(image(body));
  // biome-ignore lint/security/noGlobalEval: the loader on the board does exactly this
  return { before: eval(image(body)), after: eval(code), code };
}

describe('functions as arrows, constants as let', () => {
  test('functions in a row become one var, each with its own short body', () => {
    const { before, after, code } = both(
      'var q;function a(x){return x+1}function b(x,y){const z=x*y;return z}function c(){q=7}c();return a(1)+b(2,3)+q',
    );
    expect(code).toBe(
      '(function(){var q;var a=x=>x+1,b=(x,y)=>{let z=x*y;return z},c=()=>{q=7};c();return a(1)+b(2,3)+q})()',
    );
    expect(after).toBe(before);
  });

  test('a body that is an object or several values stands in brackets', () => {
    const { before, after, code } = both(
      'let n=0;function a(){return{u:1}}function b(){return n++,n+2}function c(){return{u:5}.u}return [a().u,b(),c(),n]',
    );
    expect(code).toContain('a=()=>({u:1}),b=()=>(n++,n+2),c=()=>({u:5}.u);');
    expect(after).toEqual(before);
  });

  test('rows of a table too, and no method', () => {
    const { before, after, code } = both(
      'const t=[function(x){return-x},function(x,y){if(x)return y}];class K{m(){return 3}}return [t[0](1),t[1](1,2),new K().m()]',
    );
    expect(code).toContain('[x=>-x,(x,y)=>{if(x)return y}]');
    expect(code).toContain('m(){return 3}');
    expect(after).toEqual(before);
  });

  test('not what asks for this or arguments, even inside, nor a function in a function', () => {
    const { before, after, code } = both(
      'function a(){return this.k}function b(){return()=>this}function c(){return arguments.length}function d(){return e();function e(){return 4}}return [a.call({k:2}),typeof b.call({})(),c(1,2),d()]',
    );
    for (const name of ['a', 'b', 'c', 'e']) expect(code).toContain(`function ${name}(`);
    expect(code).toContain('var d=()=>{return e();function e(){return 4}};');
    expect(after).toEqual(before);
  });

  test('give nothing that the dialect refuses', () => {
    const code = shortForms(image('function a(x){const y=x;return y}function b(){return{k:a(1)}}return b'));
    expect(checkDialect(code, 'script')).toEqual([]);
  });
});

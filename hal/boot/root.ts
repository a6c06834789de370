/**
 * The text of `.bootcde` around the bundled loader. `cuff` is the image's value: an object with at least `core`. Plain statements
 * at root scope: an `eval` inside a function would cost a third more variables. An image that fails gives the other slot its turn.
 */
const LOAD = 'if(boot.image)try{cuff=eval(boot.image)}catch(e){boot.failed(e)}';

/** `loader`: the bundle of loader.ts as one expression. */
export function bootText(loader: string): string {
  return (
    'var cuff,boot=' +
    loader +
    ';\n' +
    LOAD +
    '\n' +
    LOAD.replace('if(boot.image)', 'if(!cuff&&boot.image)') +
    '\nboot.image=undefined;\n'
  );
}

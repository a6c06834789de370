/**
 * The text of `.bootcde` around the bundled loader. Its first statement closes the console: from then on no Ctrl-C can break the
 * boot. `cuff` is the image's value: an object with at least `core`. Plain statements at root scope: an `eval` inside a function
 * would cost a third more variables. An image that fails gives the other slot its turn. Must never leave a board without image and
 * without console: a loader that throws opens it again.
 */

/** What ends every `.bootcde` of this project: a loader that was cut off in the writing has no such end. */
export const LOADER_ENDS = 'boot.image=undefined;\n';

/**
 * What begins it: flash.sh knows a loader of ours by it. The interpreter runs a text that is cut off as far as it goes, so the second
 * statement opens the console again where the end is missing.
 */
export const LOADER_BEGINS =
  'E.setConsole(null,{force:true});\n' +
  'if(require("Storage").read(".bootcde").slice(-22)!="boot.image=undefined;\\n")E.setConsole(USB,{force:true});\n' +
  'var cuff,boot;';

const LOAD = 'if(boot.image)try{cuff=eval(boot.image)}catch(e){boot.failed(e)}';

/** Without a loader there is no image either: nothing drives, and USB is the way back in. */
const NO_LOADER =
  'boot={mode:"empty",slot:"",version:""};E.setConsole(USB,{force:true});print("cuffloop: "+e)';

/** `loader`: the bundle of loader.ts as one expression. */
export function bootText(loader: string): string {
  return (
    LOADER_BEGINS +
    '\ntry{boot=' +
    loader +
    '}catch(e){' +
    NO_LOADER +
    '}\n' +
    LOAD +
    '\n' +
    LOAD.replace('if(boot.image)', 'if(!cuff&&boot.image)') +
    '\n' +
    LOADER_ENDS
  );
}

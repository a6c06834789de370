/**
 * Start-up programs that run before the loader: Espruino's own names, none of which this project writes. One of them may drive an
 * output or leave a console open, and the loader comes too late to stop it. So no image runs beside it. `.bootrst` is not looked for:
 * where there is one, it runs in the loader's place, and only flash.sh can find it. Must never let an image run beside it.
 */
const flash = require('Storage');

/** Names of the start-up programs in flash that are not ours. */
export function foreignFiles(): string[] {
  return flash.list(/^\.boot[0-3P]/);
}

/** `node tools/start.js tools/lop.ts ...` starts that command line from a bundle. */
import { start } from './bundled.js';

process.argv.splice(1, 1);
await start(process.argv[1] ?? '');

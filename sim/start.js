/** Starts the simulator's command line from a bundle. */
import { start } from '../tools/bundled.js';

await start('sim/cli.ts');

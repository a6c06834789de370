/** `npm run bench:storage`: 500 sessions in a row on one device; nothing may be lost, and the flash must not fill up. */
import { whole } from '../setup/numbers.ts';
import { type BenchOptions, benchCommand, writeFigures } from './command.ts';
import { flashStore } from './flash-store.ts';
import { manySessions, nothingLost } from './many-sessions.ts';

const options = benchCommand(
  'storage',
  'Many sessions in a row on one device: nothing may be lost, and the flash must not fill up.',
  1,
)
  .option('--sessions <n>', 'sessions (--quick: 60)', whole(1, 100_000))
  .parse()
  .opts<BenchOptions & { sessions?: number }>();

const sessions = options.sessions ?? (options.quick ? 60 : 500);
const { store, flash } = await flashStore();
const result = manySessions(sessions, store, flash, options.seed);
const good = nothingLost(result);
console.log(
  `${good ? 'ok  ' : 'FAIL'} ${result.sessions} sessions: ${result.readable} records kept and readable (${result.kept[0]}..${result.kept.at(-1)}), ${result.refusedWrites} writes refused; ` +
    `longest record ${result.longestRecord} bytes, live texts at most ${result.liveBytes} bytes of ${flash.size}, ${result.erases} pages erased (${(result.erases / sessions).toFixed(1)} a session)`,
);
for (const problem of result.problems) console.log(`     ${problem}`);
writeFigures(options.json, { seed: options.seed, ...result });
process.exitCode = good ? 0 : 1;

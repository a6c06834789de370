/** `npm run bench:storage`: 500 sessions in a row on one device; nothing may be lost, and the flash must not fill up. */
import { flashStore } from './flash-store.ts';
import { manySessions, nothingLost } from './many-sessions.ts';

if (process.argv.includes('--help')) {
  console.log('Usage: npm run bench:storage -- [--sessions N]');
  console.log(
    'N (500) sessions in a row on one device; nothing may be lost, and the flash must not fill up.',
  );
  process.exit(0);
}

const at = process.argv.indexOf('--sessions');
const sessions = at < 0 ? 500 : Number(process.argv[at + 1]);
const { store, flash } = await flashStore();
const result = manySessions(sessions, store, flash, 1);
const good = nothingLost(result);
console.log(
  `${good ? 'ok  ' : 'FAIL'} ${result.sessions} sessions: ${result.readable} records kept and readable (${result.kept[0]}..${result.kept.at(-1)}), ${result.refusedWrites} writes refused; ` +
    `longest record ${result.longestRecord} bytes, live texts at most ${result.liveBytes} bytes of ${flash.size}, ${result.erases} pages erased (${(result.erases / sessions).toFixed(1)} a session)`,
);
for (const problem of result.problems) console.log(`     ${problem}`);
process.exitCode = good ? 0 : 1;

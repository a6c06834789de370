/**
 * What the test does with each command that a page shows. The first row that fits counts. A command that fits no row fails the test, and
 * so does a row that fits no command. Never run here: what needs a board, takes minutes, or writes into the tree.
 */

/**
 * run: it runs to its end with exit code 0. help: its help is asked for and must know every option that the page shows. read: its source
 * must know every option that the page shows. skip: nothing but the name of an npm script is looked at.
 */
export type How = 'run' | 'help' | 'read' | 'skip';

export interface CommandRow {
  readonly fits: RegExp;
  readonly how: How;
  /** What is run instead, or whose help is asked for; rows with the same text share a run. */
  readonly as?: string;
  readonly why: string;
}

/** One short session at core level serves several rows. */
const SESSION =
  'npm run sim -- run --level core --seed 1 --protocol intro --svg session.svg --csv rows.csv --store mine.json --quiet';
const STOPPED =
  'npm run sim -- --level core --fault hose-off@60 --html out.html --store tripped.json --quiet';
const EXAMPLE = 'ROOT/docs/protocols/example.json';
const RIG = 'ROOT/docs/protocols/commissioning.json';

export const COMMANDS: readonly CommandRow[] = [
  { fits: /^npm (ci|test)$/, how: 'skip', why: 'the install before this test, and this test' },
  { fits: /^npx vitest run test\/sensing$/, how: 'read', why: 'npm test runs it' },
  { fits: /^npm run sim -- --sensor NAME$/, how: 'help', as: 'npm run sim -- run', why: 'needs a name' },
  { fits: /^npm run studio$/, how: 'help', as: 'npm run studio', why: 'it serves until it is ended' },
  { fits: /^npm run build:names$/, how: 'help', as: 'npm run build:names', why: 'takes a minute' },
  { fits: /^npm run docs:screens$/, how: 'skip', why: 'needs a browser; test/studio/shown-pictures.test.ts' },
  { fits: /^npm run build$/, how: 'help', as: 'npm run build', why: 'the tests of the studio make the page' },
  { fits: /^npm run (check|fix)$/, how: 'skip', why: 'a step of its own in .ci/run' },
  { fits: /^npm start$/, how: 'run', as: SESSION, why: 'shorter; .ci/run runs npm start itself' },

  {
    fits: /^npm run sim -- --board /,
    how: 'help',
    as: 'npm run sim -- run',
    why: 'test/board/every-board.test.ts runs them',
  },
  { fits: /^npm run sim -- --help$/, how: 'run', why: 'quick' },
  { fits: /^npm run sim -- --level core /, how: 'run', as: SESSION, why: 'writes elsewhere' },
  {
    fits: /^npm run sim -- --plant /,
    how: 'run',
    as: 'npm run sim -- --plant reference-thigh --scenario leg-press --level core --svg reference.svg --quiet',
    why: 'shorter, at core level',
  },
  { fits: /^npm run sim -- --store /, how: 'run', as: SESSION, why: 'shorter' },
  {
    fits: /^npm run sim -- --scenario /,
    how: 'run',
    as: 'npm run sim -- --scenario leg-press --seed 7 --level core --svg press.svg --quiet',
    why: 'at core level',
  },
  { fits: /^npm run sim -- --fault /, how: 'run', as: STOPPED, why: 'at core level' },
  {
    fits: /^npm run sim -- --set /,
    how: 'run',
    as: 'npm run sim -- --set maxMmHg=140 --protocol walk-5x2 --level core --svg walk.svg --quiet',
    why: 'at core level',
  },
  {
    fits: /^npm run sim -- --protocol /,
    how: 'run',
    as: `npm run sim -- --protocol ${RIG} --level core --svg rig.svg --quiet`,
    why: 'a file that there is',
  },

  { fits: /^npm run log -- pull/, how: 'help', as: 'npm run log -- pull', why: 'needs a board' },
  { fits: /^npm run log -- list/, how: 'run', why: 'quick' },
  { fits: /^npm run log -- show/, how: 'run', as: 'npm run log -- show mine.json', why: 'the one session' },
  { fits: /^npm run log -- export/, how: 'run', why: 'quick' },
  {
    fits: /^npm run log -- picture/,
    how: 'run',
    as: 'npm run log -- picture mine.json --out picture.svg',
    why: 'the one session',
  },
  { fits: /^npm run log -- note/, how: 'run', why: 'quick' },
  {
    fits: /^npm run log -- progress/,
    how: 'run',
    as: 'npm run log -- progress mine.json --out p.svg',
    why: 'quick',
  },
  { fits: /^npm run log -- replay rows.csv/, how: 'run', why: 'quick' },
  {
    fits: /^npm run log -- replay mine.json/,
    how: 'run',
    as: 'npm run log -- replay tripped.json',
    why: 'a store with a trip in it',
  },

  {
    fits: /^npm run protocol -- check docs/,
    how: 'run',
    as: `npm run protocol -- check ${RIG}`,
    why: 'quick',
  },
  {
    fits: /^npm run protocol -- check/,
    how: 'run',
    as: `npm run protocol -- check ${EXAMPLE} --lop 190`,
    why: 'a file that there is',
  },
  {
    fits: /^npm run protocol -- draw/,
    how: 'run',
    as: `npm run protocol -- draw ${EXAMPLE} --out drawn.html`,
    why: 'a file that there is',
  },
  {
    fits: /^npm run protocol -- store/,
    how: 'run',
    as: `npm run protocol -- store ${EXAMPLE}`,
    why: 'a file that there is',
  },
  {
    fits: /^npm run cuff -- commission --simulated( |$)/,
    how: 'run',
    as: 'npm run cuff -- commission --simulated',
    why: 'a healthy build; with a fault it ends with exit code 1',
  },
  {
    fits: /^npm run cuff -- commission/,
    how: 'help',
    as: 'npm run cuff -- commission',
    why: 'needs a device; test/commission runs it on the virtual board',
  },
  {
    fits: /^npm run cuff -- (list|status|watch|stop|date|lop|pull)/,
    how: 'help',
    as: 'npm run cuff',
    why: 'needs a cuff; test/cuff runs them on the virtual board',
  },
  { fits: /^npm run cuff$/, how: 'help', as: 'npm run cuff', why: 'needs a cuff' },
  { fits: /^npm run protocol -- write/, how: 'help', as: 'npm run protocol -- write', why: 'needs a board' },

  {
    fits: /^npm run settings -- print/,
    how: 'run',
    as: 'npm run settings -- print --defaults',
    why: 'no board',
  },
  {
    fits: /^npm run settings -- dump/,
    how: 'run',
    as: 'npm run settings -- dump --defaults --out dumped.json',
    why: 'no board',
  },
  {
    fits: /^npm run settings -- restore/,
    how: 'help',
    as: 'npm run settings -- restore',
    why: 'needs a board; test/flash/settings-dump.test.ts runs it on a store',
  },
  { fits: /^npm run settings -- check/, how: 'run', as: 'npm run settings -- check my.json', why: 'quick' },
  {
    fits: /^npm run settings -- diff/,
    how: 'help',
    as: 'npm run settings -- diff',
    why: 'needs a board; test/flash/settings-files.test.ts runs it on an image',
  },
  {
    fits: /^npm run settings -- write/,
    how: 'help',
    as: 'npm run settings -- write',
    why: 'needs a board; test/flash/settings-files.test.ts runs it on an image',
  },

  {
    fits: /^npm run tune -- commission/,
    how: 'help',
    as: 'npm run tune -- commission',
    why: 'needs the store of a device',
  },
  { fits: /^npm run tune -- sweep/, how: 'help', as: 'npm run tune -- sweep', why: 'takes minutes' },
  { fits: /^npm run tune -- --/, how: 'help', as: 'npm run tune -- propose', why: 'takes minutes' },

  { fits: /^npm run tune$/, how: 'help', as: 'npm run tune', why: 'needs a device or a plant' },
  { fits: /^npm run log$/, how: 'help', as: 'npm run log', why: 'needs a store' },

  { fits: /^npm run lop -- estimate$/, how: 'help', as: 'npm run lop -- estimate', why: 'needs numbers' },
  { fits: /^npm run lop -- posture/, how: 'run', why: 'quick' },
  { fits: /^npm run lop -- recording/, how: 'help', as: 'npm run lop -- recording', why: 'needs recordings' },

  { fits: /^npm run docs$/, how: 'skip', why: 'writes into the tree; a test holds the pages fresh' },
  { fits: /^npm run docs:pictures/, how: 'skip', why: 'writes into the tree; test/tune/documents.test.ts' },
  { fits: /^npm run bench:/, how: 'read', why: 'takes minutes' },
  {
    fits: /^npm run build -- --board /,
    how: 'help',
    as: 'node --import tsx tools/build.ts',
    why: 'test/board/every-board.test.ts builds them',
  },
  { fits: /^npm run mutate/, how: 'read', why: 'takes hours' },
  { fits: /^(npx tsx|node --import tsx) sim\/bench\//, how: 'read', why: 'takes minutes' },
  {
    fits: /^node --import tsx test\/studio\/measure\.ts$/,
    how: 'read',
    why: 'needs a browser, and takes a minute',
  },
  {
    fits: /npx vitest run test\/poison$/,
    how: 'read',
    why: 'takes minutes; npm test runs it with fewer tries',
  },
  { fits: /^npm run test:espruino$/, how: 'skip', why: 'needs ESPRUINO, a Linux build of the interpreter' },
  { fits: /^npm run release$/, how: 'help', as: 'npm run release', why: 'takes a minute' },
  { fits: /^node tools\/start\.js tools\/flash\/flash\.ts/, how: 'skip', why: 'what flash.sh runs' },
  { fits: /^\.\/flash\.sh/, how: 'help', as: './flash.sh', why: 'needs a board' },
  { fits: /^sha256sum -c SHA256SUMS/, how: 'skip', why: 'no command of ours; test/flash/release.test.ts' },
];

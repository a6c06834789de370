/** What is broken, and which tests have to notice: layers whose tests are quick enough to be run thousands of times. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../build/project.ts';

export interface Group {
  readonly name: string;
  /** Files to break. */
  readonly targets: readonly string[];
  /** Test files; none of them waits for anything. */
  readonly tests: readonly string[];
}

function filesOf(folder: string, end: string): string[] {
  return readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith(end))
    .map((name) => `${folder}/${name}`);
}

/** The table of texts is checked by the safety case's test, and whole sessions take too long; here only behaviour counts. */
const NOT_HERE = ['safety-case.test.ts', 'closed-loop.test.ts', 'states.test.ts'];

const RULE_TESTS = ['test/safety', 'test/sensing']
  .flatMap((layer) => filesOf(layer, '.test.ts'))
  .filter((file) => !NOT_HERE.some((name) => file.endsWith(name)));

/** Rules one by one, and whole sessions in short on a cuff of a few lines: milliseconds each. */
const SESSION_TESTS = [
  ...['test/loop', 'test/wearer', 'test/link'].flatMap((layer) => filesOf(layer, '.test.ts')),
  ...['day', 'measurement', 'progress', 'protocol', 'settings-in-use', 'steps', 'stored'].map(
    (name) => `test/session/${name}.test.ts`,
  ),
  ...['envelope', 'held', 'recorder'].map((name) => `test/record/${name}.test.ts`),
].filter((file) => !file.endsWith('link.test.ts'));

export const GROUPS: readonly Group[] = [
  {
    name: 'rules',
    targets: ['src/safety', 'src/safety/rows', 'src/sensing']
      .flatMap((layer) => filesOf(layer, '.ts'))
      .sort(),
    tests: RULE_TESTS,
  },
  {
    name: 'limits',
    targets: ['src/limits.ts'],
    tests: [
      ...RULE_TESTS,
      ...filesOf('test/loop', '.test.ts'),
      'test/board/clockwork.test.ts',
      'test/board/limits.test.ts',
    ],
  },
  {
    name: 'loop',
    targets: [
      'src/wearer/lock.ts',
      'src/wearer/press.ts',
      'src/link/relay.ts',
      'src/wearer/start.ts',
      'src/loop.ts',
      'src/session/time-left.ts',
      'src/tick.ts',
    ],
    tests: [
      ...filesOf('test/loop', '.test.ts'),
      ...['button', 'late-press', 'lockout', 'refill', 'start', 'time-left'].map(
        (name) => `test/session/${name}.test.ts`,
      ),
      'test/record/counts.test.ts',
    ],
  },
  {
    name: 'session',
    // the library is a table of its own
    targets: filesOf('src/session', '.ts').filter((file) => !/(time-left|library)\.ts$/.test(file)),
    tests: SESSION_TESTS,
  },
  {
    name: 'wearer',
    targets: [
      ...filesOf('src/wearer', '.ts').filter((file) => !/(lock|press|start|parts)\.ts$/.test(file)),
      'src/core.ts',
      'src/date.ts',
      'src/demand.ts',
      'src/outputs.ts',
      'src/pace.ts',
    ],
    tests: SESSION_TESTS,
  },
  {
    name: 'record',
    targets: [
      ...filesOf('src/record', '.ts'),
      'src/link/link.ts',
      'src/link/link-state.ts',
      'src/link/answers.ts',
      'src/link/live.ts',
      'src/link/kept-texts.ts',
    ],
    tests: SESSION_TESTS,
  },
  {
    name: 'tables',
    targets: [
      'src/files.ts',
      'src/phases.ts',
      'src/ports.ts',
      'src/session/library.ts',
      'src/settings.ts',
      'src/units.ts',
      'src/view.ts',
      'src/link/parts.ts',
      'src/wearer/parts.ts',
    ],
    tests: ['test/core/settings.test.ts', 'test/session/protocol.test.ts', 'test/session/library.test.ts'],
  },
  {
    name: 'occlusion',
    targets: filesOf('src/occlusion', '.ts'),
    // whole measurements on the plant take too long
    tests: ['pieces', 'record', 'maximum'].map((name) => `test/occlusion/${name}.test.ts`),
  },
  {
    name: 'control',
    // its settings are rows of a table; what they do is broken where it is done
    targets: filesOf('src/control', '.ts').filter((file) => !file.endsWith('/settings.ts')),
    // sessions on the plant take too long; the formulas are tested one by one
    tests: [
      'at-the-edge',
      'cycle-balance',
      'edges',
      'fill-steps',
      'flow-estimate',
      'forecast',
      'hold-steps',
      'outputs',
      'rhythm',
    ].map((name) => `test/control/${name}.test.ts`),
  },
  {
    name: 'inputs',
    targets: [
      ...filesOf('hal/sensors', '.ts'),
      'hal/indicator.ts',
      'hal/link.ts',
      'hal/store.ts',
      'hal/store-format.ts',
    ],
    tests: ['drivers', 'link-port', 'sensors', 'store'].map((name) => `test/board/${name}.test.ts`),
  },
  {
    name: 'outputs',
    targets: [
      'hal/button.ts',
      'hal/clock.ts',
      'hal/closed.ts',
      'hal/dead-man.ts',
      'hal/device.ts',
      'hal/direct-monitor.ts',
      'hal/failure.ts',
      'hal/fed-lease.ts',
      'hal/lease.ts',
      'hal/memory-look.ts',
      'hal/monitor.ts',
      'hal/open-monitor.ts',
      'hal/pump.ts',
      'hal/rail-probe.ts',
      'hal/relay.ts',
      'hal/timer-tasks.ts',
      'hal/valve.ts',
      'hal/watchdog.ts',
    ],
    tests: [
      ...[
        'drivers',
        'monitor',
        'outputs',
        'rail',
        'clockwork',
        'relay-port',
        'utility-timer',
        'no-sense',
        'dead-man',
        'direct-monitor',
      ].map((name) => `test/board/${name}.test.ts`),
      'test/contract/ports.test.ts',
    ],
  },
];

/** In no group, with the reason. */
export const UNBROKEN: Readonly<Record<string, string>> = {
  'hal/boards/board.ts': 'pins and numbers of a board',
  'hal/boards/esp32s3.ts': 'pins and numbers of a board',
  'hal/boards/jolt.ts': 'pins and numbers of a board',
  'hal/boards/pico2.ts': 'pins and numbers of a board',
  'hal/boards/selected.ts': 'a choice of the build',
  'hal/boards/xiao.ts': 'pins and numbers of a board',
  'hal/boot/console.ts': 'reaches its tests as an image only, through a build of some seconds',
  'hal/boot/foreign.ts': 'as hal/boot/console.ts',
  'hal/boot/guard.ts': 'as hal/boot/console.ts',
  'hal/boot/loader.ts': 'as hal/boot/console.ts',
  'hal/boot/root.ts': 'as hal/boot/console.ts',
  'hal/boot/service.ts': 'as hal/boot/console.ts',
  'hal/boot/slots.ts': 'as hal/boot/console.ts',
  'hal/dev.ts': 'as hal/boot/console.ts',
  'src/control/settings.ts': 'rows of a table; what they do is broken where it is done',
  'src/main.ts': 'as hal/boot/console.ts',
};

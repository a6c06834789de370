import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What takes longest starts first, so that both workers end at about the same time: on a fresh clone no times are known. */
const LONG = [
  'studio/logs',
  'studio/try',
  'studio/cuff',
  'studio/cuff-service',
  'studio/screens',
  'scenarios/library',
  'board/every-board',
  'tools/names',
  'studio/shell',
  'studio/report-page',
  'studio/offline',
  'studio/tune',
  'board/every-sensor',
  'flash/flash-sh',
  'cli/command',
  'flash/release',
  'safety/states',
  'safety/closed-loop',
  'record/storage',
  'plant/inflate-once',
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = (file: TestSpecification) =>
      LONG.findIndex((name) => file.moduleId.endsWith(`/${name}.test.ts`));
    const long = files.filter((file) => place(file) >= 0).sort((a, b) => place(a) - place(b));
    return [...long, ...(await super.sort(files.filter((file) => place(file) < 0)))];
  }
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/real-timers.ts'],
    reporters: ['default', './tools/count-reporter.ts'],
    testTimeout: 30_000,
    // the page of the studio is built before its first test: half a minute where the computer has other work too
    hookTimeout: 180_000,
    maxWorkers: 2,
    // The files of a worker share its modules, which keep no state at module level: two fifths less work than loading them for each file.
    isolate: false,
    sequence: { sequencer: LongestFirst },
  },
});

import { defineConfig } from 'vitest/config';

/** The runs in a real interpreter: long, and only with `$ESPRUINO`, so apart from `npm test`. */
export default defineConfig({
  test: {
    root: new URL('../../..', import.meta.url).pathname,
    include: ['test/device/espruino/**/*.check.ts'],
    reporters: ['default', './tools/count-reporter.ts'],
    testTimeout: 900_000,
    hookTimeout: 120_000,
    maxWorkers: 1,
    fileParallelism: false,
  },
});

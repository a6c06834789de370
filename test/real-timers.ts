/**
 * Runs before each test file: the files of a worker share its timers, and one that leaves fake ones behind would make others wait for ever.
 * Must stay in `setupFiles` of vitest.config.ts.
 */
import { beforeAll } from 'vitest';

const SHARED = globalThis as typeof globalThis & { realSetTimeout?: typeof setTimeout };
SHARED.realSetTimeout ??= globalThis.setTimeout;

beforeAll(() => {
  if (globalThis.setTimeout !== SHARED.realSetTimeout)
    throw new Error('a test file before this one in the same worker has left fake timers behind');
});

/** What keeps the page: from the network first is what changes under its name, above all the images that are flashed. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';

interface Fetched {
  readonly request: { readonly method: string; readonly url: string; readonly mode: string };
  respondWith(answer: Promise<Response>): void;
}

const HOST = 'http://studio.test';
let hear: ((event: Fetched) => void) | undefined;
let isOnline = true;

beforeAll(async () => {
  vi.stubGlobal('__BUILD__', 'test');
  vi.stubGlobal('__FILES__', []);
  vi.stubGlobal('self', {
    location: { origin: HOST },
    addEventListener: (type: string, heard: (event: Fetched) => void) => {
      if (type === 'fetch') hear = heard;
    },
  });
  vi.stubGlobal('caches', {
    open: () => Promise.resolve({ match: () => Promise.resolve(new Response('kept')) }),
  });
  vi.stubGlobal('fetch', () =>
    isOnline ? Promise.resolve(new Response('new')) : Promise.reject(new TypeError('no network')),
  );
  await import('../../sim/studio/offline/service-worker.ts');
});
afterAll(() => vi.unstubAllGlobals());

async function answerTo(path: string): Promise<string> {
  let answer: Promise<Response> | undefined;
  hear?.({
    request: { method: 'GET', url: HOST + path, mode: 'cors' },
    respondWith: (given) => {
      answer = given;
    },
  });
  return (await answer)?.text() ?? 'not answered';
}

test('images and version come from the network, and from what was kept without one', async () => {
  const paths = ['/some/where/images/manifest.json', '/images/jolt-mprls.js', '/version.json'];
  isOnline = true;
  for (const path of paths) expect([path, await answerTo(path)]).toEqual([path, 'new']);
  isOnline = false;
  for (const path of paths) expect([path, await answerTo(path)]).toEqual([path, 'kept']);
});

test('a file whose name changes with what it holds is not asked for again', async () => {
  isOnline = true;
  expect(await answerTo('/assets/main-1a2b3c.js')).toBe('kept');
});

/**
 * Keeps the page for when there is no network. Files with a sum in their name never change and come from the cache first; the page itself,
 * its version and the images it can flash come from the network first, so that nobody stays on an old page or writes an old firmware. It takes over only when the reader says so, and
 * must never ask another host.
 */

/** Put in by the build: a name for this build, and its files. */
declare const __BUILD__: string;
declare const __FILES__: readonly string[];

/** What of a service worker's world is used here; the page's own types know nothing of it. */
interface Waiting {
  waitUntil(done: Promise<unknown>): void;
}
interface Asked extends Waiting {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface Scope {
  addEventListener(type: 'install' | 'activate', heard: (event: Waiting) => void): void;
  addEventListener(type: 'fetch', heard: (event: Asked) => void): void;
  addEventListener(type: 'message', heard: (event: { readonly data: unknown }) => void): void;
  skipWaiting(): Promise<void>;
  readonly clients: { claim(): Promise<void> };
  readonly location: Location;
}

const scope = self as unknown as Scope;
const CACHE = `cuffloop-${__BUILD__}`;
const PAGE = './index.html';

scope.addEventListener('install', (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll([...__FILES__])));
});

scope.addEventListener('activate', (event) => {
  const others = caches
    .keys()
    .then((names) =>
      Promise.all(
        names
          .filter((name) => name.startsWith('cuffloop-') && name !== CACHE)
          .map((name) => caches.delete(name)),
      ),
    );
  event.waitUntil(others.then(() => scope.clients.claim()));
});

scope.addEventListener('message', ({ data }) => {
  if (data === 'take over') void scope.skipWaiting();
});

async function fromCache(request: Request | string): Promise<Response | undefined> {
  return (await caches.open(CACHE)).match(request, { ignoreSearch: true });
}

/** Names that stay the same when what they hold changes. */
function changes(path: string): boolean {
  return path.endsWith('/version.json') || path.includes('/images/');
}

async function networkFirst(request: Request, kept: Request | string): Promise<Response> {
  try {
    return await fetch(request);
  } catch (error) {
    const found = await fromCache(kept);
    if (found === undefined) throw error;
    return found;
  }
}

scope.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== scope.location.origin) return;
  if (request.mode === 'navigate') event.respondWith(networkFirst(request, PAGE));
  else if (changes(url.pathname)) event.respondWith(networkFirst(request, request));
  else event.respondWith(fromCache(request).then((found) => found ?? fetch(request)));
});

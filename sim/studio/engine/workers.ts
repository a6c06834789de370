/** How the page starts its workers: each from a file beside the page. In the page as one file the build puts them into the page itself. */

export function startWorker(name: string): Worker {
  return new Worker(new URL('./engine-worker.ts', import.meta.url), { type: 'module', name });
}

export function startLogsWorker(): Worker {
  return new Worker(new URL('../screens/logs/logs-worker.ts', import.meta.url), {
    type: 'module',
    name: 'logs',
  });
}

export function startTuneWorker(): Worker {
  return new Worker(new URL('../screens/tune/tune-worker.ts', import.meta.url), {
    type: 'module',
    name: 'tune',
  });
}

/** How the page starts its workers: from a file beside the page. The page as one file has another way (workers-inline.ts). */

export function startWorker(name: string): Worker {
  return new Worker(new URL('./engine-worker.ts', import.meta.url), { type: 'module', name });
}

export function startLogsWorker(): Worker {
  return new Worker(new URL('../screens/logs/logs-worker.ts', import.meta.url), {
    type: 'module',
    name: 'logs',
  });
}

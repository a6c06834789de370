/** How the page starts its workers: each is a file of its own beside the page. The single-file build has another way (workers-inline.ts). */

export function startRunWorker(): Worker {
  return new Worker(new URL('./run.worker.ts', import.meta.url), { type: 'module', name: 'run' });
}

export function startExplainWorker(): Worker {
  return new Worker(new URL('./explain.worker.ts', import.meta.url), { type: 'module', name: 'explain' });
}

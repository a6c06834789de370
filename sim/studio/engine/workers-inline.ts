/** How the page as one file starts its workers: from what lies in the page itself. The build puts this in the place of workers.ts. */
import EngineWorker from './engine-worker.ts?worker&inline';

export function startWorker(name: string): Worker {
  return new EngineWorker({ name });
}

/** How the page as one file starts its workers: from what lies in the page itself. The build puts this in the place of workers.ts. */
import LogsWorker from '../screens/logs/logs-worker.ts?worker&inline';
import TuneWorker from '../screens/tune/tune-worker.ts?worker&inline';
import EngineWorker from './engine-worker.ts?worker&inline';

export function startWorker(name: string): Worker {
  return new EngineWorker({ name });
}

export function startLogsWorker(): Worker {
  return new LogsWorker({ name: 'logs' });
}

export function startTuneWorker(): Worker {
  return new TuneWorker({ name: 'tune' });
}

/** A thread of the pool: takes tasks, answers with figures. */
import { parentPort } from 'node:worker_threads';
import { type Task, work } from './task.ts';

parentPort?.on('message', ({ index, task }: { index: number; task: Task }) => {
  parentPort?.postMessage({ index, figures: work(task) });
});

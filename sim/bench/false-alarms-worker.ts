import { alarmSession } from './false-alarms-job.ts';

const [seed, first, step, count] = process.argv.slice(2).map(Number) as [number, number, number, number];
for (let i = first; i < count; i += step) process.send?.(alarmSession(seed, i));
process.disconnect?.();

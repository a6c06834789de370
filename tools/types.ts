/** Type-checks every room against its own set of built-ins; exits 1 when any room has an error. */
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';

const ROOMS = ['.', 'src', 'hal', 'tools', 'sim', 'sim/report/page', 'sim/studio', 'test', 'test/studio'];

function checkRoom(room: string): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn('npx', ['--no-install', 'tsc', '-p', room, '--pretty', 'false'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let out = '';
    child.stdout.on('data', (chunk) => {
      out += chunk;
    });
    child.on('close', (code) => {
      process.stdout.write(code === 0 ? `types: ${room} ok\n` : `types: ${room} has errors\n${out}`);
      resolve(code === 0);
    });
  });
}

let next = 0;
let good = true;
async function worker(): Promise<void> {
  for (let room = ROOMS[next++]; room !== undefined; room = ROOMS[next++]) {
    good = (await checkRoom(room)) && good;
  }
}

await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, worker));
process.exitCode = good ? 0 : 1;

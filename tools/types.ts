/** Type-checks every project against its own set of built-ins; exits 1 when any project has an error. */
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';

const PROJECTS = ['.', 'src', 'hal', 'tools', 'sim', 'sim/report/page', 'sim/studio', 'test', 'test/studio'];

function checkProject(project: string): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn('npx', ['--no-install', 'tsc', '-p', project, '--pretty', 'false'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let out = '';
    child.stdout.on('data', (chunk) => {
      out += chunk;
    });
    child.on('close', (code) => {
      process.stdout.write(code === 0 ? `types: ${project} ok\n` : `types: ${project} has errors\n${out}`);
      resolve(code === 0);
    });
  });
}

let next = 0;
let good = true;
async function worker(): Promise<void> {
  for (let project = PROJECTS[next++]; project !== undefined; project = PROJECTS[next++]) {
    good = (await checkProject(project)) && good;
  }
}

await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, worker));
process.exitCode = good ? 0 : 1;

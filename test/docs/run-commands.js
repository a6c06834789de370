/**
 * Runs several command lines of the project one after the other in one process, because starting a process for each costs more than
 * what most of them do. Reads a list of { entry, args } as JSON from standard input; prints a list of { code, out } as JSON. The
 * working folder is that of the process. Must never be used for a command that counts on being alone in its process.
 */
import { pathToFileURL } from 'node:url';
import { bundled } from '../../tools/bundled.js';

class Exit extends Error {}

const print = process.stdout.write.bind(process.stdout);
let out = '';
/** What the command has asked to end with; a command may catch what stops it here. */
let exited;

function keep(chunk) {
  out += String(chunk);
  return true;
}

process.stdout.write = keep;
process.stderr.write = keep;
process.exit = (code) => {
  exited ??= code ?? 0;
  throw new Exit('exit');
};

let text = '';
for await (const chunk of process.stdin) text += chunk;

const results = [];
for (const [i, { entry, args }] of JSON.parse(text).entries()) {
  out = '';
  exited = undefined;
  process.exitCode = 0;
  process.argv = [process.argv[0], entry, ...args];
  try {
    // a query of its own: the same module runs anew
    await import(`${pathToFileURL(await bundled(entry)).href}?${i}`);
  } catch (error) {
    if (!(error instanceof Exit)) {
      out += `\n${error.stack}`;
      process.exitCode = 1;
    }
  }
  results.push({ code: exited ?? process.exitCode ?? 0, out });
}
process.exitCode = 0;
print(JSON.stringify(results));

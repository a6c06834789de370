/** What is in the interpreter's flash before it starts: written by the interpreter itself into its `espruino.flash`. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const CHUNK = 400;
const LIMIT_S = 30;

/** JS literal of a byte string. */
function literal(bytes: string): string {
  let out = '"';
  for (let i = 0; i < bytes.length; i++) {
    const code = bytes.charCodeAt(i);
    if (code > 255) throw new Error(`install: character ${code} at ${i} is not a byte`);
    if (code >= 32 && code < 127 && code !== 34 && code !== 92) out += bytes[i];
    else out += `\\x${code.toString(16).padStart(2, '0')}`;
  }
  return `${out}"`;
}

/** Script for the interpreter that writes `files` and says `done`, chunk by chunk as an uploader does it. */
export function installScript(files: Readonly<Record<string, string>>): string {
  const lines = ['var S=require("Storage");'];
  for (const [name, bytes] of Object.entries(files)) {
    if (name.length === 0 || name.length > 28)
      throw new Error(`install: file name "${name}" must have 1..28 characters`);
    if (bytes.length === 0)
      throw new Error(`install: "${name}" is empty, the interpreter stores no empty file`);
    for (let at = 0; at < bytes.length; at += CHUNK) {
      const part = literal(bytes.slice(at, at + CHUNK));
      lines.push(`S.write(${literal(name)},${part},${at},${bytes.length});`);
    }
    lines.push(
      `if(S.read(${literal(name)}).length!==${bytes.length})throw new Error("${name} is not whole");`,
    );
  }
  lines.push('print("installed");');
  return lines.join('\n');
}

/** Write `files` into the flash in `folder`. Throws with the interpreter's own words when it cannot. */
export function installFiles(binary: string, folder: string, files: Readonly<Record<string, string>>): void {
  const script = join(folder, 'install.js');
  writeFileSync(script, installScript(files));
  const run = spawnSync('timeout', ['-s', 'KILL', String(LIMIT_S), binary, 'install.js'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'latin1',
  });
  if (run.status !== 0 || !run.stdout.includes('installed'))
    throw new Error(
      `the interpreter could not write its flash (exit ${run.status ?? run.signal}): ${run.stdout.slice(-400)}${run.stderr.slice(-200)}`,
    );
}

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Firmware } from '../../tools/flash/update.ts';
import { MANIFEST, type Manifest } from '../../tools/release/manifest.ts';
import { sumsOf } from '../../tools/sums.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PRELOAD = fileURLToPath(new URL('ports-preload.cjs', import.meta.url));

export interface Ran {
  code: number | null;
  /** Both streams, as a person sees them. */
  text: string;
}

export interface RunOptions {
  /** What the system lists as serial ports. */
  ports?: readonly string[];
  /** Called with all that was printed so far. */
  onText?: (text: string) => void;
}

/** Run the real flash.sh. */
export function runFlash(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const env = { ...process.env };
  if (options.ports !== undefined) {
    env['CUFFLOOP_TEST_PORTS'] = JSON.stringify(options.ports.map((path) => ({ path })));
    env['NODE_OPTIONS'] = `${env['NODE_OPTIONS'] ?? ''} --require ${PRELOAD}`;
  }
  const child = spawn(join(ROOT, 'flash.sh'), [...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  const take = (chunk: Buffer) => {
    text += chunk.toString();
    options.onText?.(text);
  };
  child.stdout.on('data', take);
  child.stderr.on('data', take);
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, text })));
}

/** A terminal that has the port open, as the Web IDE would. */
export async function holdPort(path: string): Promise<ChildProcess> {
  const cli = createRequire(import.meta.url).resolve('espruino/bin/espruino-cli.js');
  const args = ['--require', PRELOAD, cli, '--no-ble', '--config', 'ENV_ON_CONNECT=false', '--port', path];
  const env = { ...process.env, CUFFLOOP_TEST_PORTS: JSON.stringify([{ path }]) };
  const child = spawn(process.execPath, args, { env, stdio: ['pipe', 'pipe', 'ignore'] });
  await new Promise<void>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => chunk.toString().includes('Connected') && resolve());
  });
  return child;
}

/** The files of a release with one firmware: name to text. */
export function releaseFiles(firmware: Firmware, board = 'jolt', sensor = 'mprls'): Record<string, string> {
  const texts: Record<string, string> = {};
  const files: Manifest['files'] = [];
  const add = (kind: 'image' | 'loader', file: string, sensorOf: string, text: string) => {
    texts[file] = text;
    files.push({ file, kind, board, sensor: sensorOf, ...sumsOf(Buffer.from(text, 'latin1')) });
  };
  add('image', 'image.js', sensor, firmware.code);
  add('loader', 'loader.js', '', firmware.loader);
  const manifest: Manifest = {
    name: 'cuffloop',
    version: firmware.version,
    settingsVersion: 1,
    espruino: '2v29',
    espruinoBoards: { jolt: 'JOLTJS' },
    files,
  };
  return { ...texts, [MANIFEST]: JSON.stringify(manifest) };
}

/** They as a folder, for `--from`. */
export function releaseFolder(firmware: Firmware, board = 'jolt', sensor = 'mprls'): string {
  const folder = mkdtempSync(join(tmpdir(), 'cuffloop-from-'));
  for (const [name, text] of Object.entries(releaseFiles(firmware, board, sensor)))
    writeFileSync(join(folder, name), text, 'latin1');
  return folder;
}

/** `npm run settings -- dump` and `restore`: what comes out goes back in, whole, on a store in a file. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { decodeSettings, defaultSettings, encodeSettings } from '../../src/settings.ts';
import { ROOT } from '../../tools/build/project.ts';

const folder = mkdtempSync(join(tmpdir(), 'cuffloop-dump-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function settings(...args: string[]): { code: number | null; out: string; err: string } {
  const ran = spawnSync(process.execPath, ['tools/start.js', 'tools/settings.ts', ...args], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  return { code: ran.status, out: ran.stdout, err: ran.stderr };
}

it('a dump is JSON alone, goes through diff without a difference, and restores every value', {
  timeout: 90_000,
}, () => {
  const store = join(folder, 'store.json');
  const dump = join(folder, 'dump.json');
  const mine = { ...defaultSettings(), lopMmHg: 187, lopSource: 1, maxMmHg: 150, savePercent: 30 };
  writeFileSync(store, JSON.stringify({ 'cuff.set': encodeSettings(mine) }));
  const shown = settings('dump', '--image', store);
  expect([shown.code, JSON.parse(shown.out)]).toEqual([0, mine]);
  expect(settings('dump', '--image', store, '--out', dump).code).toBe(0);
  expect(settings('diff', dump, '--image', store).out).toBe('no difference\n');
  writeFileSync(
    store,
    JSON.stringify({ 'cuff.set': encodeSettings({ ...defaultSettings(), fillMmHgPerS: 20 }) }),
  );
  const restored = settings('restore', dump, '--image', store);
  expect(restored.out).toMatch(/restored to .*store\.json and read back[\s\S]*lopMmHg: 0 -> 187/);
  const kept = JSON.parse(readFileSync(store, 'utf8')) as Record<string, string>;
  expect(decodeSettings(kept['cuff.set'] ?? '').settings).toEqual(mine);
});

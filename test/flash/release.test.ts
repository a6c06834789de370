import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Flash } from '../../sim/board/flash.ts';
import { ESPRUINO_NAMES } from '../../tools/board/board-names.ts';
import { isNewEnough } from '../../tools/board/espruino-version.ts';
import { deadMan } from '../../tools/build/board-checks.ts';
import { choices, referenceChoice } from '../../tools/build/project.ts';
import { readRelease } from '../../tools/flash/read-release.ts';
import { leftOut, makeRelease, type Release } from '../../tools/release/make-release.ts';
import { newBoard } from './board-server.ts';
import { updateDirectly } from './small-firmware.ts';

const BOARD = referenceChoice('boards');
const SENSOR = referenceChoice('sensors');
const folder = mkdtempSync(join(tmpdir(), 'cuffloop-release-'));
let release: Release;
let again: Release;

beforeAll(async () => {
  const part = { boards: [BOARD], sensors: [SENSOR] };
  release = await makeRelease(part);
  again = await makeRelease(part);
  for (const [name, data] of release.files) writeFileSync(join(folder, name), data);
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a release', () => {
  it('has the same bytes on every run', () => {
    expect([...again.files.keys()]).toEqual([...release.files.keys()]);
    for (const [name, data] of release.files)
      expect(Buffer.from(again.files.get(name) ?? []).equals(Buffer.from(data)), name).toBe(true);
  });

  it('lists every file with its true sums, and sums for sha256sum -c', () => {
    const sums = Buffer.from(release.files.get('SHA256SUMS') ?? []).toString();
    for (const file of release.manifest.files) {
      const data = release.files.get(file.file) ?? new Uint8Array();
      const sha256 = createHash('sha256').update(data).digest('hex');
      expect(file).toMatchObject({ bytes: data.length, sha256 });
      expect(sums).toContain(`${sha256}  ${file.file}\n`);
    }
    expect(release.manifest.files.map((f) => f.kind)).toEqual(['loader', 'image', 'storage']);
  });

  it('has no image for a sensor that the board has no pins for, and is not stopped by it', () => {
    const pairs = choices('boards')
      .filter((board) => deadMan(board) !== '')
      .flatMap((board) => choices('sensors').map((sensor) => ({ board, sensor })));
    const none = pairs.filter(({ board, sensor }) => leftOut(board, sensor) !== '');
    expect(none.map(({ board, sensor }) => `${board} ${sensor}`)).toEqual([
      'pico2 mpx5050',
      'xiao hx710b',
      'xiao mpx5050',
    ]);
    expect(leftOut('pico2', 'mpx5050')).toMatch(/no analogue input for it/);
  });

  it('says which Espruino each board needs', () => {
    expect(Object.keys(ESPRUINO_NAMES).sort()).toEqual(choices('boards'));
    expect(release.manifest.espruino).toBe('2v29');
    expect(isNewEnough('2v29.277', '2v29')).toBe(true);
    expect(isNewEnough('3v01', '2v29')).toBe(true);
    expect([isNewEnough('2v28.500', '2v29'), isNewEnough('', '2v29'), isNewEnough('1v99', '2v29')]).toEqual([
      false,
      false,
      false,
    ]);
  });

  it('gives image and loader back to flash.sh --from, and refuses what was changed or is not there', () => {
    const { code, loader, version } = readRelease(folder, BOARD, SENSOR);
    expect(code).toContain(`"${version}"`);
    expect(loader).toMatch(/^E\.setConsole\(null,\{force:true\}\);\n/);
    expect(() => readRelease(folder, BOARD, 'none')).toThrow(/nothing for .* \+ none; it has/);
    expect(() => readRelease(tmpdir(), BOARD, SENSOR)).toThrow(/is no release/);
    const file = join(folder, `cuffloop-${BOARD}-${SENSOR}.js`);
    writeFileSync(file, code.replace('cuff', 'cufg'));
    expect(() => readRelease(folder, BOARD, SENSOR)).toThrow(/not what the manifest says \(sha256/);
    writeFileSync(file, code);
  });

  it('has a Storage that starts: the image, vented, console closed', () => {
    const flash = new Flash(100);
    flash.bytes.set(release.files.get(`cuffloop-${BOARD}-${SENSOR}.storage`) ?? []);
    const board = newBoard(flash);
    board.powerOn();
    expect(board.evaluate('boot.mode+boot.slot+boot.version')).toBe(`imagecuff.a${release.manifest.version}`);
    expect(board.machine.console).toBeNull();
    expect([board.rig.pump, board.rig.valve]).toEqual([0, 0]);
  });

  it('flashed, run, service mode by the button from idle, flashed again: slots in turn, no console in between', async () => {
    const firmware = readRelease(folder, BOARD, SENSOR);
    const board = newBoard();
    board.powerOn();
    await updateDirectly(board, firmware);
    for (const slot of ['cuff.a', 'cuff.b']) {
      board.powerOff();
      board.powerOn();
      expect(board.evaluate('boot.mode+boot.slot')).toBe(`image${slot}`);
      board.machine.receive(board.machine.usb, '\x03\x03print("open")\n');
      board.advanceTo(board.nowMs + 9000);
      expect(board.machine.usb.take()).not.toContain('open');
      board.press('D1');
      board.advanceTo(board.nowMs + 7000);
      board.release('D1');
      expect(board.evaluate('boot.mode')).toBe('service');
      board.machine.usb.take();
      await updateDirectly(board, firmware);
    }
    expect(board.machine.storage.list()).toContain('cuff.b.rec');
    expect([board.rig.pump, board.rig.valve]).toEqual([0, 0]);
  }, 60_000);
});

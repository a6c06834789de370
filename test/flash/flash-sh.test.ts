import { rmSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Firmware } from '../../tools/flash/update.ts';
import { BoardServer, newBoard } from './board-server.ts';
import { releaseFolder, runFlash } from './run-flash.ts';
import { loader, restart } from './small-firmware.ts';

/** A shipped image in small: no console, answers `~?`, and a long press of D1 opens service mode. */
function shipped(name: string, version: string): Firmware {
  const code =
    `(function(){var version="${version}",filling="${`${name} `.repeat(200)}";E.setConsole(null,{force:true});` +
    `USB.on("data",function(d){if(d.indexOf("~?")>=0)USB.write("~0,-1,0,-1,0,0,0\\n");if(d.indexOf("~V")>=0)USB.write("~V"+version+"\\n")});` +
    `setWatch(function(){require("Storage").write("cuff.svc","asked for at the device");E.enableWatchdog(1,false)},D1,{edge:"falling",repeat:true});` +
    `return{core:{view:{tick:0,phase:0}},name:"${name}",filling:filling}})()`;
  return { code, version, loader: loader() };
}

/** The real flash.sh against the virtual board's USB port. */
const folders: Record<string, string> = {};
beforeAll(() => {
  folders['one'] = releaseFolder(shipped('one', '0.1.0'));
  folders['two'] = releaseFolder(shipped('two', '0.2.0'));
});
afterAll(() => {
  for (const folder of Object.values(folders)) rmSync(folder, { recursive: true });
});

let server: BoardServer | undefined;
afterEach(() => server?.stop());

async function plugIn(): Promise<BoardServer> {
  const board = newBoard();
  board.powerOn();
  server = await BoardServer.start(board);
  return server;
}

function flashArgs(from: string, at: BoardServer, ...more: string[]): string[] {
  return ['--from', folders[from] ?? '', '--port', at.port, ...more];
}

describe('flash.sh', { timeout: 120_000 }, () => {
  it('--help names every option', async () => {
    const { code, text } = await runFlash(['--help']);
    expect(code).toBe(0);
    for (const option of [
      '--board',
      '--sensor',
      '--port',
      '--dev',
      '--dry-run',
      '--from',
      '--erase',
      '--help',
    ])
      expect(text).toContain(option);
    expect(text).toMatch(/training button held/);
  });

  it('without a board: a message, the next step, exit code 1', async () => {
    const { code, text } = await runFlash(['--from', folders['one'] ?? ''], { ports: [] });
    expect(text).toMatch(/flash: no board found: .*\n {2}Next: plug.*\n {2}Board: Nothing was written/);
    expect(code).toBe(1);
  });

  it('with two ports: both named, exit code 1', async () => {
    const ports = ['/dev/ttyACM0', '/dev/ttyACM1'];
    const { code, text } = await runFlash(['--from', folders['one'] ?? ''], { ports });
    expect(text).toMatch(/flash: 2 ports found.*ttyACM0, .*ttyACM1\n {2}Next: .*--port/);
    expect(code).toBe(1);
  });

  it('first flash, update over service mode; then it boots what was saved', async () => {
    const at = await plugIn();
    const dry = await runFlash(flashArgs('one', at, '--dry-run'));
    expect(dry.text).toMatch(
      /first flash.*\n.*write version 0\.1\.0.*cuff\.a[\s\S]*Dry run: nothing was written/,
    );
    expect(at.board.machine.storage.list()).toEqual([]);
    const first = await runFlash(flashArgs('one', at));
    expect(first.text).toMatch(
      /100 %[\s\S]*Checking[\s\S]*Switching to cuff\.a[\s\S]*Done: version 0\.1\.0 runs, the image answers/,
    );
    expect(first.text).toMatch(/training button held/);
    expect(first.text).toMatch(
      /holds for this version, board and sensor alone: .*blinks 24.*--after firmware, board or sensor/,
    );
    const update = await runFlash(flashArgs('two', at, '--wait', '30'), {
      onText: (text) => {
        if (text.includes('Waiting') && !text.includes('Found')) at.board.press('D1');
        if (text.includes('Found')) at.board.release('D1');
      },
    });
    expect(update.text).toMatch(
      /hold the training button 5 s[\s\S]*service mode[\s\S]*in use: version 0\.1\.0[\s\S]*Done/,
    );
    expect([first.code, update.code]).toEqual([0, 0]);
    expect(restart(at.board)).toBe('two');
    expect(at.board.evaluate('boot.slot')).toBe('cuff.b');
  });

  it('--dry-run says what it would do and writes nothing', async () => {
    const at = await plugIn();
    const { code, text } = await runFlash(flashArgs('one', at, '--dry-run'));
    expect(text).toMatch(
      /first flash.*\n.*write version 0\.1\.0.*cuff\.a[\s\S]*Dry run: nothing was written/,
    );
    expect(at.board.machine.storage.list()).toEqual([]);
    expect(code).toBe(0);
  });

  it('the cable pulled half-way: exit code 1, and nothing is switched', async () => {
    const at = await plugIn();
    at.toBoard = (bytes) => {
      if (!/cuffWrite\("cuff.a",512/.test(bytes)) return bytes;
      at.unplug();
      return '';
    };
    const { code, text } = await runFlash(flashArgs('one', at));
    expect(text).toMatch(/flash: the connection was lost while writing cuff\.a/);
    expect(code).toBe(1);
    expect(at.board.machine.storage.list()).not.toContain('cuff.a.rec');
    expect(restart(at.board)).toBeUndefined();
  });
});

import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { Random } from '../../sim/plant/random.ts';
import { Conversation } from '../../tools/board/conversation.ts';
import { FlashFailure } from '../../tools/board/failure.ts';
import { type Firmware, planUpdate, update } from '../../tools/flash/update.ts';
import { interpreter } from '../device/interpreter.ts';
import { CUT, InterpreterBoard, PseudoTerminal, wireTo } from './interpreter-board.ts';
import { holdPort, releaseFolder, runFlash } from './run-flash.ts';
import { SILENT, smallFirmware } from './small-firmware.ts';

/** flash.sh and what is behind it against a real interpreter. */
const binary = interpreter('flashing a real interpreter');
const hasScript = spawnSync('script', ['--version']).status === 0;
if (binary !== undefined && !hasScript)
  console.log('skipped: flash.sh over a pseudo-terminal (script of util-linux is needed)');

let board: InterpreterBoard | undefined;
let pty: PseudoTerminal | undefined;
afterEach(async () => {
  pty?.close();
  await board?.close();
  pty = undefined;
  board = undefined;
});

/** An image with an open console that can be asked for service mode, as a --dev image. */
function dev(name: string, version: string): Firmware {
  const firmware = smallFirmware(name, version);
  const service =
    'supervisor:{pressurised:false},ports:{service:{request:function(){require("Storage").write("cuff.svc","asked");E.enableWatchdog(1,false)}}},view:';
  return { ...firmware, code: firmware.code.replace('view:', service) };
}

/** Lines that change the flash. */
const WRITES = /print.*(cuffWrite\("|\.erase\(|\.write\(")/;
const ONE = dev('one', '0.1.0');
const TWO = dev('two', '0.2.0');

describe.skipIf(binary === undefined)('a real interpreter', { timeout: 600_000 }, () => {
  async function powered(): Promise<InterpreterBoard> {
    board = new InterpreterBoard(binary ?? '');
    board.powerOn();
    await board.ask('1');
    return board;
  }

  async function updateOver(
    it: InterpreterBoard,
    firmware: Firmware,
    disturb: (bytes: string) => string = (b) => b,
  ): Promise<void> {
    const conversation = await Conversation.open(wireTo(it, disturb), 'direct');
    try {
      const plan = await planUpdate(conversation, firmware);
      await update(conversation, firmware, plan, SILENT);
    } finally {
      await conversation.close();
    }
  }

  async function restarted(it: InterpreterBoard): Promise<unknown> {
    await it.powerOff();
    it.powerOn();
    return await it.ask('typeof boot=="object"?[boot.mode,boot.slot,cuff?cuff.name:""]:["none","",""]');
  }

  async function intoService(it: InterpreterBoard): Promise<void> {
    await it.powerOff();
    it.install({ 'cuff.svc': 'test' });
    it.powerOn();
    await it.ask('1');
  }

  it.skipIf(!hasScript)(
    'over a pseudo-terminal: flash.sh for the first time, then an update that asks for service mode by itself, garbage on the line',
    async () => {
      const it = await powered();
      pty = await PseudoTerminal.open(it);
      const folders = [releaseFolder(ONE), releaseFolder(TWO)];
      const first = await runFlash(['--from', folders[0] ?? ''], { ports: [pty.path] });
      expect(first.text).toMatch(/first flash[\s\S]*Done: version 0\.1\.0 runs from cuff\.a/);
      const random = new Random(3);
      let garbled = 0;
      pty.toBoard = (bytes) =>
        [...bytes]
          .map((c) => {
            if (random.next() > 1 / 2500) return c;
            garbled++;
            return String.fromCharCode(33 + random.next() * 90);
          })
          .join('');
      const second = await runFlash(['--from', folders[1] ?? '', '--wait', '60'], { ports: [pty.path] });
      expect(second.text).toMatch(/service mode[\s\S]*in use: version 0\.1\.0[\s\S]*Done: version 0\.2\.0/);
      expect(garbled).toBeGreaterThan(0);
      expect([first.code, second.code]).toEqual([0, 0]);
      pty.close();
      expect(await restarted(it)).toEqual(['image', 'cuff.b', 'two']);
      for (const folder of folders) rmSync(folder, { recursive: true });
    },
  );

  it.skipIf(!hasScript)(
    'a port that another program has open is busy: the real words of the CLI',
    async () => {
      const it = await powered();
      pty = await PseudoTerminal.open(it);
      const folder = releaseFolder(ONE);
      const holder = await holdPort(pty.path);
      const busy = await runFlash(['--from', folder, '--port', pty.path], { ports: [pty.path] });
      holder.kill('SIGKILL');
      expect(busy.text).toMatch(/flash: \/dev\/.* is in use by another program\n {2}Next: close the Web IDE/);
      expect(busy.code).toBe(1);
      rmSync(folder, { recursive: true });
    },
  );

  it('power cut before each write of a first flash: no image or the new one, and it can be flashed again', async () => {
    const it = await powered();
    const moments = await momentsOf(it, ONE);
    expect(moments.length).toBeGreaterThan(8);
    const seen = await bootEach(it, moments);
    expect(seen.slice(0, -1).every((s) => s === 'none ' || s === 'empty ')).toBe(true);
    expect(seen.at(-1)).toBe('image one');
    await againFrom(
      it,
      [3, moments.length - 2].map((k) => moments[k]),
      ONE,
    );
  });

  it('power cut before each write of an update: the old image or the new one, and it can be flashed again', async () => {
    const it = await powered();
    await updateOver(it, ONE);
    await intoService(it);
    await updateOver(it, dev('old', '0.1.5'));
    await intoService(it);
    const moments = await momentsOf(it, TWO);
    expect(moments.length).toBeGreaterThan(6);
    const seen = await bootEach(it, moments);
    expect(seen.slice(0, -1).every((name) => name === 'image old')).toBe(true);
    expect(seen.at(-1)).toBe('image two');
    await againFrom(
      it,
      [3, moments.length - 2].map((k) => moments[k]),
      TWO,
    );
  });

  it('the process killed in the middle of an update: the next start is vented, the update can be done again', async () => {
    const it = await powered();
    let writes = 0;
    const disturb = (bytes: string) => (WRITES.test(bytes) && ++writes === 3 ? CUT : bytes);
    const result = await updateOver(it, ONE, disturb).catch((e: unknown) => e);
    expect(result).toBeInstanceOf(FlashFailure);
    expect((result as FlashFailure).kind).toBe('unplugged');
    expect(await restarted(it)).toEqual(['none', '', '']);
    await updateOver(it, ONE);
    expect(await restarted(it)).toEqual(['image', 'cuff.a', 'one']);
  });

  /** What is in flash before each write of an update, and at its end. */
  async function momentsOf(it: InterpreterBoard, firmware: Firmware): Promise<Buffer[]> {
    const moments: Buffer[] = [];
    const note = (bytes: string) => {
      if (WRITES.test(bytes)) moments.push(it.flash);
      return bytes;
    };
    await updateOver(it, firmware, note);
    await it.powerOff();
    return [...moments, it.flash];
  }

  async function bootEach(it: InterpreterBoard, moments: readonly Buffer[]): Promise<string[]> {
    const seen: string[] = [];
    for (const moment of moments) {
      await it.powerOff();
      it.flash = moment;
      const [mode, , name] = (await restarted(it)) as string[];
      seen.push(`${mode} ${name}`);
    }
    return seen;
  }

  async function againFrom(
    it: InterpreterBoard,
    moments: readonly (Buffer | undefined)[],
    firmware: Firmware,
  ): Promise<void> {
    for (const moment of moments) {
      await it.powerOff();
      if (moment !== undefined) it.flash = moment;
      await intoService(it);
      await updateOver(it, firmware);
      await it.powerOff();
      expect((await bootEach(it, [it.flash]))[0]).toMatch(/^image (one|two)$/);
    }
  }

  it('the image that is built: flash.sh builds it, it starts, closes its console and answers', async () => {
    const it = await powered();
    pty = await PseudoTerminal.open(it);
    const ran = await runFlash([], { ports: [pty.path] });
    expect(ran.text).toMatch(
      /Building the image[\s\S]*100 %[\s\S]*Done: version \S+ runs, the image answers/,
    );
    expect(ran.code).toBe(0);
    pty.close();
    let heard = '';
    it.onText = (text) => {
      heard += text;
    };
    it.send('\x03\x03print("open")\n');
    it.send('~?\n');
    for (let k = 0; k < 50 && !heard.includes('~'); k++) await new Promise((r) => setTimeout(r, 100));
    expect(heard).toMatch(/~\d+,-1,/);
    expect(heard).not.toContain('open');
  });
});

import { beforeAll, describe, expect, it } from 'vitest';
import { BENCH_LAMPS } from '../../hal/indicator.ts';
import type { EspruinoVersion } from '../../sim/board/chip.ts';
import { ImageLevel } from '../../sim/board/image-level.ts';
import { deviceFiles } from '../../sim/interpreter/device-files.ts';
import { version } from '../../sim/output/version.ts';
import { nominalLimb } from '../../sim/plant/limb-params.ts';
import { NOMINAL_THIGH } from '../../sim/plant/params.ts';
import { Rig } from '../../sim/plant/rig.ts';
import { flashed } from '../../sim/setup/image.ts';
import { FILE_PROGRESS, FILE_SETTINGS } from '../../src/files.ts';
import { INHIBIT_BENCH } from '../../src/safety/inhibits.ts';
import { defaultSettings, encodeSettings } from '../../src/settings.ts';
import { Conversation } from '../../tools/board/conversation.ts';
import { identify } from '../../tools/board/identify.ts';
import { loaderText } from '../../tools/board/loader.ts';
import { buildBundle } from '../../tools/build/image.ts';
import { directWire } from '../flash/board-server.ts';

/** The whole image on both interpreters, and its firmware as a `--dev` image has it, on the bench and off it. */
const TEXTS = {
  [FILE_SETTINGS]: encodeSettings({ ...defaultSettings(), lopMmHg: 190, lopSource: 1 }),
  [FILE_PROGRESS]: '1,2,2,1,0,0,0',
};
let files: Record<string, string>;
let devFiles: Record<string, string>;

beforeAll(async () => {
  files = await flashed('mprls', TEXTS);
  devFiles = deviceFiles(
    await loaderText('jolt'),
    {
      code: await buildBundle({ dev: true }),
      version: version(),
      board: 'jolt',
      sensor: 'mprls',
    },
    TEXTS,
  );
}, 60_000);

function power(
  content: Record<string, string>,
  version: EspruinoVersion = '2v29',
  strapped = false,
): ImageLevel {
  const rig = new Rig({ plant: NOMINAL_THIGH, limb: nominalLimb('run'), sensor: 'MPRLS' }, 1);
  rig.setActivity('rest');
  const level = new ImageLevel(rig, {
    files: content,
    version,
    prepare: (board) => {
      board.machine.usb.connected = true;
      if (strapped) board.machine.outside(46, 0);
    },
  });
  return level;
}

function start(level: ImageLevel, seconds: number): void {
  level.board.advanceTo(9000);
  level.button(1, true, 9001);
  level.button(1, false, 9151);
  level.board.advanceTo(9000 + seconds * 1000);
}

describe.each<EspruinoVersion>(['2v29', '2v30'])('the image on %s', (version) => {
  it('answers every question under pressure and at rest, and nothing throws', () => {
    const level = power(files, version);
    const { machine } = level.board;
    start(level, 14);
    expect(level.rig.p2).toBeGreaterThan(60);
    let answers = 0;
    for (let k = 0; k < 20; k++) {
      machine.receive(machine.usb, ['~?\n', '~V\n', '~L\n', '~N\n'][k % 4] ?? '');
      level.board.advanceTo(level.board.nowMs + 500);
      if (machine.usb.take().includes('~')) answers++;
    }
    expect(answers).toBeGreaterThanOrEqual(5);
    expect([machine.complaints, machine.resets.length, level.view.trip]).toEqual([[], 1, 0]);
  });

  it('is known to flash.sh as a cuff that runs', async () => {
    const level = power(files, version);
    const wire = directWire(level.board, { live: true });
    const conversation = await Conversation.open(wire, 'here');
    expect(await identify(conversation)).toMatchObject({ kind: 'shipped', phase: 0 });
    await conversation.close();
  });
});

describe('a --dev image', () => {
  it('without the bench strap starts nothing, says so with a number, and undoes what is typed', () => {
    const level = power(devFiles);
    start(level, 14);
    expect(level.view.inhibits & INHIBIT_BENCH).toBe(INHIBIT_BENCH);
    expect(level.rig.p2).toBeLessThan(1);
    const { machine } = level.board;
    for (let k = 0; k < 20; k++) {
      machine.receive(
        machine.usb,
        'digitalWrite(D21,1);digitalWrite(D23,1);digitalWrite(D22,1);digitalWrite(D17,1)\n',
      );
      level.board.advanceTo(level.board.nowMs + 50);
      expect([level.rig.pump, level.rig.valve]).toEqual([0, 0]);
    }
  });

  it('with it holds pressure, and its lamps are never dark', () => {
    const level = power(devFiles, '2v29', true);
    const { machine } = level.board;
    start(level, 5);
    let dark = 0;
    let yellow = 0;
    for (let k = 0; k < 10_000; k += 5) {
      level.board.advanceTo(level.board.nowMs + 5);
      const lamps = machine.pin(6).out + 2 * machine.pin(8).out + 4 * machine.pin(41).out;
      if (lamps === 0) dark++;
      if (lamps === BENCH_LAMPS) yellow++;
    }
    expect([level.rig.p2 > 60, dark, yellow > 100]).toEqual([true, 0, true]);
  });

  it('has its console on USB and none on Bluetooth', () => {
    const { machine } = power(devFiles).board;
    machine.connect(machine.bluetooth);
    expect([machine.console, machine.radio.uart]).toEqual([machine.usb, false]);
  });
});

/** A cuff for the tests in a browser: the shipped image on a virtual board, with a measured occlusion pressure, idle. */

import { VirtualBoard } from '../../sim/board/virtual-board.ts';
import { textsOf } from '../../sim/log/store-texts.ts';
import { nominalLimb } from '../../sim/plant/limb-params.ts';
import { NOMINAL_THIGH } from '../../sim/plant/params.ts';
import { Rig } from '../../sim/plant/rig.ts';
import { flashed } from '../../sim/setup/image.ts';
import { Runner } from '../../sim/studio/engine/runner.ts';
import { FIRST_SPEC } from '../../sim/studio/engine/try-spec.ts';
import { FILE_PROGRESS, FILE_SETTINGS } from '../../src/files.ts';
import { defaultSettings, encodeSettings } from '../../src/settings.ts';
import type { Texts } from '../../tools/settings/json-store.ts';
import { storedText } from '../../tools/settings/store-file.ts';

/** What a session of a simulated device leaves in its store. */
export function trained(): Texts {
  const runner = new Runner({ ...FIRST_SPEC, protocol: 'intro' }, 'test');
  while (!runner.over) runner.next();
  return textsOf(runner.core);
}

/** A text of the cuff's store; '' = there is none. */
export function keptOn({ machine }: VirtualBoard, name: string): string {
  const { storage } = machine;
  return storedText({ a: storage.read(`${name}.0`), b: storage.read(`${name}.1`) }) ?? '';
}

/** The console goes where a cable or a radio has connected. `kept`: more of its store. */
export async function newCuff(by: 'usb' | 'bluetooth', kept: Texts = {}): Promise<VirtualBoard> {
  const rig = new Rig({ plant: NOMINAL_THIGH, limb: nominalLimb('run'), sensor: 'MPRLS' }, 1);
  rig.setActivity('rest');
  const board = new VirtualBoard({ rig });
  board.write(
    await flashed('mprls', {
      [FILE_SETTINGS]: encodeSettings({ ...defaultSettings(), lopMmHg: 190, lopSource: 1 }),
      [FILE_PROGRESS]: '1,2,2,1,0,0,0',
      ...kept,
    }),
  );
  board.machine.usb.connected = by === 'usb';
  board.machine.bluetooth.connected = by === 'bluetooth';
  board.powerOn();
  board.advanceTo(9000);
  return board;
}

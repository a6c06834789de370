/** The board's own store on a model of its flash, with two firmware images beside it as on a real device. */
import { fileURLToPath } from 'node:url';
import { FILE_COMMISSIONED } from '../../src/files.ts';
import type { StorePort } from '../../src/ports.ts';
import { buildImage } from '../../tools/build/image.ts';
import { Flash } from '../board/flash.ts';
import { VirtualBoard } from '../board/virtual-board.ts';
import { PASSED } from '../core/store.ts';
import { nominalLimb } from '../plant/limb-params.ts';
import { NOMINAL_THIGH } from '../plant/params.ts';
import { Rig } from '../plant/rig.ts';

/** Storage of a Jolt.js, pages; budget of one image, bytes. */
export const PAGES = 100;
const IMAGE_BYTES = 110_000;

let built: string | undefined;

export interface FlashStore {
  readonly store: StorePort;
  readonly flash: Flash;
  readonly board: VirtualBoard;
  /** Power off and on again, as after a cut. */
  readonly restart: () => StorePort;
}

/** `flash`: one that is in use already. */
export async function flashStore(flash?: Flash): Promise<FlashStore> {
  built ??= (await buildImage({ entry: fileURLToPath(new URL('./store-entry.ts', import.meta.url)) })).code;
  const rig = new Rig({ plant: NOMINAL_THIGH, limb: nominalLimb('rest'), sensor: 'MPRLS' }, 1);
  const used = flash ?? new Flash(PAGES);
  const board = new VirtualBoard({ rig, flash: used });
  if (flash === undefined)
    board.write({
      '.bootcde': `var cuff=${built};`,
      'image.a': 'a'.repeat(IMAGE_BYTES),
      'image.b': 'b'.repeat(IMAGE_BYTES),
    });
  board.powerOn();
  const store = (): StorePort => board.evaluate('cuff.store') as StorePort;
  if (flash === undefined) store().write(FILE_COMMISSIONED, PASSED);
  return {
    store: store(),
    flash: used,
    board,
    restart: () => {
      board.powerOff();
      used.restore();
      board.powerOn();
      return store();
    },
  };
}

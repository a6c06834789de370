import { bootText } from '../../hal/boot/root.ts';
import type { VirtualBoard } from '../../sim/board/virtual-board.ts';
import { Conversation } from '../../tools/board/conversation.ts';
import { type Firmware, planUpdate, update } from '../../tools/flash/update.ts';
import { bundle } from '../board/support.ts';
import { type DirectOptions, directWire } from './board-server.ts';

/** The real loader, bundled quickly. */
export function loader(): string {
  return bootText(bundle(`import boot from '../../hal/boot/loader.ts'; export default boot;`));
}

/** A small image of one expression that drives nothing and keeps a console, as a --dev image does; `pieces` of 512 bytes long. */
export function smallFirmware(name: string, version: string, pieces = 3): Firmware {
  const head = `(function(){E.setConsole(USB,{force:true});var name="${name}",version="${version}",filling="`;
  const tail = `";return{core:{view:{tick:0,phase:0},version:version},name:name}})()`;
  const filling = `${name} `.repeat(1 + (pieces * 512) / (name.length + 1));
  const code = head + filling.slice(0, pieces * 512 - 40 - head.length - tail.length) + tail;
  return { code, version, loader: loader() };
}

export const SILENT = { step: () => {}, progress: () => {} };

/** One update over a wire without waiting; rejects as flash.sh would. */
export async function updateDirectly(
  board: VirtualBoard,
  firmware: Firmware,
  options: DirectOptions = {},
): Promise<void> {
  const conversation = await Conversation.open(directWire(board, options), 'direct');
  const plan = await planUpdate(conversation, firmware);
  await update(conversation, firmware, plan, SILENT);
}

/** Name of the image that a restart brings up, undefined = none: vented, console open. */
export function restart(board: VirtualBoard): string | undefined {
  board.powerOff();
  board.powerOn();
  return board.evaluate('typeof cuff=="object"&&cuff?cuff.name:undefined') as string | undefined;
}

/** Into service mode the way that needs no working flash: the training button held at the start. */
export function openService(board: VirtualBoard): void {
  board.powerOff();
  board.press('D1');
  board.powerOn();
  board.release('D1');
}

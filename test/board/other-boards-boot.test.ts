/** The loader on boards other than the reference: outputs safe, the way back in open on the cable, and what the board lacks said there. */
import { describe, expect, it } from 'vitest';
import { bootText } from '../../hal/boot/root.ts';
import { VirtualBoard } from '../../sim/board/virtual-board.ts';
import { layoutOf } from '../../sim/board/wired-layout.ts';
import { lacksOf } from '../../tools/build/board-checks.ts';
import { boardObject } from '../../tools/build/board-object.ts';
import { choices } from '../../tools/build/project.ts';
import { deviceCode } from './on-board.ts';
import { FakeRig } from './support.ts';

const OTHERS = choices('boards').filter((board) => board !== 'jolt');
const LOADER = "export { default } from './hal/boot/loader.ts';";

async function booted(
  name: string,
  files: Readonly<Record<string, string>>,
): Promise<{ board: VirtualBoard; said: string }> {
  const board = new VirtualBoard({ rig: new FakeRig(), layout: layoutOf(name) });
  const loader = bootText(await deviceCode({ board: name, sensor: 'mprls' }, LOADER));
  let said = '';
  const { usb } = board.machine;
  const put = usb.put.bind(usb);
  usb.put = (bytes) => {
    said += bytes;
    return put(bytes);
  };
  usb.connected = true;
  board.write({ '.bootcde': loader, ...files });
  board.powerOn();
  return { board, said };
}

describe.each(OTHERS)('the loader on %s', (name) => {
  it('without an image has its outputs off and guarded, and a console on the cable', async () => {
    const { board } = await booted(name, {});
    const { pump, valve } = boardObject(name);
    expect(board.machine.console).toBe(board.machine.usb);
    board.evaluate(
      [pump.output.pin, pump.enable, valve.output.pin, valve.enable]
        .map((pin) => `digitalWrite(${pin},1)`)
        .join(';'),
    );
    board.advanceTo(board.nowMs + 60);
    expect([board.rig.pump, board.rig.valve]).toEqual([0, 0]);
    expect(board.machine.complaints).toEqual([]);
  });

  it('in service mode lights its lamp and says what the board lacks', async () => {
    const { board, said } = await booted(name, { 'cuff.svc': 'a test' });
    expect(said).toContain('service mode');
    expect(said).toContain(lacksOf(name));
    expect(board.machine.pin(Number(boardObject(name).lamps.blue.slice(1))).level).toBe(1);
  });
});

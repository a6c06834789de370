/** A serial port that the serial library takes for real, with the virtual board's USB port behind it. */
import { SerialPortMock } from 'serialport';
import type { VirtualBoard } from '../../sim/board/virtual-board.ts';
import { openSerial } from '../../tools/board/open-wire.ts';
import type { OpenWire } from '../../tools/board/wire.ts';

const SLICE_MS = 20;
const PATH = '/dev/ttyACM7';

export interface SerialKnobs {
  /** What the board sends may be changed or dropped on its way. */
  fromBoard?: (text: string) => string;
  /** The cable is pulled when this says so. */
  pulled?: () => boolean;
  /** From then on nothing comes from this side any more, and nobody is told: its program was killed, or the computer sleeps. */
  killed?: () => boolean;
}

/** Opens the library's own port; time on the board runs while it is open. For tests that fake Node's clock. */
export function serialTo(board: VirtualBoard, knobs: SerialKnobs = {}): OpenWire {
  return async (_port, events) => {
    SerialPortMock.binding.reset();
    SerialPortMock.binding.createPort(PATH, {
      echo: false,
      record: false,
      vendorId: '1915',
      productId: '520F',
    });
    const port = new SerialPortMock({ path: PATH, baudRate: 9600, autoOpen: false });
    const wire = await openSerial(port, events);
    const write = port.write.bind(port);
    port.write = ((chunk: Buffer) => {
      if (knobs.killed?.() === true) return true;
      board.machine.receive(board.machine.usb, chunk.toString('latin1'));
      return true;
    }) as typeof write;
    const timer = setInterval(() => {
      if (!port.isOpen || knobs.killed?.() === true) return clearInterval(timer);
      if (knobs.pulled?.() === true) {
        clearInterval(timer);
        port.close();
        return;
      }
      board.advanceTo(board.nowMs + SLICE_MS);
      const said = (knobs.fromBoard ?? ((text: string) => text))(board.machine.usb.take());
      if (said !== '') port.port?.emitData(Buffer.from(said, 'latin1'));
    }, SLICE_MS);
    return {
      send: wire.send,
      close: async () => {
        clearInterval(timer);
        await wire.close();
      },
    };
  };
}

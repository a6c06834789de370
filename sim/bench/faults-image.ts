/** One session of a shape with a fault on the image in the loop: the bytes that are flashed, on the virtual board, read-back and all. */
import { FILE_PROGRESS, FILE_SETTINGS } from '../../src/files.ts';
import { encodeProtocol, FIRST_STORED, protocolFile } from '../../src/session/stored.ts';
import { encodeSettings } from '../../src/settings.ts';
import { ImageLevel } from '../board/image-level.ts';
import type { VirtualBoard } from '../board/virtual-board.ts';
import { Wearer } from '../level/wearer.ts';
import type { Fault } from '../plant/faults.ts';
import { nominalLimb } from '../plant/limb-params.ts';
import type { PlantParams } from '../plant/params.ts';
import { Rig } from '../plant/rig.ts';
import { SENSORS } from '../plant/sensor-params.ts';
import { flashed } from '../setup/image.ts';
import { wideSettings } from './faults-run.ts';
import { protocolOf, type SessionShape } from './faults-sessions.ts';

/** Sense lines of the board: what they show when somebody else drives the terminal. */
const SENSE_PUMP = 4;
const SENSE_VALVE = 30;
/** Fault pins of the drivers, low = fault. */
const FAULT_PUMP = 19;

/** What is done to the board's wires at the fault's time, besides what happens to the plant. */
export type Wiring = 'pump-live' | 'pump-dead' | 'valve-live' | 'valve-dead' | 'driver-fault';

const WIRE: Readonly<Record<Wiring, (board: VirtualBoard) => void>> = {
  'pump-live': (b) => show(b, SENSE_PUMP, 1),
  'pump-dead': (b) => show(b, SENSE_PUMP, 0),
  'valve-live': (b) => show(b, SENSE_VALVE, 1),
  'valve-dead': (b) => show(b, SENSE_VALVE, 0),
  'driver-fault': (b) => {
    b.machine.outside(FAULT_PUMP, 0);
  },
};

/** A terminal behind the divider of 220k and 39k. */
function show(board: VirtualBoard, pin: number, share: number): void {
  const mv = (): number => (board.machine.rig.railMv * share * 39) / 259;
  board.machine.analogInputs.set(pin, mv);
}

export interface ImageSession {
  readonly plant: PlantParams;
  readonly shape: SessionShape;
  readonly faults: readonly Fault[];
  readonly wiring?: Wiring | undefined;
  /** When the wires change, ms. */
  readonly atMs: number;
  readonly seed: number;
}

/** The files of a device that runs this shape, and a cuff on a wearer's limb. */
export async function openSession(session: ImageSession): Promise<ImageLevel> {
  const { plant, shape } = session;
  const settings = { ...wideSettings(shape.limb, plant.lopMmHg), protocol: FIRST_STORED + 1, screening: 1 };
  const files = await flashed('mprls', {
    [FILE_SETTINGS]: encodeSettings(settings),
    [FILE_PROGRESS]: '1,20,20,5,0,0,0',
    [protocolFile(0)]: encodeProtocol(protocolOf(shape)),
  });
  const rig = new Rig(
    {
      plant,
      limb: nominalLimb(shape.kind),
      sensor: SENSORS.MPRLS,
      targetMmHg: (plant.lopMmHg * shape.permille) / 1000,
      faults: session.faults,
    },
    session.seed,
  );
  return new ImageLevel(rig, { files });
}

/** False when the board is dead: without a supply it ticks no more. */
function tickOrDead(level: ImageLevel): boolean {
  try {
    level.nextTick();
    return true;
  } catch {
    return false;
  }
}

/** Runs it to `limitMs`; true from `onTick` ends the run. */
export function play(level: ImageLevel, session: ImageSession, limitMs: number, onTick: () => boolean): void {
  const wearer = new Wearer(level, { work: session.shape.work, rest: session.shape.rest, starts: true });
  let wired = session.wiring === undefined;
  while (level.rig.nowMs < limitMs) {
    if (!tickOrDead(level)) {
      onTick();
      return;
    }
    wearer.look();
    if (!wired && level.rig.nowMs >= session.atMs) {
      wired = true;
      WIRE[session.wiring as Wiring](level.board);
    }
    if (onTick()) return;
  }
}

/**
 * Runs an image with counters in it on the virtual board, from power-up into a run, with a computer that watches: what device-profile.ts and
 * device-names.ts count by. It changes nothing that the firmware decides.
 */
import { LIVE_CREDIT } from '../../src/link/link-state.ts';
import { LIVE_ROWS } from '../../src/link/live.ts';
import { type PHASE_FILL, type PHASE_IDLE, PHASE_WORK } from '../../src/phases.ts';
import { loaderText } from '../../tools/board/loader.ts';
import { ImageLevel } from '../board/image-level.ts';
import { deviceFiles } from '../interpreter/device-files.ts';
import { Wearer } from '../level/wearer.ts';
import { version } from '../output/version.ts';
import { Rig } from '../plant/rig.ts';
import { resolveSpec } from '../setup/spec.ts';

/** A computer that watches asks for the state, then for live frames, and again when the last of these has come: ticks. */
const ASKS_EVERY = LIVE_CREDIT * LIVE_ROWS + 12;
const STATE = '~?255\n';
const LIVE = '~T255\n';

export interface Counting {
  /** Firmware whose code counts up `$counts[i]`. */
  readonly code: string;
  readonly counters: number;
  readonly seed: number;
  /** Counting begins with this phase, `settleTicks` into it, and ends after `workTicks` ticks of work. */
  readonly from: typeof PHASE_IDLE | typeof PHASE_FILL | typeof PHASE_WORK;
  readonly settleTicks: number;
  readonly workTicks: number;
}

/** Counts a tick, counter by counter. */
export async function countsPerTick(counting: Counting): Promise<number[]> {
  const spec = resolveSpec({ scenario: 'run', set: [], fault: [], seed: counting.seed, level: 'image' });
  const image = { code: counting.code, version: version(), board: 'jolt', sensor: 'mprls' };
  const files = deviceFiles(await loaderText('jolt'), image, spec.files);
  const clear = `for(var $i=0;$i<${counting.counters};$i++)$counts[$i]=0;`;
  const before = `var $counts=[];${clear}`;
  const level = new ImageLevel(new Rig(spec.rig, spec.seed), { files, before });
  const wearer = new Wearer(level, spec.plan);
  const { machine } = level.board;
  machine.usb.connected = true;
  let n = 0;
  const tick = (): void => {
    level.nextTick();
    wearer.look();
    n = (n + 1) % ASKS_EVERY;
    if (n === 0) machine.receive(machine.usb, STATE);
    if (n === 12) machine.receive(machine.usb, LIVE);
  };
  while (level.view.phase !== counting.from) tick();
  for (let i = 0; i < counting.settleTicks; i++) tick();
  level.board.evaluate(clear);
  let ticks = 0;
  for (let working = 0; working < counting.workTicks; ticks++) {
    tick();
    if (level.view.phase === PHASE_WORK) working++;
  }
  const counts = JSON.parse(String(level.board.evaluate('JSON.stringify($counts)'))) as number[];
  level.close();
  return counts.map((n) => n / ticks);
}

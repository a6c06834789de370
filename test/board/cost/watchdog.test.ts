/** JS that takes longer than the watchdog waits: cut off where it bites, as on the chip, and what a long callback leaves to be done. */
import { describe, expect, it } from 'vitest';
import { BoardCost } from '../../../sim/board/cost/board-cost.ts';
import { VirtualBoard } from '../../../sim/board/virtual-board.ts';
import { bundle, FakeRig } from '../support.ts';

/** Rounds of an empty loop, about 0.15 ms each on a Jolt.js. */
const spin = (rounds: number): string => `for (let i = 0; i < ${rounds}; i++);`;

/** The driver of the pump awake and the pump on; `work` in an interval of 100 ms, at first. A board that was reset does nothing at all. */
function board(work: string, enable = 'E.enableWatchdog(1, false)'): { board: VirtualBoard; rig: FakeRig } {
  const source = `
const flash = require('Storage');
const log = [];
const ms = () => Math.round(getTime() * 1000);
const begun = flash.read('begun');
if (begun === undefined) {
  flash.write('begun', '1');
  ${enable};
  digitalWrite(D21, 1);
  digitalWrite(D23, 1);
  for (const pin of [H0, H1, H2, H3, H4, H5, H6, H7]) digitalWrite(pin, 1);
  setInterval(() => { log.push(ms()); ${work} }, 100);
}
export default { log };`;
  const rig = new FakeRig();
  const b = new VirtualBoard({ rig, cost: new BoardCost({ seed: 3 }) });
  b.write({ code: bundle(source), '.bootcde': 'var cuff=eval(require("Storage").read("code"));' });
  b.powerOn();
  return { board: b, rig };
}

const causes = (b: VirtualBoard): string[] => b.machine.resets.map((r) => r.cause);
const driven = (b: VirtualBoard): number =>
  Array.from({ length: 32 }, (_x, i) => b.machine.pin(i).drives ?? 0).reduce((sum, level) => sum + level, 0);

describe('a callback that lasts longer than the watchdog waits', () => {
  const LATE = "digitalWrite(D21, 1); digitalWrite(D17, 1); flash.write('late', '1');";

  it.each<[string, string]>([
    ['with natives in it', `for (let n = 0; n < 9000; n++) digitalRead(D1); ${LATE}`],
    ['of JS alone', `${spin(20_000)} ${LATE}`],
    ['that catches all that it can', `try { ${spin(20_000)} ${LATE} } catch (e) { ${LATE} } ${LATE}`],
    [
      'that goes on in spite of it',
      'for (let k = 0; k < 30000; k++) try { digitalWrite(D21, 1); } catch (e) { if (n++ > 9) break; }',
    ],
  ])('%s is cut off by a reset where it bites: nothing is driven or written any more', (_name, work) => {
    const { board: b, rig } = board(`let n = 0; ${work}`);
    b.advanceTo(99);
    const before = [driven(b) > 0, rig.pump > 0 || rig.valve > 0];
    const seen: number[] = [];
    b.schedule(990, () => seen.push(driven(b)));
    b.schedule(1010, () => seen.push(driven(b), rig.pump, rig.valve));
    b.advanceTo(5000);
    expect(before).toEqual([true, true]);
    expect([(seen[0] ?? 0) > 0, ...seen.slice(1)]).toEqual([true, 0, 0, 0]);
    expect([causes(b), b.machine.resets[1]?.atMs]).toEqual([['power', 'watchdog'], 1000]);
    expect(b.machine.storage.read('late')).toBeUndefined();
    expect([b.machine.complaints, String(b.evaluate('cuff.log.length'))]).toEqual([[], '0']);
  });

  it('is not, while it kicks', () => {
    const { board: b } = board(`for (let n = 0; n < 5; n++) { ${spin(3000)} E.kickWatchdog(); }`);
    b.advanceTo(3000);
    expect(causes(b)).toEqual(['power']);
    const [first = 0, second = 0] = String(b.evaluate('cuff.log.join()')).split(',').map(Number);
    expect(second - first).toBeGreaterThan(1200);
  });

  it('is, where the idle loop alone kicks; callbacks that end in time are not', () => {
    const auto = 'E.enableWatchdog(1)';
    const long = board(spin(20_000), auto).board;
    long.advanceTo(3000);
    expect(causes(long)).toEqual(['power', 'watchdog']);
    const short = board(spin(3000), auto).board;
    short.advanceTo(3000);
    expect(causes(short)).toEqual(['power']);
  });

  it('what waited to be handed over goes with it', () => {
    const { board: b } = board(`Bluetooth.on('data', (text) => log.push(text)); ${spin(20_000)}`);
    b.machine.connect(b.machine.bluetooth);
    b.machine.console = null;
    b.schedule(500, () => b.machine.receive(b.machine.bluetooth, 'a'));
    b.advanceTo(3000);
    expect([causes(b), String(b.evaluate('cuff.log.length'))]).toEqual([['power', 'watchdog'], '0']);
  });
});

describe('a callback that lasts longer than its interval', () => {
  it('leaves a burst: what was missed is made up for, one after the other, and then the old phase is kept', () => {
    const { board: b } = board(`if (log.length === 1) while (ms() < 730) {}`, '0');
    b.advanceTo(1050);
    const times = String(b.evaluate('cuff.log.join()')).split(',').map(Number);
    expect(times[0]).toBe(100);
    const burst = times.filter((t) => t >= 730 && t < 750);
    expect(burst.length).toBe(6);
    expect(times.slice(7).map((t) => Math.round(t / 10) * 10)).toEqual([800, 900, 1000]);
  });
});

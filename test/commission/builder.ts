/** A device on a bottle that nobody has commissioned yet, and the person who does what the wizard says. For tests that fake Node's clock. */
import { vi } from 'vitest';
import { ImageLevel } from '../../sim/board/image-level.ts';
import type { Person, Question } from '../../sim/commission/bench.ts';
import { DRIVER_DROP_MV, REFERENCE_THIGH } from '../../sim/plant/params.ts';
import { Rig } from '../../sim/plant/rig.ts';
import { flashed } from '../../sim/setup/image.ts';
import { onBottle } from '../../sim/tune/bottle.ts';
import { dummyLimb } from '../../sim/tune/commission.ts';
import { FILE_COMMISSIONED } from '../../src/files.ts';

/** A device that is flashed and not commissioned, on a bottle; `own`: texts in its store. */
export async function fresh(
  own: Readonly<Record<string, string>> = {},
  stopClosed = false,
): Promise<ImageLevel> {
  const files = await flashed('mprls', { [FILE_COMMISSIONED]: '', ...own });
  const plant = onBottle({ ...REFERENCE_THIGH, leakMmHgPerMin: 1 }, 500);
  const rig = new Rig({ plant, limb: dummyLimb(), sensor: 'MPRLS' }, 3);
  rig.setActivity('rest');
  return new ImageLevel(rig, {
    files,
    stopClosed,
    prepare: (board) => {
      board.machine.usb.connected = true;
    },
  });
}

/** Does what is said: opens service mode, presses, reads the second gauge. */
export class Builder implements Person {
  readonly level: ImageLevel;
  readonly heard: string[] = [];
  /** Pushes STOP when told to. */
  obeys = true;
  #held: number[] = [];

  constructor(level: ImageLevel) {
    this.level = level;
    const { board } = level;
    board.onTick = (view) => {
      if (view.setpoint === 150 && view.pump === 0) this.#held.push(level.rig.p2);
    };
  }

  say(text: string): void {
    this.heard.push(text);
    // what a session has left on the lamp goes by itself
    const ends = this.heard.at(-2)?.includes('The cuff is not idle (done)') === true;
    if (text.includes('Open service mode now')) this.#press(ends ? 90_000 : 500, 6000);
    if (/Press the training button once/.test(text)) {
      this.#held = [];
      this.#press(10_000, 150);
    }
    if (text === 'Press the training button NOW.') this.#press(50, 150);
    if (text.startsWith('Push STOP once') && this.obeys) this.#press(1000, 150, 2);
    if (text.includes('Hold the training button 2 s')) this.#press(6000, 2500);
  }

  #press(afterMs: number, ms: number, button = 1): void {
    const at = this.level.board.nowMs + afterMs;
    this.level.button(button, true, at);
    this.level.button(button, false, at + ms);
  }

  /** A full battery first; the wizard asks for a lower one, as it sees the rail. */
  yes(id: Question): Promise<boolean> {
    if (id === 'low-fitted') this.#lowAsked++;
    if (this.#lowAsked === 2) {
      const { rig } = this.level;
      const factor = (3400 + DRIVER_DROP_MV) / rig.batteryMv;
      rig.addFault({ kind: 'battery-sag', atMs: rig.nowMs, factor });
      this.level.board.advanceTo(rig.nowMs + 4000);
      this.#lowAsked++;
    }
    return Promise.resolve(true);
  }

  #lowAsked = 0;

  number(id: Question): Promise<number> {
    const late = this.#held.slice(200);
    const mean = late.reduce((sum, mmHg) => sum + mmHg, 0) / late.length;
    const seen = { 'relief-crack': 301, 'relief-full': 306, gauge: Math.round(mean), 'damping-ml': 0 };
    return Promise.resolve(seen[id as keyof typeof seen]);
  }
}

/** Waits for `work` while Node's faked time runs. */
export async function over<T>(work: Promise<T>): Promise<T> {
  let done = false;
  const end = (): void => {
    done = true;
  };
  work.then(end, end);
  for (let k = 0; k < 100_000 && !done; k++) await vi.advanceTimersByTimeAsync(20);
  return await work;
}

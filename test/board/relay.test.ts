import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { Air } from '../../sim/board/air.ts';
import type { BoardFault } from '../../sim/board/faults.ts';
import { ImageLevel } from '../../sim/board/image-level.ts';
import type { Packet } from '../../sim/board/radio.ts';
import { nominalLimb } from '../../sim/plant/limb-params.ts';
import { NOMINAL_THIGH } from '../../sim/plant/params.ts';
import { Rig } from '../../sim/plant/rig.ts';
import { flashed } from '../../sim/setup/image.ts';
import { FILE_PROGRESS, FILE_SETTINGS } from '../../src/files.ts';
import { phaseName } from '../../src/phases.ts';
import type { View } from '../../src/ports.ts';
import { defaultSettings, encodeSettings } from '../../src/settings.ts';

/** Two shipped images, each on a board and a leg of its own, on one air. */
const PAIR = 4711;
/** As in hal/relay.ts: how long a stop is sent, ms. */
const BURST_MS = 3000;
let paired: Record<string, string>;
let alone: Record<string, string>;

beforeAll(async () => {
  const of = (pair: number): Promise<Record<string, string>> =>
    flashed('mprls', {
      [FILE_SETTINGS]: encodeSettings({ ...defaultSettings(), lopMmHg: 190, lopSource: 1, pair }),
      [FILE_PROGRESS]: '1,2,2,1,0,0,0',
    });
  paired = await of(PAIR);
  alone = await of(0);
}, 60_000);

function cuff(files: Record<string, string>, seed: number, faults: readonly BoardFault[] = []): ImageLevel {
  const rig = new Rig({ plant: NOMINAL_THIGH, limb: nominalLimb('run'), sensor: 'MPRLS' }, seed);
  rig.setActivity('rest');
  return new ImageLevel(rig, { files, faults });
}

interface Two {
  readonly a: ImageLevel;
  readonly b: ImageLevel;
  readonly air: Air;
}

function two(options: { loss?: number; seed?: number } = {}): Two {
  const a = cuff(paired, 1);
  const b = cuff(paired, 2);
  return { a, b, air: new Air([a.board, b.board], options) };
}

function run(air: Air, ms: number): void {
  air.advanceTo(air.nowMs + ms);
}

function phaseOf(level: ImageLevel): string {
  return phaseName(level.view.phase);
}

function tap(level: ImageLevel, button = 1): void {
  const at = level.board.nowMs + 1;
  level.button(button, true, at);
  level.button(button, false, at + 150);
}

function until(air: Air, level: ImageLevel, phase: string): void {
  const limit = air.nowMs + 60_000;
  while (phaseOf(level) !== phase) {
    if (air.nowMs > limit) throw new Error(`still ${phaseOf(level)}, not ${phase}`);
    run(air, 40);
  }
}

/** Both in their first work phase. */
function working(options: { loss?: number; seed?: number } = {}): Two {
  const pair = two(options);
  run(pair.air, 9000);
  for (const level of [pair.a, pair.b]) tap(level);
  for (const level of [pair.a, pair.b]) until(pair.air, level, 'work');
  return pair;
}

/** ms from a press of `button` on `from` until `to` is vented; -1 = not within `limitMs`. */
function delay(air: Air, from: ImageLevel, to: ImageLevel, limitMs: number, button = 1): number {
  tap(from, button);
  const start = air.nowMs + 1;
  while (air.nowMs < start + limitMs) {
    run(air, 1);
    if (to.view.vent === 1) return air.nowMs - start;
  }
  return -1;
}

function stopPacket(number: number, pair = PAIR): Packet {
  return { serviceData: { ffc5: [83, pair >> 8, pair & 255, number] } };
}

describe('STOP between two cuffs', () => {
  it.each([1, 2, 3])('reaches the other within 0.25 s where no packet is lost (air %d)', (seed) => {
    const { a, b, air } = working({ seed });
    run(air, seed * 61);
    const ms = seed % 2 === 1 ? delay(air, a, b, 3000) : delay(air, b, a, 3000);
    expect(ms).toBeGreaterThanOrEqual(0);
    expect(ms).toBeLessThanOrEqual(250);
    expect(a.view.vent + b.view.vent).toBe(2);
    run(air, 1000);
    expect([phaseOf(a), phaseOf(b)]).toEqual(['paused', 'paused']);
  });

  it.each([1, 2, 3])('within 1.5 s where half of them are lost (air %d)', (seed) => {
    const { a, b, air } = working({ loss: 0.5, seed });
    const ms = delay(air, a, b, 3000);
    expect(ms).toBeGreaterThanOrEqual(0);
    expect(ms).toBeLessThanOrEqual(1500);
  });

  it('all lost: the one that was pressed is vented, the other goes on as if there were no first', () => {
    const { a, b, air } = working({ loss: 1 });
    expect(delay(air, a, b, 10_000)).toBe(-1);
    expect([phaseOf(a), phaseOf(b), b.view.trip]).toEqual(['paused', 'work', 0]);
    expect(air.heard).toBe(0);
  });

  it('is not passed on, is over after its burst, and the other can go on alone', () => {
    const { a, b, air } = working();
    expect(delay(air, a, b, 3000)).toBeGreaterThanOrEqual(0);
    run(air, 7000);
    tap(b);
    until(air, b, 'work');
    run(air, BURST_MS);
    expect([phaseOf(a), phaseOf(b)]).toEqual(['paused', 'work']);
    expect(b.board.machine.radio.changes).toBe(0);
    expect(a.board.machine.radio.changes).toBe(2);
    expect(a.board.machine.radio.sending?.packet.serviceData).toEqual({});
    const heard = air.heard;
    run(air, 5000);
    expect(air.heard).toBe(heard);
  });

  it('comes from the STOP button of an idle cuff, and not from its training button', () => {
    const { a, b, air } = two();
    run(air, 9000);
    tap(b);
    until(air, b, 'work');
    run(air, 500);
    expect(delay(air, a, b, 1000)).toBe(-1);
    expect(delay(air, a, b, 1000, 2)).toBeGreaterThanOrEqual(0);
    run(air, 500);
    expect(phaseOf(b)).toBe('paused');
  });

  it('works again after either has been restarted', () => {
    const { a, b, air } = working();
    expect(delay(air, a, b, 3000)).toBeGreaterThanOrEqual(0);
    run(air, 200);
    a.board.powerOff();
    a.board.powerOn();
    run(air, 9000);
    tap(b);
    until(air, b, 'work');
    expect(delay(air, a, b, 3000, 2)).toBeGreaterThanOrEqual(0);
  });

  it('its packet is heard in every state of the other, and starts or raises nothing', () => {
    const { b, air } = two();
    for (let i = 0; i < 600; i++) {
      run(air, 25);
      air.shout(stopPacket(i & 255));
      expect([b.rig.pump, b.rig.valve, phaseOf(b)]).toEqual([0, 0, 'idle']);
    }
    expect(air.heard).toBeGreaterThan(50);
    run(air, 1000);
    tap(b);
    until(air, b, 'work');
    const setpoint = b.view.setpoint;
    for (let i = 0; i < 600; i++) {
      run(air, 25);
      if (i > 20) air.shout(stopPacket(i & 255));
      if (b.view.setpoint > setpoint) throw new Error(`raised to ${b.view.setpoint}`);
    }
    expect([phaseOf(b), b.rig.pump, b.rig.valve]).toEqual(['paused', 0, 0]);
    expect(b.board.machine.complaints).toEqual([]);
  });

  it('a replayed packet stops once, and again only after a silence', () => {
    const { b, air } = two();
    run(air, 9000);
    tap(b);
    until(air, b, 'work');
    const shoutFor = (ms: number): void => {
      for (const end = air.nowMs + ms; air.nowMs < end; ) {
        air.shout(stopPacket(9));
        run(air, 25);
      }
    };
    shoutFor(1000);
    expect(phaseOf(b)).toBe('paused');
    shoutFor(7000);
    tap(b);
    shoutFor(20_000);
    expect(phaseOf(b)).toBe('work');
    run(air, 6000);
    expect(phaseOf(b)).toBe('work');
    shoutFor(1000);
    expect(phaseOf(b)).toBe('paused');
  });
});

/** Two seconds into work, then `ms` more; what every tick decided. */
function rows(level: ImageLevel, air: Air, ms: number, meanwhile: (at: number) => void): View[] {
  const all: View[] = [];
  let last = -1;
  const end = air.nowMs + ms;
  while (air.nowMs < end) {
    run(air, 1);
    meanwhile(end - air.nowMs);
    if (level.view.tick !== last) all.push({ ...level.view });
    last = level.view.tick;
  }
  return all;
}

function single(files: Record<string, string>, faults: readonly BoardFault[] = []): [ImageLevel, Air] {
  const level = cuff(files, 3, faults);
  const air = new Air([level.board]);
  air.advanceTo(9000);
  tap(level);
  until(air, level, 'work');
  return [level, air];
}

const BYTE = fc.integer({ min: 0, max: 255 });
/** Made from a stop of this pair by breaking one thing, or of nothing at all. */
const GARBAGE: fc.Arbitrary<Packet> = fc.oneof(
  fc
    .array(BYTE, { maxLength: 26 })
    .filter((d) => d.length !== 4 || d[0] !== 83)
    .map(of),
  BYTE.filter((x) => x !== 83).map((x) => of([x, PAIR >> 8, PAIR & 255, 1])),
  fc
    .integer({ min: 0, max: 65535 })
    .filter((id) => id !== PAIR)
    .map((id) => stopPacket(1, id)),
  fc.constantFrom(of([]), of([83]), of([83, PAIR >> 8, PAIR & 255]), of([83, PAIR >> 8, PAIR & 255, 1, 1])),
  BYTE.map((x) => ({ serviceData: { '180f': [x], feaa: [83, PAIR >> 8, PAIR & 255, 1] } })),
  fc.constant({ serviceData: {} }),
);

function of(bytes: readonly number[]): Packet {
  return { serviceData: { ffc5: bytes } };
}

describe('everything else on the air', () => {
  it('foreign ids, garbage and floods of them change nothing in any tick', () => {
    const [quiet, silence] = single(paired);
    const expected = rows(quiet, silence, 8000, () => undefined);
    const [level, air] = single(paired);
    const packets = fc.sample(GARBAGE, { numRuns: 4000, seed: 17 });
    let told = 0;
    const seen = rows(level, air, 8000, (left) => {
      for (const packet of packets.splice(0, left > 4000 ? 1 : 3)) told += air.shout(packet) ? 1 : 0;
    });
    expect(told).toBeGreaterThan(300);
    expect(seen).toEqual(expected);
    expect(level.board.machine.complaints).toEqual([]);
  });

  it('a cuff without a pair leaves the radio alone and hears nothing', () => {
    const [level, air] = single(alone);
    for (let i = 0; i < 200; i++) {
      air.shout(stopPacket(i));
      run(air, 20);
    }
    expect(phaseOf(level)).toBe('work');
    tap(level);
    run(air, 100);
    expect([level.board.machine.radio.changes, level.board.machine.radio.listening]).toEqual([0, undefined]);
  });

  it('a radio that refuses everything makes no difference', () => {
    const faults: BoardFault[] = ['setScan', 'setAdvertising'].map((native) => ({
      kind: 'throw',
      call: native,
      atMs: 0,
    }));
    const through = (files: Record<string, string>, broken: readonly BoardFault[]): View[] => {
      const [level, air] = single(files, broken);
      return rows(level, air, 12_000, (left) => {
        if (left === 9000) tap(level);
        if (left === 5000) tap(level);
      });
    };
    const plain = through(alone, []);
    expect(through(paired, faults)).toEqual(plain);
    expect(through(paired, [])).toEqual(plain);
  });
});

import { describe, expect, it } from 'vitest';
import { VirtualBoard } from '../../sim/board/virtual-board.ts';
import { SimOutputs } from '../../sim/core/outputs.ts';
import { RailMeter } from '../../sim/core/rail-meter.ts';
import { SimMprls } from '../../sim/core/sensors.ts';
import { MemoryStore } from '../../sim/core/store.ts';
import { nominalLimb } from '../../sim/plant/limb-params.ts';
import { NOMINAL_THIGH } from '../../sim/plant/params.ts';
import { Rig, type RigSpec } from '../../sim/plant/rig.ts';
import { CONVERT_MS, LEASE_MS, TICK_MS } from '../../src/limits.ts';
import { FAULT_BUSY, FAULT_NAK, type Ports, VALVE_VENT } from '../../src/ports.ts';
import { createTick } from '../../src/tick.ts';
import { bundle } from '../board/support.ts';

/** Time between two looks at the drivers. */
const LOOK_MS = 4 * TICK_MS;

/** What every implementation of the ports has to do alike: the drivers on the virtual board, and the core level's own. */
interface World {
  readonly rig: Rig;
  readonly ports: Ports;
  convert(): void;
  advanceTo(ms: number): void;
}

function rigOf(spec: Partial<RigSpec>): Rig {
  return new Rig({ plant: NOMINAL_THIGH, limb: nominalLimb('rest'), sensor: 'MPRLS', ...spec }, 3);
}

const OPEN = `import { openDevice } from '../../hal/device.ts'; export default { device: openDevice() };`;

function onBoard(spec: Partial<RigSpec> = {}): World {
  const rig = rigOf(spec);
  const board = new VirtualBoard({ rig });
  board.write({ '.bootcde': `var cuff=${bundle(OPEN)};` });
  board.powerOn();
  const device = board.evaluate('cuff.device') as { ports: Ports; sensor: { convert(): void } };
  return {
    rig,
    ports: device.ports,
    convert: () => device.sensor.convert(),
    advanceTo: (ms) => {
      while (rig.nowMs < ms) {
        board.advanceTo(Math.min(ms, rig.nowMs + 500));
        board.machine.watchdog.kick(rig.nowMs);
      }
    },
  };
}

function atCore(spec: Partial<RigSpec> = {}): World {
  const rig = rigOf(spec);
  const outputs = new SimOutputs(rig);
  const sensor = new SimMprls(rig);
  const rail = new RailMeter(rig);
  const none = (): void => {};
  const ports: Ports = {
    ...outputs,
    pump: {
      write: (duty) => {
        rail.written(duty);
        outputs.pump.write(duty);
      },
    },
    sensor,
    monitor: {
      readsTerminals: false,
      look: (t) => {
        t.railMv = rail.sample();
      },
    },
    indicator: { write: none },
    watchdog: { kick: none },
    store: new MemoryStore({}),
    link: { write: none, writeProven: none, writeRows: none, taken: none },
    relay: { stop: none },
    buttons: { look: none },
    service: { request: none },
  };
  return { rig, ports, convert: () => sensor.convert(), advanceTo: (ms) => outputs.advanceTo(ms) };
}

for (const [where, open] of [
  ['drivers on the virtual board', onBoard],
  ['ports of the core level', atCore],
] as const) {
  describe(`the contract, ${where}`, () => {
    it('a conversion read 4 ms after the command is busy, at 7 ms it is a number', () => {
      const w = open();
      w.advanceTo(TICK_MS);
      w.convert();
      w.advanceTo(TICK_MS + 4);
      expect(w.ports.sensor.sample()).toBeNaN();
      expect(w.ports.sensor.faults).toBe(FAULT_BUSY);
      w.advanceTo(TICK_MS + CONVERT_MS);
      expect(Math.abs(w.ports.sensor.sample() - 755)).toBeLessThan(1);
    });

    it('a silent part is FAULT_NAK and never throws', () => {
      const w = open({ faults: [{ kind: 'sensor-nak', atMs: 0 }] });
      w.advanceTo(TICK_MS);
      w.convert();
      w.advanceTo(TICK_MS + CONVERT_MS);
      expect(w.ports.sensor.sample()).toBeNaN();
      expect(w.ports.sensor.faults & FAULT_NAK).toBe(FAULT_NAK);
    });

    it('pump: 1000 is full, 350 is 0.35, 0 and NaN are off', () => {
      const { rig, ports } = open();
      for (const [duty, share] of [
        [1000, 1],
        [350, 0.35],
        [0, 0],
        [700, 0.7],
        [Number.NaN, 0],
        [1500, 1],
        [-5, 0],
      ] as const) {
        ports.pump.write(duty);
        expect(rig.pump).toBe(share);
      }
    });

    it('valve: 0 shuts, VALVE_VENT and NaN open', () => {
      const { rig, ports } = open();
      ports.valve.write(0);
      expect(rig.valve).toBe(1);
      ports.valve.write(VALVE_VENT);
      expect(rig.valve).toBe(0);
      ports.valve.write(0);
      ports.valve.write(Number.NaN);
      expect(rig.valve).toBe(0);
    });

    it('a bleed of n ms is open for exactly n ms, a new one replaces the old one', () => {
      const w = open();
      w.ports.valve.write(0);
      w.advanceTo(100);
      w.ports.valve.write(12);
      w.advanceTo(105);
      w.ports.valve.write(10);
      w.advanceTo(114);
      expect(w.rig.valve).toBe(0);
      w.advanceTo(115);
      expect(w.rig.valve).toBe(1);
    });

    it('shut in the middle of a bleed leaves it to end', () => {
      const w = open();
      w.ports.valve.write(0);
      w.ports.valve.write(12);
      w.advanceTo(5);
      w.ports.valve.write(0);
      w.advanceTo(11);
      expect(w.rig.valve).toBe(0);
      w.advanceTo(12);
      expect(w.rig.valve).toBe(1);
    });

    it('a vent 1 ms into a bleed stays a vent', () => {
      const w = open();
      w.ports.valve.write(0);
      w.ports.valve.write(12);
      w.advanceTo(1);
      w.ports.valve.write(VALVE_VENT);
      for (let ms = 2; ms < 200; ms++) {
        w.advanceTo(ms);
        expect(w.rig.valve).toBe(0);
      }
    });

    it('the rail is read within 2 looks, at rest and pumping, within 5 mV', () => {
      const w = open();
      const t = createTick(TICK_MS);
      for (let k = 1; k <= 3; k++) {
        w.advanceTo(k * LOOK_MS);
        w.ports.monitor.look(t, false);
      }
      expect(Math.abs(t.railMv - w.rig.railMv)).toBeLessThan(5);
      w.ports.valve.write(0);
      w.ports.pump.write(1000);
      for (let k = 4; k <= 7; k++) {
        w.advanceTo(k * LOOK_MS);
        w.ports.lease.renew();
        w.ports.monitor.look(t, false);
      }
      expect(Math.abs(t.railMv - w.rig.railMv)).toBeLessThan(5);
    });

    it('store: what was written is read, an erased or unknown name is undefined', () => {
      const { ports } = open();
      expect(ports.store.read('x')).toBeUndefined();
      expect(ports.store.write('x', 'text')).toBe(true);
      expect(ports.store.read('x')).toBe('text');
      ports.store.erase('x');
      expect(ports.store.read('x')).toBeUndefined();
    });

    it('link, indicator and watchdog take everything without throwing', () => {
      const { ports } = open();
      ports.link.write('bytes');
      for (let lamps = 0; lamps < 16; lamps++) ports.indicator.write(lamps);
      ports.watchdog.kick();
    });
  });
}

describe('what only the board has', () => {
  it('an unrenewed lease cuts pump and valve together after LEASE_MS, and only a vent gives them back', () => {
    const w = onBoard();
    w.ports.valve.write(0);
    w.ports.pump.write(800);
    w.ports.lease.renew();
    w.advanceTo(LEASE_MS - 1);
    expect([w.rig.pump, w.rig.valve]).toEqual([0.8, 1]);
    w.advanceTo(LEASE_MS);
    expect([w.rig.pump, w.rig.valve]).toEqual([0, 0]);
    w.ports.valve.write(0);
    w.ports.pump.write(900);
    w.ports.lease.renew();
    expect([w.rig.pump, w.rig.valve]).toEqual([0, 0]);
    w.ports.valve.write(VALVE_VENT);
    w.ports.pump.write(0);
    w.ports.valve.write(0);
    w.ports.pump.write(900);
    expect([w.rig.pump, w.rig.valve]).toEqual([0.9, 1]);
  });

  it('terminal voltages follow the outputs', () => {
    const w = onBoard();
    w.ports.valve.write(0);
    w.ports.pump.write(500);
    w.ports.lease.renew();
    w.advanceTo(100);
    const m = createTick(TICK_MS);
    w.ports.monitor.look(m, false);
    expect(Math.abs(m.valveMv - w.rig.railMv)).toBeLessThan(5);
    expect(Math.abs(m.pumpMv - w.rig.railMv / 2)).toBeLessThan(5);
  });
});

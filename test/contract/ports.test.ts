import { describe, expect, it } from 'vitest';
import { RailMeter } from '../../sim/board/rail-meter.ts';
import { VirtualBoard } from '../../sim/board/virtual-board.ts';
import { SimOutputs } from '../../sim/core/outputs.ts';
import { SimMprls } from '../../sim/core/sensors.ts';
import { MemoryStore } from '../../sim/core/store.ts';
import { nominalLimb } from '../../sim/plant/limb-params.ts';
import { NOMINAL_THIGH } from '../../sim/plant/params.ts';
import { Rig, type RigSpec } from '../../sim/plant/rig.ts';
import { FAULT_BUSY, FAULT_NAK, type Ports, VALVE_VENT } from '../../src/ports.ts';
import { bundle } from '../board/support.ts';

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
      sample: () => ({ railMv: rail.sample(), pumpMv: 0, valveMv: 0, driverFaults: 0 }),
    },
    indicator: { write: none },
    watchdog: { kick: none },
    store: new MemoryStore({}),
    link: { write: none },
    service: { request: none },
  };
  return { rig, ports, convert: () => sensor.convert(), advanceTo: (ms) => outputs.advanceTo(ms) };
}

for (const [where, open] of [
  ['drivers on the virtual board', onBoard],
  ['ports of the core level', atCore],
] as const) {
  describe(`the contract, ${where}`, () => {
    it('the first sample, before any conversion, is FAULT_BUSY or counts nothing', () => {
      const { ports } = open();
      expect(ports.sensor.sample().conversions).toBe(0);
    });

    it('a conversion read 4 ms after the command is busy, at 7 ms it is new, read again it is not', () => {
      const w = open();
      w.advanceTo(40);
      w.convert();
      w.advanceTo(44);
      expect(w.ports.sensor.sample().faults).toBe(FAULT_BUSY);
      w.advanceTo(47);
      const s = w.ports.sensor.sample();
      expect([s.faults, s.conversions]).toEqual([0, 1]);
      expect(Math.abs(s.mmHg - 755)).toBeLessThan(1);
      expect(w.ports.sensor.sample().conversions).toBe(1);
    });

    it('the sample object is the same one each time', () => {
      const { ports } = open();
      expect(ports.sensor.sample()).toBe(ports.sensor.sample());
    });

    it('a silent part is FAULT_NAK and never throws', () => {
      const w = open({ faults: [{ kind: 'sensor-nak', atMs: 0 }] });
      w.advanceTo(40);
      w.convert();
      w.advanceTo(47);
      expect(w.ports.sensor.sample().faults & FAULT_NAK).toBe(FAULT_NAK);
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

    it('the rail is read within 2 samples of 160 ms, at rest and pumping, within 5 mV', () => {
      const w = open();
      let railMv = 0;
      for (let k = 1; k <= 3; k++) {
        w.advanceTo(k * 160);
        railMv = w.ports.monitor.sample().railMv;
      }
      expect(Math.abs(railMv - w.rig.railMv)).toBeLessThan(5);
      w.ports.valve.write(0);
      w.ports.pump.write(1000);
      for (let k = 4; k <= 7; k++) {
        w.advanceTo(k * 160);
        w.ports.lease.renew();
        railMv = w.ports.monitor.sample().railMv;
      }
      expect(Math.abs(railMv - w.rig.railMv)).toBeLessThan(5);
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
    w.advanceTo(199);
    expect([w.rig.pump, w.rig.valve]).toEqual([0.8, 1]);
    w.advanceTo(200);
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
    const m = w.ports.monitor.sample();
    expect(Math.abs(m.valveMv - w.rig.railMv)).toBeLessThan(5);
    expect(Math.abs(m.pumpMv - w.rig.railMv / 2)).toBeLessThan(5);
  });
});

/**
 * The virtual board's chip and drivers, without its JS, as the hardware of a real interpreter: the same pins, drivers, utility
 * timer, watchdog and bus under both, so that only the JS differs.
 */
import type { Machine } from '../board/machine.ts';
import type { Mode } from '../board/pins.ts';
import type { SetTask } from '../board/utility-timer.ts';
import type { Hardware } from './remote.ts';

const QWIIC_FETS = [7, 27];
/** Below this battery voltage the chip stops, mV. */
const BROWN_OUT_MV = 2000;

export class MachineHardware implements Hardware {
  readonly #machine: Machine;
  /** The idle loop of the interpreter has an edge to hand over. */
  onEdge: (watch: number, high: boolean) => void = () => undefined;
  /** Bytes have come in on a stream. */
  onBytes: (port: number, bytes: string) => void = () => undefined;
  /** The battery has let the chip stop. */
  starved = false;
  readonly #watches = new Map<number, number>();
  #listening = false;

  constructor(machine: Machine) {
    this.#machine = machine;
  }

  /** After a boot of the machine: nothing of the program before is left. */
  restart(): void {
    this.starved = false;
    this.#watches.clear();
    this.#listening = false;
  }

  to(ms: number): void {
    const m = this.#machine;
    for (let next = m.nextMs(); next <= ms; next = m.nextMs()) {
      this.#move(Math.max(m.nowMs, Math.ceil(next)));
      m.step();
    }
    this.#move(ms);
  }

  #move(ms: number): void {
    const m = this.#machine;
    if (ms > m.nowMs) m.rig.advanceTo(ms);
    if (!m.powered || m.rig.batteryMv >= BROWN_OUT_MV) return;
    this.starved = true;
    m.powerOff();
  }

  write(pin: number, value: number): void {
    this.#machine.pin(pin).write(value);
  }

  pwm(pin: number, duty: number): void {
    this.#machine.pin(pin).pwm(duty);
  }

  mode(pin: number, mode: string): void {
    this.#machine.pin(pin).setMode(mode as Mode);
  }

  read(pin: number): number {
    return this.#machine.pin(pin).read();
  }

  analog(pin: number): number {
    return this.#machine.analog(this.#machine.pin(pin));
  }

  vref(): number {
    return this.#machine.vrefMv / 1000;
  }

  i2cSetup(sda: number, scl: number, bitrate: number): void {
    this.#machine.bus.setup({ sda, scl, bitrate });
  }

  i2cWrite(address: number, bytes: Uint8Array): boolean {
    try {
      this.#machine.bus.writeTo(address, bytes);
      return true;
    } catch {
      return false;
    }
  }

  i2cRead(address: number, count: number): Uint8Array | undefined {
    try {
      return this.#machine.bus.readFrom(address, count);
    } catch {
      return undefined;
    }
  }

  timerAdd(id: number, atMs: number, value: number, pins: readonly number[]): void {
    const m = this.#machine;
    const [pin, pin2, pin3, pin4] = pins.map((p) => m.pin(p));
    if (pin === undefined) throw new Error('timer.add without a pin');
    const task = { type: 'SET', pin, pin2, pin3, pin4, value, time: atMs - m.nowMs } as SetTask;
    const given = m.addTask(task);
    if (given !== id)
      throw new Error(`timer.add: the interpreter's stand-in gave slot ${id}, the virtual board ${given}`);
  }

  timerRemove(id: number): void {
    this.#machine.utilityTimer.remove(id);
  }

  watchdog(seconds: number, automatic: boolean): void {
    this.#machine.watchdog.enable(seconds, automatic, this.#machine.nowMs);
  }

  kick(): void {
    this.#machine.watchdog.kick(this.#machine.nowMs);
  }

  watch(id: number, pin: number, edge: number, debounceMs: number): void {
    const options = {
      repeat: true,
      edge: edge === 0 ? 'both' : edge > 0 ? 'rising' : 'falling',
      debounce: debounceMs,
    };
    const m = this.#machine;
    this.#watches.set(
      id,
      m.watches.add((event) => this.onEdge(id, event.state), m.pin(pin), options),
    );
  }

  unwatch(id: number): void {
    const there = this.#watches.get(id);
    this.#watches.delete(id);
    if (there !== undefined) this.#machine.watches.clear([there]);
  }

  driver(index: number, mode: number): void {
    this.#machine.joltBridges[index]?.setMode(mode === 2 ? 'auto' : mode === 1);
  }

  power(port: number, on: boolean): void {
    const fet = QWIIC_FETS[port];
    if (fet !== undefined) this.#machine.pin(fet).write(on ? 1 : 0);
  }

  link(port: number, bytes: string): void {
    this.#machine.transmit(port === 0 ? this.#machine.usb : this.#machine.bluetooth, bytes);
  }

  /** The program listens on its streams from here on. */
  console(open: boolean): void {
    const m = this.#machine;
    m.setConsole(open ? m.usb : null, !open);
    if (this.#listening) return;
    this.#listening = true;
    m.usb.on('data', (bytes) => this.onBytes(0, bytes));
    m.bluetooth.on('data', (bytes) => this.onBytes(1, bytes));
  }

  /** A write or erase kicks the watchdog. */
  flash(): void {
    this.kick();
  }
}

/** The core on ports that write down what they are told, and a cuff of a few lines: enough to hold pressure, let go and be judged. */
import { MPRLS_TRAITS } from '../../hal/sensors/mprls.ts';
import { PASSED } from '../../sim/core/store.ts';
import { type Core, createCore } from '../../src/core.ts';
import { FILE_COMMISSIONED, FILE_PROGRESS, FILE_SETTINGS, FILE_ZERO } from '../../src/files.ts';
import { TICK_MS } from '../../src/limits.ts';
import { tick } from '../../src/loop.ts';
import { phaseName } from '../../src/phases.ts';
import type { Ports } from '../../src/ports.ts';
import { type Protocol, STEP_WORK } from '../../src/session/protocol.ts';
import { beginSteps, startSession } from '../../src/session/session.ts';
import { defaultSettings, encodeSettings, type Settings } from '../../src/settings.ts';
import type { Tick } from '../../src/tick.ts';
import { press, release } from '../../src/wearer/press.ts';

const AMBIENT = 760;
/** Full pump, mmHg/s; share that is left after a tick with the valve open. */
export const PUMP = 25;
const OPEN = 85 / 100;

export const LOP = 200;

export interface DeviceOptions {
  readonly settings?: Partial<Settings>;
  readonly files?: Readonly<Record<string, string>>;
  /** A file of which a copy is damaged. */
  readonly damaged?: string;
}

export class Device {
  /** What the ports were told, oldest first: `pump 700`, `valve -1`, `renew`, `drop`, `look`, `kick`, `relay`, `write NAME`. */
  calls: string[] = [];
  readonly files: Record<string, string>;
  readonly core: Core;
  /** In the cuff, mmHg; what the ports drive. */
  mmHg = 0;
  /** False: the hardware has cut the outputs before the next renewal. */
  leaseAlive = true;
  /** Called whenever a tick looks at the buttons. */
  whenLooked = (): void => undefined;
  /** Writes that the store has refused. */
  refused = 0;
  pump = 0;
  shut = false;
  /** Ports of these names throw. */
  broken: string[] = [];
  /** What the board's look finds. */
  seen: Partial<Tick> = { railMv: 3700 };
  /** False: the store refuses everything. */
  stores = true;
  /** Files that it refuses alone. */
  refuses: string[] = [];
  now = 0;
  #noise = 0;

  constructor(options: DeviceOptions = {}) {
    const settings = { ...defaultSettings(), lopMmHg: LOP, lopSource: 1, screening: 1, ...options.settings };
    this.files = {
      [FILE_SETTINGS]: encodeSettings(settings),
      [FILE_PROGRESS]: '1,2,2,1,0,0,0',
      [FILE_ZERO]: '7600',
      [FILE_COMMISSIONED]: PASSED,
      ...options.files,
    };
    this.core = createCore(this.#ports(options), { periodMs: TICK_MS, version: 'x' });
  }

  get phase(): string {
    return phaseName(this.core.session.phase);
  }

  /** One tick, `dt` ms after the last. */
  tick(dt: number = TICK_MS): this {
    if (this.shut) this.mmHg += (this.pump * PUMP * dt) / 1_000_000;
    else this.mmHg *= OPEN;
    this.now += dt;
    tick(this.core, this.now);
    return this;
  }

  /** Ticks for `ms`. */
  run(ms: number): this {
    for (let at = 0; at < ms; at += TICK_MS) this.tick();
    return this;
  }

  /** Ticks until the phase has this name. */
  until(phase: string, ms = 60_000): this {
    for (let at = 0; this.phase !== phase; at += TICK_MS) {
      if (at >= ms) throw new Error(`still ${this.phase} after ${ms} ms, not ${phase}`);
      this.tick();
    }
    return this;
  }

  /** Short presses, and the time that it takes to understand them. */
  tap(times = 1, button = 1): this {
    for (let i = 0; i < times; i++) {
      press(this.core, button, this.now);
      this.run(150);
      release(this.core, button, this.now);
      this.run(250);
    }
    return this.run(600);
  }

  /** Vented, zeroed, idle. */
  settle(): this {
    return this.run(9000);
  }

  /** In the fill of one step of `seconds` at half of LOP, or of `protocol`. */
  fill(protocol: Protocol = working(60)): this {
    this.settle();
    startSession(this.core.session, protocol, LOP);
    beginSteps(this.core.session);
    return this.run(8 * TICK_MS);
  }

  /** ... and in its work. */
  work(protocol: Protocol = working(60)): this {
    return this.fill(protocol).until('work').run(2000);
  }

  /** What the ports were told by `action`. */
  told(action: () => unknown): string[] {
    this.calls = [];
    action();
    return this.calls;
  }

  #say(port: string, what: string): void {
    this.calls.push(what);
    if (this.broken.includes(port)) throw new Error(`${port} is broken`);
  }

  #ports(options: DeviceOptions): Ports {
    const refusals = (): number => this.refused;
    return {
      sensor: {
        traits: MPRLS_TRAITS,
        faults: 0,
        sample: () => {
          if (this.broken.includes('sensor')) throw new Error('bus');
          this.#noise = (this.#noise + 1) % 7;
          return AMBIENT + this.mmHg + this.#noise / 100;
        },
      },
      pump: {
        write: (duty) => {
          this.#say('pump', `pump ${duty}`);
          this.pump = duty;
        },
      },
      valve: {
        write: (ms) => {
          this.#say('valve', `valve ${ms}`);
          this.shut = ms >= 0;
          if (ms > 0) this.mmHg *= 1 - ms / 1000;
        },
      },
      lease: {
        renew: () => {
          this.#say('lease', 'renew');
          return this.leaseAlive;
        },
        drop: () => this.#say('lease', 'drop'),
      },
      monitor: {
        readsTerminals: false,
        look: (t) => {
          this.#say('monitor', 'look');
          Object.assign(t, this.seen);
        },
      },
      indicator: { write: () => undefined },
      watchdog: { kick: () => this.#say('watchdog', 'kick') },
      store: {
        get refused() {
          return refusals();
        },
        read: (name) => this.files[name],
        isDamaged: (name) => options.damaged === name,
        write: (name, bytes) => {
          this.#say('store', `write ${name} ${bytes.length > 3 ? '...' : bytes}`);
          const takes = this.stores && !this.refuses.includes(name);
          if (takes) this.files[name] = bytes;
          else this.refused++;
          return takes;
        },
        erase: (name) => {
          delete this.files[name];
        },
      },
      link: {
        write: () => undefined,
        writeProven: () => undefined,
        writeRows: () => undefined,
        taken: () => undefined,
      },
      relay: { stop: () => this.#say('relay', 'relay') },
      buttons: { look: () => this.whenLooked() },
      service: { request: () => this.#say('service', 'service') },
    };
  }
}

/** One step of work of `seconds` at half of LOP. */
export function working(seconds: number): Protocol {
  return {
    id: 'mine',
    activity: 0,
    stage: 0,
    steps: [{ kind: STEP_WORK, ms: seconds * 1000, permille: 500, mmHg: 0, rampMmHgPerS: 0 }],
  };
}

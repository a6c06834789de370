/**
 * The electrical lines, in service mode: each output is switched on for some ms alone, by itself off again. What must be off is looked at several
 * times and its worst counts; what must be on counts when it was seen on once, as the guard of service mode puts the drivers to sleep in between. On
 * a board that cannot read its terminals a person says what moved.
 */

import type { DrivePins } from '../../tools/build/drive-pins.ts';
import type { Bench, ServiceConsole } from './bench.ts';
import { type Enable, electricTexts, LEASE_MS } from './electric-texts.ts';
import { type Line, lineOf } from './lines.ts';

const TRIES = 4;
/** The sense lines follow with 3.3 ms. */
const SETTLE_MS = 18;
/** Below this a driven output is no output, mV. */
const LEAST_ON_MV = 1500;
const MOST_OFF_MV = 300;
/** When is looked after the last renewal of the timer, and after the last edge at the monostable, ms. */
const TIMER_LOOKS_MS = [200, 230, 260, 290, 330];
const MONOSTABLE_LOOKS_MS = [200, 250, 300, 350, 400, 450, 500];
/** A person is to see that an output does not stay on: as long as it would stay on, ms. */
const SEEN_MS = 3000;

interface Volts {
  readonly pump: number;
  readonly valve: number;
}

const yes = (is: boolean): number => (is ? 1 : 0);

/** The lines of step 2. The program that fed the watchdog is stopped for the last two: the chip resets at the end. */
export async function electricLines(bench: Bench): Promise<Line[]> {
  return await bench.inService(async (console) => await new ElectricLook(bench, console, bench.pins).lines());
}

class ElectricLook {
  readonly #bench: Bench;
  readonly #console: ServiceConsole;
  readonly #texts: ReturnType<typeof electricTexts>;
  readonly #reads: boolean;
  readonly #fed: boolean;

  constructor(bench: Bench, console: ServiceConsole, pins: DrivePins) {
    this.#bench = bench;
    this.#console = console;
    this.#texts = electricTexts(pins);
    this.#reads = pins.sense !== undefined;
    this.#fed = pins.feed !== undefined;
  }

  async lines(): Promise<Line[]> {
    const bench = this.#bench;
    const pumpOnly = await this.#highest('on', 'off');
    const pumpMoves = await bench.yes('pump-moves', 'Did the PUMP twitch, and the valve stay silent?');
    const valveOnly = await this.#highest('off', 'on');
    const valveMoves = await bench.yes('valve-moves', 'Did the VALVE click, and the pump stay silent?');
    const off = await this.#offMv('off');
    const free = await this.#offMv('free');
    const cutMs = await this.#deadManMs();
    const reset = await this.#console.hasReset();
    const letGo = this.#reads || (await bench.yes('valve-lets-go', this.#letGoText()));
    const alone = (on: number, other: number): boolean =>
      !this.#reads || (on > LEAST_ON_MV && other < MOST_OFF_MV);
    return [
      lineOf('enables-off', off),
      lineOf('enables-floating', free),
      lineOf('pump-alone', yes(alone(pumpOnly.pump, pumpOnly.valve) && pumpMoves)),
      lineOf('valve-alone', yes(alone(valveOnly.valve, valveOnly.pump) && valveMoves)),
      lineOf('dead-man', letGo ? cutMs : Number.NaN),
      lineOf('watchdog', yes(reset)),
    ];
  }

  #letGoText(): string {
    const times = this.#fed ? 'twice, and each time' : 'once, and';
    return `The valve was switched on ${times} it had ${SEEN_MS / 1000} s to let go by itself. Did it click off within half a second${this.#fed ? ', BOTH times' : ''}?`;
  }

  /** Worst voltage while nothing may be on, mV; where none can be read 0 = a person saw nothing move. */
  async #offMv(how: 'off' | 'free'): Promise<number> {
    const seen = await this.#highest(how, how);
    if (this.#reads) return Math.max(seen.pump, seen.valve);
    const silent = await this.#bench.yes('nothing-moves', 'Did pump AND valve stay silent this time?');
    return silent ? 0 : Number.NaN;
  }

  /** Both outputs are driven, the enables as given; what the terminals show after SETTLE_MS. */
  async #look(pump: Enable, valve: Enable): Promise<Volts> {
    await this.#console.ask(this.#texts.look(pump, valve, SETTLE_MS));
    await this.#console.wait(2 * SETTLE_MS);
    const [p = Number.NaN, v = Number.NaN] = (await this.#console.ask('global.cuffSeen')) as number[];
    return { pump: p, valve: v };
  }

  /** The highest of several looks. */
  async #highest(pump: Enable, valve: Enable): Promise<Volts> {
    let seen: Volts = { pump: 0, valve: 0 };
    for (let k = 0; k < TRIES; k++) {
      const now = await this.#look(pump, valve);
      seen = { pump: Math.max(seen.pump, now.pump), valve: Math.max(seen.valve, now.valve) };
    }
    return seen;
  }

  /** When the timer had cut both outputs, ms; NaN = not within the looks, they were never on, or the monostable alone does not cut them. */
  async #deadManMs(): Promise<number> {
    const timer = await this.#cutMs(TIMER_LOOKS_MS, true);
    const monostable = this.#fed ? await this.#cutMs(MONOSTABLE_LOOKS_MS, false) : 0;
    await this.#console.ask(this.#texts.stop);
    return Number.isNaN(monostable) ? Number.NaN : timer;
  }

  /** `timer`: the monostable is fed, and the timer is to cut; else the other way round. */
  async #cutMs(looks: readonly number[], timer: boolean): Promise<number> {
    const last = looks[looks.length - 1] as number;
    await this.#console.ask(this.#texts.run(looks, timer));
    await this.#console.wait((this.#reads ? last : SEEN_MS) + SETTLE_MS);
    const looked = (await this.#console.ask('global.cuffLooks')) as number[][];
    await this.#console.ask(this.#texts.safe);
    // a person says it
    if (!this.#reads) return LEASE_MS;
    if (!((looked[0]?.[1] ?? 0) > LEAST_ON_MV)) return Number.NaN;
    const cut = looked.findIndex((volts) => (volts[1] ?? Number.NaN) < MOST_OFF_MV);
    return cut < 0 ? Number.NaN : (looks[cut] as number);
  }
}

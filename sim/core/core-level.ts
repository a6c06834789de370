/** The core in the loop: `src/` on simulated ports, thousands of times faster than real time. */

import { SETTLE_MS } from '../../hal/button.ts';
import { type Core, createCore } from '../../src/core.ts';
import { CONVERT_MS, EXTRA_MS, TICK_MS } from '../../src/limits.ts';
import { tick } from '../../src/loop.ts';
import { noteTook, TIMED_EVERY } from '../../src/pace.ts';
import type { Ports, StorePort, View } from '../../src/ports.ts';
import { viewOf } from '../../src/view.ts';
import { press, release } from '../../src/wearer/press.ts';
import type { Level } from '../level/level.ts';
import type { Rig } from '../plant/rig.ts';
import { SimOutputs } from './outputs.ts';
import { RailMeter } from './rail-meter.ts';
import { SimMprls, type SimSensor } from './sensors.ts';
import { MemoryStore } from './store.ts';
import type { TickTiming } from './tick-timing.ts';

interface Edge {
  atMs: number;
  button: number;
  down: boolean;
}

export interface CoreLevelOptions {
  /** What the device's flash holds at power-up. */
  files?: Readonly<Record<string, string>>;
  /** A store of another kind instead of `files` in memory. */
  store?: StorePort;
  /** Control period, ms; TICK_MS unless an outside plant asks for another. */
  periodMs?: number;
  /** When the ticks come; each on time, in no time, when left out. */
  timing?: TickTiming;
}

export class CoreLevel implements Level {
  readonly name = 'core';
  readonly rig: Rig;
  readonly core: Core;
  readonly #outputs: SimOutputs;
  readonly #sensor: SimSensor;
  readonly #store: StorePort;
  readonly #period: number;
  readonly #timing: TickTiming | undefined;
  /** Time of the rig at power-up. */
  readonly #startMs: number;
  readonly #edges: Edge[] = [];
  #ticks = 0;
  #driveAt = 0;
  #begunAt = 0;
  #betweenAt = Number.POSITIVE_INFINITY;

  constructor(rig: Rig, options: CoreLevelOptions) {
    this.rig = rig;
    this.#period = options.periodMs ?? TICK_MS;
    this.#timing = options.timing;
    this.#startMs = rig.nowMs;
    this.#outputs = new SimOutputs(rig);
    this.#sensor = new SimMprls(rig);
    this.#store = options.store ?? new MemoryStore(options.files ?? {});
    this.core = createCore(this.#ports(), { periodMs: this.#period, version: 'core' });
  }

  get view(): View {
    return viewOf(this.core);
  }

  nextTick(): void {
    this.#ticks++;
    if (this.#timing === undefined) this.#run(this.#ticks * this.#period, CONVERT_MS, 0);
    else {
      const { convertAt, tickAt, driveAt, endAt } = this.#timing.next();
      this.#run(convertAt, tickAt - convertAt, driveAt - tickAt);
      if (this.#ticks % TIMED_EVERY === 0) noteTook(this.core, endAt - tickAt);
    }
  }

  /** One tick: a conversion at `at` since power-up, read `waitMs` after it, the outputs written `workMs` after that. */
  #run(at: number, waitMs: number, workMs: number): void {
    const start = this.#startMs + at;
    this.#between(start);
    this.#advance(start);
    const listens = this.#sensor.extra?.wanted === true;
    if (listens) this.#sensor.more(false);
    this.#sensor.convert();
    this.#advance(start + waitMs);
    this.#driveAt = start + waitMs + workMs;
    tick(this.core, at + waitMs);
    this.#driveAt = 0;
    this.#begunAt = start;
    this.#betweenAt = listens
      ? Math.max(start + EXTRA_MS, start + waitMs + workMs)
      : Number.POSITIVE_INFINITY;
  }

  /** The extra conversion between the last tick and the one that begins at `start`. */
  #between(start: number): void {
    const at = this.#betweenAt;
    if (at === Number.POSITIVE_INFINITY) return;
    this.#advance(Math.min(at, start));
    this.#sensor.more(at - this.#begunAt < this.#period - 2 * CONVERT_MS);
  }

  /** The tick has worked until now. Button edges meanwhile wait for its end, as they do on the board. */
  #work(): void {
    if (this.#driveAt > this.rig.nowMs) this.#outputs.advanceTo(this.#driveAt);
  }

  button(index: number, down: boolean, atMs: number): void {
    this.#edges.push({ atMs: down ? atMs : atMs + SETTLE_MS, button: index, down });
    this.#edges.sort((a, b) => a.atMs - b.atMs);
  }

  stored(name: string): string | undefined {
    return this.#store.read(name);
  }

  close(): void {
    return;
  }

  /** To `ms`, with the button edges on the way at their own time. */
  #advance(ms: number): void {
    for (let edge = this.#edges[0]; edge !== undefined && edge.atMs <= ms; edge = this.#edges[0]) {
      this.#edges.shift();
      this.#outputs.advanceTo(Math.max(edge.atMs, this.rig.nowMs));
      (edge.down ? press : release)(this.core, edge.button, this.rig.nowMs - this.#startMs);
    }
    this.#outputs.advanceTo(ms);
  }

  #ports(): Ports {
    const rail = new RailMeter(this.rig);
    const { pump, valve } = this.#outputs;
    return {
      sensor: this.#sensor,
      pump: {
        write: (duty) => {
          this.#work();
          rail.written(duty);
          pump.write(duty);
        },
      },
      valve: {
        write: (openMs) => {
          this.#work();
          valve.write(openMs);
        },
      },
      lease: this.#outputs.lease,
      monitor: {
        readsTerminals: false,
        look: (t) => {
          t.railMv = rail.sample();
        },
      },
      indicator: { write: () => undefined },
      watchdog: { kick: () => undefined },
      store: this.#store,
      link: {
        write: () => undefined,
        writeProven: () => undefined,
        writeRows: () => undefined,
        taken: () => undefined,
      },
      relay: { stop: () => undefined },
      buttons: { look: () => undefined },
      service: { request: () => undefined },
    };
  }
}

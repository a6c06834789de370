/**
 * The page's talk with one cuff: it connects, watches, asks, and lends the line to the tools that flash, set and commission. One loop asks; STOP
 * goes past it. Nothing in it starts a cuff or raises its pressure. The one thing that it grants is the lease of a commissioning (`~C`, page-bench.ts
 * alone): while that lasts, a press of the cuff's own button fills a build that has not passed.
 */
import { signal } from '@preact/signals';
import { isPressurePhase } from '../../../src/phases.ts';
import type { State } from '../../../tools/board/frames.ts';
import { pause } from '../../../tools/board/open-board.ts';
import type { OpenWire } from '../../../tools/board/wire.ts';
import { CuffLink } from '../../../tools/cuff/cuff-link.ts';
import { ConsoleOpen } from '../../../tools/cuff/failures.ts';
import type { PageBrowser } from './browser-types.ts';
import {
  type Connection,
  dismissed,
  type Happening,
  type Kind,
  kindOf,
  next,
  type Work,
} from './connection.ts';
import { Device } from './device.ts';
import { Elsewhere } from './elsewhere.ts';
import { Jobs, notConnected } from './jobs.ts';
import { Line } from './line.ts';
import { LiveRecord } from './live-record.ts';
import { Owner } from './owner.ts';
import type { Lent } from './page-bench.ts';
import { SameCuff } from './same-cuff.ts';
import { Stopper, stopWords } from './stopper.ts';
import { ELSEWHERE, notTaken, PageFailure, type Trouble, trouble, troubleOf } from './troubles.ts';

export interface Seen {
  readonly state: State;
  /** `Date.now()` when it came. */
  readonly atMs: number;
}

/** Named in messages of the tools. */
const PORT = 'the chosen port';
/** A vented cuff is asked so often, ms. */
const REST_MS = 1000;
/** A lost cuff is looked for so often, ms. */
const BACK_MS = 1000;
const HANDOVER_MS = 1000;
/** A board that restarts is looked for so many times. */
const RESTART_TRIES = 20;

export class CuffClient {
  readonly connection = signal<Connection>({ at: 'off' });
  readonly seen = signal<Seen | undefined>(undefined);
  readonly record = new LiveRecord();
  /** Counts the changes of `record`. */
  readonly recorded = signal(0);
  /** What the tab that has the cuff says, where another has it. */
  readonly elsewhere: Elsewhere;
  /** Goes up when another cuff answers than before, or one that may be another: what was said of the one before is not true of it. */
  readonly met = signal(0);
  readonly stopper: Stopper;
  readonly line: Line;
  readonly #device: Device;
  readonly #owner: Owner;
  /** A loop of an earlier connection ends when it sees another number here. */
  #generation = 0;
  readonly #same = new SameCuff();
  readonly #jobs = new Jobs();
  /** The connection that was ended last is closed. */
  #ending: Promise<void> | undefined;
  #wake: () => void = () => {};

  constructor(browser: PageBrowser) {
    this.#device = new Device(browser.serial, browser.bluetooth, () => this.#wake());
    this.line = new Line((events) => this.#device.open(events));
    this.stopper = new Stopper((text) => this.line.urgent(text));
    this.line.onText = (text) => this.stopper.heard(text);
    this.stopper.onState = (state) => {
      this.seen.value = { state, atMs: Date.now() };
    };
    this.line.onOpen = () => this.stopper.opened();
    this.#owner = new Owner(browser.locks, browser.channel, () => ({
      words: stopWords(this.stopper.state.value),
      stops: this.stopper.isActive,
      kind: kindOf(this.connection.value),
    }));
    this.elsewhere = new Elsewhere(() => this.#owner.askStop());
    this.#owner.onRobbed = () => void this.#robbed();
    this.#owner.onStop = () => this.stop();
    this.#owner.onTold = (told) => this.elsewhere.heard(told);
    this.#owner.onGone = () => this.elsewhere.lost();
    this.stopper.state.subscribe(() => this.#owner.tell());
  }

  /** Must be called from a click. `all`: every port is offered, not only those of known boards. `steal`: from another tab. */
  async connect(kind: Kind, how: { readonly all?: boolean; readonly steal?: boolean } = {}): Promise<void> {
    if (this.connection.value.at === 'working') return;
    const generation = ++this.#generation;
    const choose = (): Promise<void> => this.#device.choose(kind, how.all === true);
    this.#happens({ is: 'connect', kind });
    try {
      // nothing is taken from another tab before there is a device to go on with
      if (how.steal === true) await choose().catch(notTaken);
      if (!(await this.#owner.take(how.steal === true))) throw new PageFailure('other-tab');
      this.elsewhere.forget();
      if (how.steal !== true) await choose();
      this.#same.chosen();
      // the tab that had the cuff needs a moment to close it
      if (how.steal === true) await pause(HANDOVER_MS);
      await this.#meet(generation);
    } catch (error) {
      await this.#end({ is: 'ended', trouble: troubleOf(error) });
    }
  }

  async disconnect(): Promise<void> {
    await this.#end({ is: 'disconnected' });
    this.stopper.letGo();
  }

  /** Another tab has the cuff. */
  get isElsewhere(): boolean {
    const now = this.connection.value;
    return now.at === 'off' && now.trouble !== undefined && ELSEWHERE.includes(now.trouble.kind);
  }

  /** Ends whatever the page does, and stops the cuff. */
  stop(): void {
    if (this.isElsewhere) this.elsewhere.ask();
    else this.stopper.press();
    if (this.#at === 'working') this.line.interrupt();
  }

  /** Asks the cuff something, after what is being asked. Rejects as the link does, and when the connection ends before its turn. */
  ask<T>(work: (link: CuffLink) => Promise<T>): Promise<T> {
    if (this.connection.value.at !== 'ready') return Promise.reject(notConnected());
    const asked = this.#jobs.add(work);
    this.#wake();
    return asked;
  }

  /** Lends the line to a tool. What goes wrong is shown, and given as undefined. The board is met anew afterwards. */
  async work<T>(
    work: Work,
    run: (open: OpenWire, port: string, lent: Lent) => Promise<T>,
  ): Promise<T | undefined> {
    this.#happens({ is: 'work', work });
    if (this.connection.value.at !== 'working') return undefined;
    const mine = ++this.#generation;
    this.#jobs.drop();
    this.stopper.unwatched();
    const { result, failed } = await run(this.line.open, PORT, this.#lent(mine)).then(
      (done) => ({ result: done, failed: undefined }),
      (error: unknown) => ({ result: undefined, failed: this.#failure(error) }),
    );
    const isLeft = mine !== this.#generation;
    if (isLeft) await this.#ending;
    if (failed === undefined) this.#happens({ is: 'worked' });
    else if (!isLeft) this.#happens({ is: 'worked', trouble: failed });
    else if (failed.kind === 'not-finished') this.#happens({ is: 'left', trouble: failed });
    await this.stopper.over();
    this.line.resume();
    if (!isLeft && this.#at === 'opening') void this.#meetAgain();
    return result;
  }

  /** What a tool throws that was ended is no news, unless it says so itself. */
  #failure(error: unknown): Trouble {
    const isNews = error instanceof PageFailure || !this.line.isInterrupted;
    return isNews ? troubleOf(error) : trouble('stopped');
  }

  #lent(mine: number): Lent {
    return {
      isEnded: () => this.line.isInterrupted,
      again: async () => {
        await this.stopper.over();
        if (mine !== this.#generation) throw new PageFailure('stopped');
        this.line.resume();
      },
    };
  }

  /** A trouble was read. */
  dismiss(): void {
    this.connection.value = dismissed(this.connection.value);
  }

  get #at(): Connection['at'] {
    return this.connection.value.at;
  }

  #happens(event: Happening): void {
    this.connection.value = next(this.connection.value, event);
  }

  /** Asks who is there, and watches it from then on. Rejects where it cannot. */
  async #meet(generation: number): Promise<void> {
    try {
      const link = await CuffLink.open(this.line.open, PORT);
      if (generation !== this.#generation) return await link.close();
      this.#meets(link.hello.serial);
      this.#happens({ is: 'answered', hello: link.hello });
      void this.#watch(link, generation);
    } catch (error) {
      if (!(error instanceof ConsoleOpen)) throw error;
      if (generation !== this.#generation) return;
      this.#meets('');
      this.#happens({ is: 'console', mode: error.mode });
    }
  }

  /** `serial`: '' = it does not say: a console, or an older firmware. */
  #meets(serial: string): void {
    if (this.#same.meets(serial)) return;
    this.record.clear();
    this.recorded.value++;
    this.seen.value = undefined;
    this.met.value++;
  }

  /** Until it answers, or the reader does something else. A restart takes seconds; what was lost is waited for as long as it takes. */
  async #meetAgain(): Promise<void> {
    const generation = ++this.#generation;
    for (let tries = 1; generation === this.#generation; tries++) {
      try {
        return await this.#meet(generation);
      } catch (error) {
        if (generation !== this.#generation) return;
        if (this.connection.value.at !== 'lost' && tries >= RESTART_TRIES)
          return await this.#end({ is: 'ended', trouble: troubleOf(error) });
      }
      await this.#rest(BACK_MS);
    }
  }

  async #watch(link: CuffLink, generation: number): Promise<void> {
    try {
      while (generation === this.#generation) {
        await this.stopper.over();
        await this.#jobs.next(link);
        if (Date.now() - (this.seen.value?.atMs ?? 0) >= REST_MS || this.#jobs.isEmpty)
          await this.#look(link);
      }
      await link.close();
    } catch (error) {
      await link.close();
      if (generation !== this.#generation) return;
      this.record.broken();
      this.#jobs.drop();
      this.stopper.unwatched();
      this.#happens({ is: 'lost', why: (error as Error).message });
      void this.#meetAgain();
    }
  }

  async #look(link: CuffLink): Promise<void> {
    const state = await link.state();
    this.seen.value = { state, atMs: Date.now() };
    this.stopper.saw(state);
    if (isPressurePhase(state.phase) && link.hello.link >= 2) {
      for (const frame of await link.live()) this.record.frame(frame, Date.now(), link.hello.periodMs);
    } else {
      this.record.state(state, Date.now());
      if (this.#jobs.isEmpty) await this.#rest(REST_MS);
    }
    this.recorded.value++;
  }

  /** Waits, until something is to be done. */
  async #rest(ms: number): Promise<void> {
    await Promise.race([
      pause(ms),
      new Promise<void>((resolve) => {
        this.#wake = resolve;
      }),
    ]);
  }

  /** Another tab has taken the cuff; a STOP that has not got through is its now. */
  async #robbed(): Promise<void> {
    await this.#end({ is: 'ended', trouble: trouble('taken-over') });
    if (this.stopper.isActive) this.stop();
  }

  #end(event: Happening): Promise<void> {
    this.#ending = this.#close(event);
    return this.#ending;
  }

  async #close(event: Happening): Promise<void> {
    this.#generation++;
    this.#jobs.drop();
    this.#wake();
    if (this.connection.value.at === 'working') this.line.interrupt();
    await this.line.close();
    this.stopper.unwatched();
    this.#owner.release();
    this.#happens(event);
  }
}

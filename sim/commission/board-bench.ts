/**
 * The bench on a real device: service mode over its console, its runs over its link. The person opens service mode, presses the button and reads
 * the gauge; nothing here can start a run.
 */
import { VENTED_MMHG } from '../../src/limits.ts';
import { isPressurePhase, PHASE_DONE, PHASE_IDLE } from '../../src/phases.ts';
import {
  INHIBIT_SENSOR,
  INHIBIT_STOP_UNTRIED,
  INHIBIT_ZERO,
  INHIBIT_ZERO_RANGE,
} from '../../src/safety/inhibits.ts';
import { defaultSettings } from '../../src/settings.ts';
import type { Conversation } from '../../tools/board/conversation.ts';
import type { Hello, LiveFrame, State } from '../../tools/board/frames.ts';
import { openBoard, pause, type WantedBoard } from '../../tools/board/open-board.ts';
import type { OpenWire } from '../../tools/board/wire.ts';
import type { DrivePins } from '../../tools/build/drive-pins.ts';
import { CuffLink } from '../../tools/cuff/cuff-link.ts';
import { COMMISSIONED_TEXT, keptTexts } from '../../tools/cuff/kept.ts';
import { traceOfStore } from '../tune/trace.ts';
import type { Bench, Person, Place, Question, RunSeen, ServiceConsole } from './bench.ts';
import { type Borrowed, borrow, giveBack } from './borrowed.ts';
import { type Earlier, HEAT_S } from './lines.ts';
import { ORDERS } from './orders.ts';
import { JOLT_PINS } from './pins.ts';
import { earlierOf, keptReport } from './record.ts';
import { coilSeconds, isOver, paceTold, restingRail, whyNot } from './seen-on-link.ts';

const POLL_MS = 250;
const PATIENCE_S = 180;
/** A watchdog of a second has bitten by then, and the image is up. */
const RESET_MS = 6000;
const SERVICE_RESTART = '\x10clearInterval();E.enableWatchdog(1,false)\n';

export interface BoardBenchOptions {
  readonly open: OpenWire;
  readonly port: string;
  readonly board: WantedBoard;
  /** Outputs of the board; the reference board's when left out. */
  readonly pins?: DrivePins;
  readonly person: Person;
  /** Breaks it off at the next question or look at the device. */
  readonly signal?: AbortSignal;
}

export class BoardBench implements Bench {
  readonly #options: BoardBenchOptions;
  /** What the device is to have back: the run, and a pressure that belongs to nobody, are in the place of the wearer's own. */
  #own: Borrowed | undefined;
  /** As the device has called itself last; undefined before it was heard. */
  who: Hello | undefined;
  minRailMv = defaultSettings().minRailMv;
  minStartMv = defaultSettings().minStartMv;

  constructor(options: BoardBenchOptions) {
    this.#options = options;
  }

  get borrowed(): boolean {
    return this.#own !== undefined;
  }

  get pins(): DrivePins {
    return this.#options.pins ?? JOLT_PINS;
  }

  say(text: string): void {
    this.#options.person.say(text);
  }

  yes(id: Question, text: string): Promise<boolean> {
    this.#options.signal?.throwIfAborted();
    return this.#options.person.yes(id, text);
  }

  number(id: Question, text: string): Promise<number> {
    this.#options.signal?.throwIfAborted();
    return this.#options.person.number(id, text);
  }

  /** Who this is, and what of an earlier report still holds. A board whose console is open cannot say it. */
  async earlier(): Promise<Earlier> {
    return await this.#linked(async (link) =>
      earlierOf(keptReport(await link.text(COMMISSIONED_TEXT)), link.hello),
    );
  }

  /** Puts the run and what it is planned with on the device. `restart`: the image runs afterwards. */
  async prepare(restart: boolean): Promise<void> {
    await this.#inConsole(async (conversation) => {
      this.#own = await borrow(conversation);
      this.minRailMv = this.#own.settings.minRailMv;
      this.minStartMv = this.#own.settings.minStartMv;
      if (restart) await this.#restart(conversation);
    });
  }

  /** Gives settings and protocol back as they were, and leaves `text` on the device. */
  async finish(text: string): Promise<void> {
    const own = this.#own;
    if (own === undefined) return;
    await this.#inConsole(async (conversation) => {
      await giveBack(conversation, own, text);
      this.#own = undefined;
      await this.#restart(conversation);
    });
  }

  async #restart(conversation: Conversation): Promise<void> {
    conversation.send(SERVICE_RESTART);
    await pause(RESET_MS);
  }

  async #inConsole<T>(work: (conversation: Conversation) => Promise<T>): Promise<T> {
    const { open, port, board } = this.#options;
    const { conversation } = await openBoard({
      open,
      port,
      board,
      waitS: PATIENCE_S,
      say: (text) => this.say(text),
    });
    try {
      return await work(conversation);
    } finally {
      await conversation.close();
    }
  }

  async inService<T>(work: (console: ServiceConsole) => Promise<T>): Promise<T> {
    return await this.#inConsole(
      async (conversation) =>
        await work({
          ask: (expression) => conversation.ask(expression),
          wait: pause,
          hasReset: async () => {
            await pause(RESET_MS);
            await conversation.close();
            return await this.#isFresh();
          },
        }),
    );
  }

  /** The image runs, and has not for long: the chip has reset. */
  async #isFresh(): Promise<boolean> {
    try {
      return await this.#linked(async (link) => link.hello.poweredS < 30);
    } catch {
      return false;
    }
  }

  /** `runs`: the device may make its run, as long as this program lives. */
  async #linked<T>(work: (link: CuffLink) => Promise<T>, runs = false): Promise<T> {
    const link = await CuffLink.open(this.#options.open, this.#options.port);
    this.who = link.hello;
    try {
      if (runs) link.holdBench();
      return await work(link);
    } finally {
      await link.close();
    }
  }

  #running<T>(work: (link: CuffLink) => Promise<T>): Promise<T> {
    return this.#linked(work, true);
  }

  async #until(link: CuffLink, reached: (state: State) => boolean): Promise<State | undefined> {
    const until = Date.now() + PATIENCE_S * 1000;
    while (Date.now() < until) {
      this.#options.signal?.throwIfAborted();
      const state = await link.state();
      if (reached(state)) return state;
      await pause(POLL_MS);
    }
    return undefined;
  }

  async rest(): Promise<number> {
    this.say('Hose open, cuff and bottle off.');
    return await this.#linked(async (link) => {
      const refused = INHIBIT_SENSOR + INHIBIT_ZERO + INHIBIT_ZERO_RANGE;
      const state = await this.#until(link, (s) => s.phase === PHASE_IDLE && (s.inhibits & refused) === 0);
      return state?.mmHg ?? Number.NaN;
    });
  }

  async stop(): Promise<number> {
    return await this.#running(async (link) => {
      await this.#tryStop(link);
      this.say(
        'Hose, sense line, second gauge and relief valve on the bottle. Press the training button once, and press it AGAIN when you are told.',
      );
      const filled = await this.#until(link, (s) => isOver(s) || s.mmHg >= 30);
      if (filled === undefined || isOver(filled)) {
        this.say(`  It did not fill: ${await whyNot(link)}`);
        return Number.NaN;
      }
      this.say('Press the training button NOW.');
      const stopped = await this.#until(link, (s) => !isPressurePhase(s.phase));
      const at = Date.now();
      const empty = await this.#until(link, (s) => s.mmHg <= VENTED_MMHG);
      const seconds = (Date.now() - at) / 1000;
      this.say('Hold the training button 2 s: that ends the session.');
      await this.#until(link, (s) => s.phase === PHASE_IDLE || s.phase === PHASE_DONE);
      return stopped === undefined || empty === undefined ? Number.NaN : seconds;
    });
  }

  /** A STOP that is fitted has to be pushed once after each power-up, or nothing starts. */
  async #tryStop(link: CuffLink): Promise<void> {
    if (((await link.state()).inhibits & INHIBIT_STOP_UNTRIED) === 0) return;
    this.say('Push STOP once and let it go: it has not been tried since the power came.');
    await this.#until(link, (s) => (s.inhibits & INHIBIT_STOP_UNTRIED) === 0);
  }

  /** Asked again until it is low enough, or nobody has a lower one. */
  async lowestRail(mostMv: number): Promise<number> {
    const most = (mostMv / 1000).toFixed(2);
    for (;;) {
      const fitted = await this.yes(
        'low-fitted',
        `Fit the emptiest battery with which the device still starts, and nothing else at the motor (USB power jumper off): at most ${most} V at rest. Is it fitted?`,
      );
      if (!fitted) return Number.NaN;
      const mv = await this.#linked((link) => restingRail(link, this.#options.person));
      if (!(mv > mostMv)) return mv;
      this.say(`${(mv / 1000).toFixed(2)} V at the motor rail: too much, at most ${most} V.`);
    }
  }

  /** Runs on the bottle, one after the other, until the coil was on for long enough; the one that is judged comes right after. */
  async heat(): Promise<number> {
    let onS = 0;
    while (onS < HEAT_S) {
      const more = await this.#heatingRun(`The valve has been on for ${Math.round(onS)} of ${HEAT_S} s.`);
      if (!(more > 0)) return onS;
      onS += more;
    }
    return onS;
  }

  /** Seconds for which the coil was on in one run, by the live frames that came; 0 = it did not come to its end. */
  async #heatingRun(said: string): Promise<number> {
    return await this.#running(async (link) => {
      await this.#until(link, (s) => s.phase === PHASE_IDLE);
      await this.#tryStop(link);
      this.say(`${said} All on the bottle as before. Press the training button once.`);
      const begun = await this.#until(link, (s) => isPressurePhase(s.phase));
      if (begun === undefined) return 0;
      const frames = await this.#watch(link);
      const ended = await this.#until(link, isOver);
      return ended?.phase === PHASE_DONE ? coilSeconds(frames, link.hello.periodMs) : 0;
    });
  }

  async run(place: Place): Promise<RunSeen> {
    return await this.#running(async (link) => {
      await this.#until(link, (s) => s.phase === PHASE_IDLE);
      await this.#tryStop(link);
      this.say(ORDERS[place]);
      const begun = await this.#until(link, (s) => isPressurePhase(s.phase));
      if (begun === undefined) return { trace: undefined, problem: await whyNot(link) };
      const rails = (await this.#watch(link)).map((frame) => frame.railMv);
      const ended = await this.#until(link, isOver);
      if (ended?.phase !== PHASE_DONE) return { trace: undefined, problem: await whyNot(link) };
      await pause(2000); // the black box is written after the session, a part a tick
      const trace = { ...traceOfStore(await keptTexts(link, () => {}), place), railMv: rails };
      return { trace, problem: undefined, pace: await paceTold(link) };
    });
  }

  /** The live frames, until the run is over. */
  async #watch(link: CuffLink): Promise<LiveFrame[]> {
    const seen: LiveFrame[] = [];
    for (;;) {
      this.#options.signal?.throwIfAborted();
      const frames = await link.live();
      seen.push(...frames);
      if (frames.length === 0 && isOver(await link.state())) return seen;
    }
  }
}

/**
 * A running cuff at the other end of a wire. It asks, sets the date and stops; there is no way in it to start, raise or loosen anything, as
 * the firmware has no frame for that.
 */

import { LIVE_CREDIT } from '../../src/link/link-state.ts';
import { Conversation, WireEnded } from '../board/conversation.ts';
import {
  ALL_TAKEN,
  answerIn,
  askAfresh,
  framesIn,
  type Hello,
  helloIn,
  type LiveFrame,
  pieceIn,
  STOP_TEXT,
  type State,
  saysEmpty,
  stateIn,
} from '../board/frames.ts';
import { identify } from '../board/identify.ts';
import { pause } from '../board/open-board.ts';
import type { OpenWire } from '../board/wire.ts';
import { ConsoleOpen, linkLost, noAnswer, noCuff, notConfirmed, oldFirmware } from './failures.ts';

/** Two answers come at least 0.45 s apart, in a round of four ticks. */
const ANSWER_MS = 1500;
const TRIES = 3;
/** STOP is sent again so often, ms, and for so long. */
const STOP_EVERY_MS = 300;
const STOP_FOR_MS = 45_000;
/** Two live frames take 1.6 s, and longer at a longer period. */
const LIVE_MS = 3500;
/** How often a commissioning says that it goes on, ms: six times in a lease (src/session/bench-lease.ts). */
const BENCH_EVERY_MS = 500;
/** First version of the link that knows of it. */
const BENCH_LINK = 5;
/** What a frame without hello is called. */
const UNKNOWN_HELLO: Hello = {
  link: 1,
  periodMs: 50,
  settingsVersion: 0,
  railMv: 0,
  poweredS: 0,
  board: '',
  sensor: '',
  serial: '',
  version: 'before 0.2',
};

export class CuffLink {
  readonly port: string;
  /** What the cuff said of itself; `link` 1 = an older firmware, which says nothing. */
  readonly hello: Hello;
  readonly #talk: Conversation;
  /** Bytes that the cuff was told to have come over, of all that have. */
  #told = 0;
  #unanswered = false;
  #bench: ReturnType<typeof setInterval> | undefined;

  private constructor(port: string, talk: Conversation, hello: Hello) {
    this.port = port;
    this.#talk = talk;
    this.hello = hello;
  }

  /** Opens `port` and asks who is there. Rejects with what stands in the way. */
  static async open(open: OpenWire, port: string): Promise<CuffLink> {
    const talk = await Conversation.open(open, port);
    try {
      const hello = await whoIs(talk, port);
      return new CuffLink(port, talk, hello);
    } catch (error) {
      await talk.close();
      throw error instanceof WireEnded ? linkLost('asking who is there', error.message) : error;
    }
  }

  close(): Promise<void> {
    clearInterval(this.#bench);
    return this.#talk.close();
  }

  /** Says from now on that somebody commissions this build: until `close`, or until this program ends in whatever way. */
  holdBench(): void {
    if (this.hello.link < BENCH_LINK) throw oldFirmware(this.hello.version, 'this commissioning');
    const say = (): void => {
      if (!this.#talk.ended) this.#talk.send('\n~C\n');
    };
    say();
    this.#bench = setInterval(say, BENCH_EVERY_MS);
  }

  state(): Promise<State> {
    return this.#ask('?', (heard) => stateIn(heard), 'asking for its state');
  }

  /** Answer to a question of one letter, without its letter. */
  question(letter: 'L' | 'N' | 'E' | 'V' | 'P'): Promise<string> {
    if (letter === 'E') this.#needs('the numbers of a trip');
    return this.#ask(letter, (heard) => answerIn(heard, letter), `asking ~${letter}`);
  }

  /** Motor rail, mV, and the rest of the hello as it is now. */
  greet(): Promise<Hello> {
    this.#needs('this');
    return this.#ask('H', helloIn, 'asking who it is');
  }

  /** Sets the date; the firmware believes 2025 to 2100. */
  async date(seconds: number): Promise<void> {
    this.#send(`\n~D${Math.round(seconds)}\n`, 'setting the date');
    const told = await this.question('N');
    const dateS = Number(told.split(',')[1]);
    if (!(Math.abs(dateS - seconds) < 10)) throw noAnswer('setting the date');
  }

  /** STOP, again and again until the cuff says that it is empty. Rejects with what to do by hand where it does not. */
  async stop(): Promise<State> {
    const until = Date.now() + STOP_FOR_MS;
    const again = setInterval(() => {
      if (!this.#talk.ended) this.#talk.send('\n~S\n');
    }, STOP_EVERY_MS);
    let last: State | undefined;
    try {
      do {
        last = (await this.#exchange(STOP_TEXT, stateIn, ANSWER_MS, 'stopping')) ?? last;
        if (last !== undefined && saysEmpty(last)) return last;
        await pause(STOP_EVERY_MS);
      } while (Date.now() < until);
    } finally {
      clearInterval(again);
    }
    throw notConfirmed(last?.mmHg ?? Number.NaN);
  }

  /** The next live frames under pressure; none on a vented cuff. */
  async live(): Promise<LiveFrame[]> {
    this.#needs('live readings');
    let frames: LiveFrame[] = [];
    const enough = (heard: string): true | undefined => {
      frames = framesIn(heard);
      return frames.length >= LIVE_CREDIT ? true : undefined;
    };
    await this.#exchange(`~T${this.#taken()}\n`, enough, LIVE_MS, 'watching');
    return frames;
  }

  /** Kept text `number` (src/link/kept-texts.ts), undefined where there is none. */
  async text(number: number): Promise<string | undefined> {
    this.#needs('reading its log');
    let text = '';
    for (;;) {
      const from = text.length;
      const piece = await this.#ask(
        `R${number},${from}`,
        (heard) => pieceIn(heard, number, from),
        'reading its log',
      );
      if (piece.total < 0) return undefined;
      text += piece.piece;
      if (text.length >= piece.total) return text;
      if (piece.piece === '') throw noAnswer('reading its log');
    }
  }

  /** What this side has read since it last told, for a question to tell. After one that nothing answered: all there can be. */
  #taken(): string {
    if (this.hello.link < 4) return '';
    const { received } = this.#talk;
    const since = received - this.#told;
    this.#told = received;
    return String(this.#unanswered ? ALL_TAKEN : Math.min(since, ALL_TAKEN));
  }

  #needs(what: string): void {
    if (this.hello.link < 2) throw oldFirmware(this.hello.version, what);
  }

  #send(text: string, doing: string): void {
    try {
      this.#talk.send(text);
    } catch (error) {
      throw error instanceof WireEnded ? linkLost(doing, error.message) : error;
    }
  }

  async #exchange<T>(
    text: string,
    found: (heard: string) => T | undefined,
    ms: number,
    doing: string,
  ): Promise<T | undefined> {
    try {
      const answer = await this.#talk.exchange(text, found, ms);
      this.#unanswered = answer === undefined;
      return answer;
    } catch (error) {
      throw error instanceof WireEnded ? linkLost(doing, error.message) : error;
    }
  }

  async #ask<T>(frame: string, found: (heard: string) => T | undefined, doing: string): Promise<T> {
    for (let k = 0; k < TRIES; k++) {
      const taken = this.#taken();
      const comma = frame.includes(',') && taken !== '' ? ',' : '';
      const answer = await this.#exchange(`\n~${frame}${comma}${taken}\n`, found, ANSWER_MS, doing);
      if (answer !== undefined) return answer;
    }
    throw noAnswer(doing);
  }
}

/** Hello first; then as an older firmware is asked; only then the console, which may belong to anything. */
async function whoIs(talk: Conversation, port: string): Promise<Hello> {
  const hello =
    (await talk.exchange(askAfresh('H'), helloIn, ANSWER_MS)) ??
    (await talk.exchange(askAfresh('H'), helloIn, ANSWER_MS));
  if (hello !== undefined) return hello;
  const who = await identify(talk);
  if (who.kind === 'console') throw new ConsoleOpen(port, who.mode);
  if (who.kind === 'silent') throw noCuff(port, who.heard);
  const version = await talk.exchange(askAfresh('V'), (heard) => answerIn(heard, 'V'), ANSWER_MS);
  return { ...UNKNOWN_HELLO, version: version ?? UNKNOWN_HELLO.version };
}

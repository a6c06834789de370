/**
 * Questions to a board's console, each answered before the next is sent. A line is numbered, its answer carries the number, and
 * what else comes over the line is ignored: noise costs a repeat, never a wrong answer.
 */
import type { OpenWire, Wire } from './wire.ts';

/** The board has thrown; `message` is what it said. */
export class BoardThrew extends Error {}
/** No answer in time; `heard` is what came instead. */
export class NoAnswer extends Error {
  readonly heard: string;
  constructor(heard: string) {
    super('no answer');
    this.heard = heard;
  }
}
/** The other side has gone. */
export class WireEnded extends Error {}

const KEPT = 100_000;
const CTRL_C = '\x03';

export class Conversation {
  readonly port: string;
  #wire: Wire | undefined;
  #heard = '';
  #received = 0;
  #ended: string | undefined;
  #number = 0;
  #wake: () => void = () => {};

  private constructor(port: string) {
    this.port = port;
  }

  static async open(open: OpenWire, port: string): Promise<Conversation> {
    const conversation = new Conversation(port);
    conversation.#wire = await open(port, {
      onText: (text) => {
        conversation.#received += text.length;
        conversation.#heard = (conversation.#heard + text).slice(-KEPT);
        conversation.#wake();
      },
      onEnd: (why) => {
        conversation.#ended = why;
        conversation.#wake();
      },
    });
    return conversation;
  }

  /** What has come since the last question. */
  get heard(): string {
    return this.#heard;
  }

  /** Bytes that have come so far. */
  get received(): number {
    return this.#received;
  }

  get ended(): boolean {
    return this.#ended !== undefined;
  }

  async close(): Promise<void> {
    await this.#wire?.close();
  }

  send(text: string): void {
    if (this.#ended !== undefined) throw new WireEnded(this.#ended);
    this.#wire?.send(text);
  }

  /** Forget what was heard, send `text`, and wait until `found` gives something. Undefined when the time is over. */
  async exchange<T>(
    text: string,
    found: (heard: string) => T | undefined,
    ms: number,
  ): Promise<T | undefined> {
    this.#heard = '';
    this.send(text);
    const until = Date.now() + ms;
    for (;;) {
      const result = found(this.#heard);
      if (result !== undefined) return result;
      if (this.#ended !== undefined) throw new WireEnded(this.#ended);
      const left = until - Date.now();
      if (left <= 0) return undefined;
      await this.#news(left);
    }
  }

  /**
   * The value of `expression` on the board, as JSON brings it over. `tries` sends it again when no answer comes within `ms`;
   * each further try breaks a half line off with Ctrl-C first, so the expression must stand being evaluated twice.
   */
  async ask(expression: string, ms = 4000, tries = 1): Promise<unknown> {
    let threw: BoardThrew | undefined;
    for (let k = 0; k < tries; k++) {
      try {
        const answer = await this.#askOnce(expression, ms, k > 0);
        if (answer !== undefined) return answer.value;
      } catch (error) {
        // A garbled line throws too: only the last word counts.
        if (!(error instanceof BoardThrew)) throw error;
        threw = error;
      }
    }
    throw threw ?? new NoAnswer(this.#heard);
  }

  async #askOnce(expression: string, ms: number, clear: boolean): Promise<{ value: unknown } | undefined> {
    const n = ++this.#number + 1000;
    // The number is worked out on the board: an echo of the line is not taken for its answer.
    const mark = `(${n - 1}+1)+" "`;
    const line = `\x10try{print("~"+${mark}+JSON.stringify(${expression}))}catch(e){print("!"+${mark}+e)}\n`;
    return await this.exchange(clear ? `${CTRL_C}${line}` : line, (heard) => answerIn(heard, n), ms);
  }

  #news(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

/** A whole answer number `n` in `heard`; a garbled one counts as none. */
function answerIn(heard: string, n: number): { value: unknown } | undefined {
  const match = new RegExp(`([~!])${n} ([^\\r\\n]*)\\r?\\n`).exec(heard);
  if (match === null) return undefined;
  const text = match[2] ?? '';
  if (match[1] === '!') throw new BoardThrew(text);
  if (text === 'undefined') return { value: undefined };
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}

/** Errors that the interpreter printed on its own. */
export function printedError(heard: string): string | undefined {
  return /^.*(?:Uncaught|Error:|ERROR:|OUT OF MEMORY|Execution Interrupted).*$/m.exec(heard)?.[0]?.trim();
}

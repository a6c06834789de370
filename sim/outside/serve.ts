/** Lines in, answers out, until the plant ends the run, dies, stalls or talks nonsense; whatever happens, the last answer vents. */
import type { Readable, Writable } from 'node:stream';
import { version } from '../output/version.ts';
import { OutsideFirmware } from './firmware.ts';
import {
  type Answer,
  BadLine,
  type Hello,
  MAX_LINE,
  parseHello,
  parseSample,
  type Sample,
  VENTED,
} from './messages.ts';

export interface Outcome {
  /** null = the plant ended the run itself. */
  readonly error: string | null;
  readonly answers: number;
  /** Trip that was latched, in words; null = none. */
  readonly trip: string | null;
}

export interface ServeOptions {
  /** How long a line may take, ms. */
  readonly timeoutMs: number;
  /** Called after each answer, with the line that it answers. */
  readonly onAnswer?: (hello: Hello, sample: Sample, answer: Answer) => void;
}

/** One run as a machine that eats lines. */
class Conversation {
  readonly #options: ServeOptions;
  #firmware: OutsideFirmware | null = null;
  answers = 0;
  trip: string | null = null;

  constructor(options: ServeOptions) {
    this.#options = options;
  }

  /** The answer to a line: null = none is due, 'end' = the run is over. Throws BadLine. */
  take(line: string): Answer | null | 'end' {
    if (this.#firmware === null) {
      this.#firmware = new OutsideFirmware(parseHello(line), version());
      return null;
    }
    const sample = parseSample(line);
    if (sample === null) return 'end';
    const answer = this.#firmware.answer(sample);
    this.answers++;
    if (answer.trip !== undefined) this.trip = `${answer.trip}: ${answer.why ?? ''}`;
    this.#options.onAnswer?.(this.#firmware.hello, sample, answer);
    return answer;
  }
}

/** Serves one run on a pair of streams. Never rejects: what goes wrong is in the outcome. */
export function serve(input: Readable, output: Writable, options: ServeOptions): Promise<Outcome> {
  return new Promise((resolve) => {
    const talk = new Conversation(options);
    let rest = '';
    let over = false;
    let timer: NodeJS.Timeout | undefined;

    const finish = (error: string | null): void => {
      if (over) return;
      over = true;
      clearTimeout(timer);
      input.removeAllListeners('data');
      input.pause();
      const last = error === null ? null : `${JSON.stringify({ ...VENTED, error })}\n`;
      const done = (): void => resolve({ error, answers: talk.answers, trip: talk.trip });
      if (last === null || !output.writable) done();
      else output.write(last, done);
    };

    const wait = (): void => {
      clearTimeout(timer);
      const seconds = options.timeoutMs / 1000;
      timer = setTimeout(() => finish(`the plant sent no line for ${seconds} s; vented`), options.timeoutMs);
    };

    const lineIn = (line: string): void => {
      if (over || line.trim() === '') return;
      try {
        const answer = talk.take(line);
        if (answer === 'end') finish(null);
        else if (answer !== null) output.write(`${JSON.stringify(answer)}\n`);
      } catch (error) {
        const said = (error as Error).message;
        finish(error instanceof BadLine ? said : `the firmware failed: ${said}`);
      }
    };

    input.setEncoding('utf8');
    input.on('data', (chunk: string) => {
      rest += chunk;
      for (let end = rest.indexOf('\n'); end >= 0 && !over; end = rest.indexOf('\n')) {
        const line = rest.slice(0, end);
        rest = rest.slice(end + 1);
        wait();
        lineIn(line);
      }
      if (rest.length > MAX_LINE)
        finish(`a line of more than ${MAX_LINE} characters; send one JSON object a line`);
    });
    input.on('end', () => finish('the plant closed without {"end":1}; vented'));
    input.on('error', (error) => finish(`reading from the plant failed: ${error.message}`));
    output.on('error', (error) => finish(`the plant reads no answers: ${error.message}`));
    wait();
  });
}

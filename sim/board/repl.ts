/** The console's line editor, as far as uploads need it: lines, Ctrl-C, and 0x10, which turns the echo off for a line. */
export class Repl {
  readonly #evaluate: (line: string) => unknown;
  readonly #print: (text: string) => void;
  #line = '';
  #echo = true;

  constructor(evaluate: (line: string) => unknown, print: (text: string) => void) {
    this.#evaluate = evaluate;
    this.#print = print;
  }

  receive(bytes: string): void {
    for (const c of bytes) this.#key(c);
  }

  #key(c: string): void {
    if (c === '\x03') {
      this.#line = '';
      this.#echo = true;
    } else if (c === '\x10' && this.#line === '') this.#echo = false;
    else if (c === '\n' || c === '\r') this.#enter();
    else {
      this.#line += c;
      if (this.#echo) this.#print(c);
    }
  }

  #enter(): void {
    const line = this.#line;
    const echo = this.#echo;
    this.#line = '';
    this.#echo = true;
    if (line.trim() === '') return;
    if (echo) this.#print('\r\n');
    this.#answer(line, echo);
  }

  #answer(line: string, echo: boolean): void {
    try {
      const value = this.#evaluate(line);
      if (echo) this.#print(`=${typeof value === 'string' ? JSON.stringify(value) : String(value)}\r\n>`);
    } catch (error) {
      this.#print(
        `Uncaught ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}\r\n>`,
      );
    }
  }
}

/** Modes of a pin, the interpreter's names; 'undefined' is the state after a reset: high-Z, input buffer off. */
export type Mode =
  | 'undefined'
  | 'analog'
  | 'input'
  | 'input_pullup'
  | 'input_pulldown'
  | 'output'
  | 'opendrain'
  | 'af_output'
  | 'af_opendrain'
  | 'auto';

/** One pin: mode, output latch, PWM, what is wired to it from outside. */
export class BoardPin {
  readonly name: string;
  readonly index: number;
  mode: Mode = 'undefined';
  /** Mode was set by `pinMode`: reads and writes leave it alone. */
  manual = false;
  /** Output latch: what a plain output drives. */
  out = 0;
  /** Share of time high while the PWM unit owns the pin, -1 = it does not. */
  duty = -1;
  /** Level that something outside drives, undefined = nothing does. */
  outside: 0 | 1 | undefined;
  /** The pin drives this whatever the program says: its driver stage is broken. */
  stuck: 0 | 1 | undefined;
  /** A part that drives the pin and is asked when it is read; undefined = none. */
  source: (() => 0 | 1 | undefined) | undefined;
  /** Called after any change of what the pin drives. */
  readonly #changed: () => void;

  constructor(index: number, changed: () => void) {
    this.index = index;
    this.name = `D${index}`;
    this.#changed = changed;
  }

  toString(): string {
    return this.name;
  }

  /** State after a reset of the chip. */
  powerUp(): void {
    this.mode = 'undefined';
    this.manual = false;
    this.out = 0;
    this.duty = -1;
  }

  /** What the pin drives, 0..1; undefined = nothing (input, high-Z). */
  get drives(): number | undefined {
    if (this.stuck !== undefined) return this.stuck;
    if (this.mode === 'af_output' || (this.mode === 'output' && this.duty >= 0))
      return Math.max(0, this.duty);
    if (this.mode === 'output') return this.out;
    if (this.mode === 'opendrain') return this.out === 0 ? 0 : undefined;
    return undefined;
  }

  get level(): 0 | 1 {
    const driven = this.drives;
    if (driven !== undefined) return driven > 0 ? 1 : 0;
    const outside = this.source === undefined ? this.outside : this.source();
    if (outside !== undefined) return outside;
    return this.mode === 'input_pullup' ? 1 : 0;
  }

  setMode(mode: Mode): void {
    this.manual = mode !== 'auto';
    this.#enter(mode === 'auto' ? 'undefined' : mode);
  }

  write(value: unknown): void {
    this.out = value ? 1 : 0;
    if (!this.manual) this.#enter('output');
    else this.#changed();
  }

  set(): void {
    this.write(1);
  }

  reset(): void {
    this.write(0);
  }

  read(): 0 | 1 {
    if (!this.manual) this.#enter('input');
    return this.level;
  }

  /** What a timer task does: moves the latch, which a pin that the PWM unit owns, or an input, does not show. */
  latch(value: number): void {
    this.out = value ? 1 : 0;
    this.#changed();
  }

  pwm(duty: number): void {
    if (!this.manual) this.mode = 'output';
    this.duty = duty < 0 ? 0 : duty > 1 ? 1 : duty;
    this.#changed();
  }

  #enter(mode: Mode): void {
    this.mode = mode;
    this.duty = -1;
    this.#changed();
  }
}

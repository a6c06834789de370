/** Red, green and blue lamp and, where there is one, a buzzer. Shows what it is told; must never choose a pattern. */
import type { IndicatorPort } from '../src/ports.ts';
import { throwClosed } from './closed.ts';

export const LAMP_RED = 1;
export const LAMP_GREEN = 2;
export const LAMP_BLUE = 4;
export const BUZZER = 8;

export interface IndicatorOptions {
  /** 1 lights the lamp: where a lamp is wired to ground the interpreter negates the pin itself. */
  lamps: { red: Pin; green: Pin; blue: Pin };
  /** Without one, the buzzer bit shows on the red lamp only. */
  buzzer?: Pin | undefined;
}

/** What a `--dev` image shows where a shipped one is dark: yellow, which no pattern uses. */
export const BENCH_LAMPS = LAMP_RED + LAMP_GREEN;

export class Indicator implements IndicatorPort {
  red: Pin;
  green: Pin;
  blue: Pin;
  buzzer: Pin | undefined;
  /** Lamps shown in place of darkness. */
  dark: number;

  constructor(options: IndicatorOptions) {
    this.red = options.lamps.red;
    this.green = options.lamps.green;
    this.blue = options.lamps.blue;
    this.buzzer = options.buzzer;
    this.dark = 0;
    showLamps(this, 0);
  }

  /** Bits LAMP_* and BUZZER; the rest is ignored. */
  write(lamps: number): void {
    showLamps(this, lamps === 0 ? this.dark : lamps);
  }

  /** This is no image to wear: from now on the lamps are never dark. */
  markBench(): void {
    this.dark = BENCH_LAMPS;
    showLamps(this, this.dark);
  }

  close(): void {
    showLamps(this, 0);
    this.write = throwClosed;
  }
}

function showLamps(indicator: Indicator, lamps: number): void {
  digitalWrite(indicator.red, lamps & 1);
  digitalWrite(indicator.green, (lamps >> 1) & 1);
  digitalWrite(indicator.blue, (lamps >> 2) & 1);
  if (indicator.buzzer !== undefined) digitalWrite(indicator.buzzer, (lamps >> 3) & 1);
}

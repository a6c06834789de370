/** The progress bar and live line of a run; silent when standard error is no terminal. */
import cliProgress from 'cli-progress';
import colors from 'picocolors';
import { phaseName } from '../../src/phases.ts';
import type { Protocol } from '../../src/session/protocol.ts';
import type { Level } from '../level/level.ts';
import { clock } from '../report/figures.ts';

/** Ticks between two updates of the line. */
const EVERY = 50;

export class Live {
  readonly #bar: cliProgress.SingleBar | null;
  readonly #totalMs: number;
  readonly #endsMs: number[];
  readonly #startedAt = performance.now();
  #ticks = 0;

  constructor(protocol: Protocol, shown: boolean) {
    let sum = 0;
    this.#endsMs = protocol.steps.map((step) => {
      sum += step.ms;
      return sum;
    });
    this.#totalMs = Math.max(1, sum);
    this.#bar = shown && process.stderr.isTTY ? this.#open() : null;
  }

  #open(): cliProgress.SingleBar {
    const bar = new cliProgress.SingleBar({
      format: `${colors.cyan('{bar}')} {percentage} %  {clock}  {phase} {pressure}  {speed}`,
      barsize: 24,
      hideCursor: true,
      clearOnComplete: true,
      stream: process.stderr,
      barCompleteChar: '█',
      barIncompleteChar: '░',
    });
    bar.start(this.#totalMs, 0, { clock: '0:00', phase: '', pressure: '', speed: '' });
    return bar;
  }

  /** After every tick. */
  show(level: Level): void {
    if (this.#bar === null || this.#ticks++ % EVERY !== 0) return;
    const { view, rig } = level;
    const done = view.step < 0 ? 0 : (this.#endsMs[view.step] ?? this.#totalMs) - Math.max(0, view.leftMs);
    const real = Math.max(1, performance.now() - this.#startedAt);
    const target = view.setpoint >= 0 ? ` of ${view.setpoint.toFixed(0)}` : '';
    this.#bar.update(Math.max(0, Math.min(this.#totalMs, done)), {
      clock: clock(rig.nowMs / 1000).padStart(5),
      phase: phaseName(view.phase).padEnd(8),
      pressure: `${rig.p2.toFixed(0).padStart(3)}${target} mmHg`.padEnd(15),
      speed: `${Math.round(rig.nowMs / real)} × real time`,
    });
  }

  stop(): void {
    this.#bar?.stop();
  }
}

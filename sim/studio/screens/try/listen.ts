/**
 * The pressure as a tone, for eyes on the bench and for who cannot see the chart: at the setpoint it is an A, above it higher, below it lower; vented
 * it is silent. Each phase begins with two notes of its own.
 */
import { isPressurePhase, PHASE_TRIPPED } from '../../../../src/phases.ts';
import type { Face } from '../../engine/messages.ts';

/** At the setpoint, Hz. */
const A_HZ = 440;
/** An octave for so much of the setpoint: a tenth off is more than two semitones. */
const OCTAVE = 1 / 2;
/** Lowest and highest, octaves from the A. */
const MOST_OCTAVES = 1.5;
const LOUDNESS = 0.04;
/** A note of a phase, s. */
const NOTE_S = 0.12;
/** Two notes, as multiples of the A: up into pressure, down out of it, a fall of an octave at a trip. */
const UP = [1, 1.5] as const;
const DOWN = [1.5, 1] as const;
const ALARM = [2, 1] as const;

/** Hz; 0 = silence. */
export function toneOf({ setpoint, measuredMmHg }: Pick<Face, 'setpoint' | 'measuredMmHg'>): number {
  if (!(setpoint > 0) || !Number.isFinite(measuredMmHg)) return 0;
  const octaves = (measuredMmHg - setpoint) / setpoint / OCTAVE;
  return A_HZ * 2 ** Math.min(MOST_OCTAVES, Math.max(-MOST_OCTAVES, octaves));
}

/** The two notes with which a phase begins, Hz. */
export function notesOf(phase: number): readonly [number, number] {
  const [first, second] = phase === PHASE_TRIPPED ? ALARM : isPressurePhase(phase) ? UP : DOWN;
  return [A_HZ * first, A_HZ * second];
}

export class Listening {
  readonly #audio = new AudioContext();
  readonly #tone = this.#audio.createOscillator();
  readonly #volume = this.#audio.createGain();
  #phase = -1;
  #notesUntil = 0;

  constructor() {
    this.#volume.gain.value = 0;
    this.#tone.connect(this.#volume).connect(this.#audio.destination);
    this.#tone.start();
  }

  hear(face: Face): void {
    const now = this.#audio.currentTime;
    if (face.phase !== this.#phase) {
      this.#phase = face.phase;
      const [first, second] = notesOf(face.phase);
      this.#tone.frequency.setValueAtTime(first, now);
      this.#tone.frequency.setValueAtTime(second, now + NOTE_S);
      this.#volume.gain.setTargetAtTime(LOUDNESS, now, 0.005);
      this.#notesUntil = now + 2 * NOTE_S;
      return;
    }
    if (now < this.#notesUntil) return;
    const hz = toneOf(face);
    if (hz > 0) this.#tone.frequency.setTargetAtTime(hz, now, 0.02);
    this.#volume.gain.setTargetAtTime(hz > 0 ? LOUDNESS : 0, now, 0.01);
  }

  end(): void {
    void this.#audio.close();
  }
}

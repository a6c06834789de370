/** The device's buzzer as a tone of this computer. It sounds only where the reader has asked for it. */

/** Of a small piezo buzzer, Hz; quiet, as a share of full. */
const TONE_HZ = 2700;
const LOUDNESS = 0.05;

export class Buzzer {
  readonly #audio = new AudioContext();
  readonly #volume = this.#audio.createGain();

  constructor() {
    const tone = this.#audio.createOscillator();
    tone.type = 'square';
    tone.frequency.value = TONE_HZ;
    this.#volume.gain.value = 0;
    tone.connect(this.#volume).connect(this.#audio.destination);
    tone.start();
  }

  sound(on: boolean): void {
    this.#volume.gain.setTargetAtTime(on ? LOUDNESS : 0, this.#audio.currentTime, 0.005);
  }

  end(): void {
    void this.#audio.close();
  }
}

/** Switches the tone of the pressure on and off. It sounds only where the reader has asked for it, and while the session runs live. */
import { effect } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import { Listening } from './listen.ts';
import { face } from './model.ts';

export function ListenCard() {
  const [isOn, setIsOn] = useState(false);
  useEffect(() => {
    if (!isOn) return;
    const listening = new Listening();
    const stop = effect(() => {
      if (face.value !== null) listening.hear(face.value);
    });
    return () => {
      stop();
      listening.end();
    };
  }, [isOn]);
  return (
    <section class="card" aria-labelledby="listen-title">
      <h2 id="listen-title">Listen</h2>
      <p>
        The pressure as a tone: an A at the setpoint, higher above it, lower below it, silence when vented.
        Each phase begins with two notes: upwards into pressure, downwards out of it.{' '}
        <button type="button" aria-pressed={isOn} onClick={() => setIsOn(!isOn)}>
          Listen to the pressure
        </button>
      </p>
    </section>
  );
}

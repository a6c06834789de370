/** How service mode is opened: the person at the cuff does it, with the button. The page cannot. */
import { useEffect, useRef } from 'preact/hooks';

/** The case from above: the training button pressed, the blue lamp on. */
function Picture() {
  return (
    <svg
      class="press-picture"
      viewBox="0 0 170 110"
      role="img"
      aria-label="A finger holds the training button for 5 seconds; the blue lamp comes on and stays on."
    >
      <rect class="press-case" x="30" y="52" width="120" height="50" rx="9" />
      <circle class="press-lamp" cx="128" cy="77" r="8" />
      <rect class="press-button" x="62" y="44" width="40" height="12" rx="4" />
      <path class="press-finger" d="M68 4 h28 v26 q0 14 -14 14 q-14 0 -14 -14 z" />
      <text class="press-text" x="108" y="28">
        5 s
      </text>
    </svg>
  );
}

export function ServiceMode() {
  const place = useRef<HTMLElement>(null);
  // it is asked for at the end of a long card, and on a phone below STOP
  useEffect(() => place.current?.scrollIntoView({ block: 'center' }), []);
  return (
    <section ref={place} class="service" role="status">
      <h2>Now at the cuff: open service mode</h2>
      <div class="service-row">
        <Picture />
        <ol>
          <li>
            <strong>Take the cuff off.</strong> Strap open, cuff empty.
          </li>
          <li>Hold the training button for 5 s, until the blue lamp stays on. Let go.</li>
          <li>This page goes on by itself.</li>
        </ol>
      </div>
      <p class="faint">
        In service mode the outputs sleep and nothing can fill. It ends by itself after 10 minutes. The lamp
        stays off? Unplug the cable, hold the button, plug it in.
      </p>
    </section>
  );
}

/** What the connected cuff does, large enough to be read from the treadmill; and what it says of itself at rest. */
import { useEffect, useState } from 'preact/hooks';
import type { Hello } from '../../../../tools/board/frames.ts';
import { restLines } from '../../../../tools/cuff/at-rest.ts';
import { helloLine } from '../../../../tools/cuff/words.ts';
import { ageWords } from '../../link/connection.ts';
import { cuff } from '../../link/page-cuff.ts';
import { STALE_MS, statusWords } from '../../link/status-words.ts';

/** The clock, once a second. */
function useNow(): number {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

function AtRest({ hello, phase }: { readonly hello: Hello; readonly phase: number }) {
  const [lines, setLines] = useState<readonly string[]>([]);
  // asked anew when the phase is another
  useEffect(() => {
    let gone = false;
    cuff.ask(restLines).then(
      (said) => {
        if (!gone) setLines(said);
      },
      () => {},
    );
    return () => {
      gone = true;
    };
  }, [hello, phase]);
  return (
    <ul class="said">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}

export function StatusCard({ hello }: { readonly hello: Hello }) {
  const now = useNow();
  const seen = cuff.seen.value;
  const age = ageWords(hello);
  if (seen === undefined) return <section class="card">Asking the cuff…</section>;
  const words = statusWords(seen.state);
  const stale = now - seen.atMs > STALE_MS;
  const mmHg = Number.isFinite(seen.state.mmHg) ? String(Math.round(seen.state.mmHg)) : '–';
  return (
    <section class={`card status${stale ? ' stale' : ''}`} aria-label="What the cuff does">
      <div class="status-row">
        <p class="status-mmhg">
          {mmHg} <span>mmHg</span>
        </p>
        <div>
          <p class="status-headline">{words.headline}</p>
          <p class="status-detail">
            {words.detail}
            {stale ? ` · last seen ${Math.round((now - seen.atMs) / 1000)} s ago` : ''}
          </p>
        </div>
      </div>
      {words.inhibits.map((line) => (
        <p key={line} class="inhibit">
          {line}
        </p>
      ))}
      {age === '' ? null : <p class="inhibit">{age}</p>}
      {words.underPressure ? null : <AtRest hello={hello} phase={seen.state.phase} />}
      <p class="faint">{helloLine(hello)}</p>
    </section>
  );
}

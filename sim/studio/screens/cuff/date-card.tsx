/** The date of the cuff, for records and advice; no limit depends on it. */
import { useState } from 'preact/hooks';
import { cuff } from '../../link/page-cuff.ts';
import { troubleOf } from '../../link/troubles.ts';

export function DateCard() {
  const [said, setSaid] = useState('');
  const set = (): void => {
    const now = Date.now();
    cuff
      .ask((link) => link.date(now / 1000))
      .then(() => `Set: ${new Date(now).toLocaleString()}.`)
      .catch((error: unknown) => `${troubleOf(error).title}. Do it again when the cuff is at rest.`)
      .then(setSaid);
  };
  return (
    <details class="card">
      <summary>Date</summary>
      <p>The cuff loses the date with its power. It is for records and advice; no limit depends on it.</p>
      <div class="row">
        <button type="button" onClick={set}>
          Set it to this computer’s
        </button>
        <span role="status">{said}</span>
      </div>
    </details>
  );
}

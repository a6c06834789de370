/** A trouble as it stands on the page: what happened, what to do next, and in which state the cuff is. */
import type { ComponentChildren } from 'preact';
import type { Trouble } from '../../link/troubles.ts';

/** What failed says so in the middle of a line at a terminal; here it stands alone. */
export function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;
}

export function TroubleCard({
  trouble,
  dismiss,
  children,
}: {
  readonly trouble: Trouble;
  readonly dismiss?: () => void;
  readonly children?: ComponentChildren;
}) {
  return (
    <section class="trouble" role="alert">
      <h2>{trouble.title}</h2>
      {trouble.what === '' ? null : <p class="trouble-what">{sentence(trouble.what)}</p>}
      <p class="trouble-next">What to do:</p>
      <ol>
        {trouble.next.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      {trouble.cuff === '' ? null : <p class="trouble-cuff">The cuff: {trouble.cuff}</p>}
      <div class="row">
        {children}
        {dismiss === undefined ? null : (
          <button type="button" onClick={dismiss}>
            Close this
          </button>
        )}
      </div>
    </section>
  );
}

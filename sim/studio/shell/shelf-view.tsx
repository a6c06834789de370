/** The runs that a screen has kept, as a list: opened again, forgotten; and what went wrong with keeping them. */
import { useEffect } from 'preact/hooks';
import type { Shelf, Shelved } from './shelf.ts';
import './shelf.css';

interface Props<T> {
  readonly shelf: Shelf<T>;
  /** Heading of the list. */
  readonly title: string;
  readonly open: (one: Shelved<T>) => void;
}

function Trouble<T>({ shelf }: { readonly shelf: Shelf<T> }) {
  if (shelf.trouble.value === '') return null;
  return (
    <div class="refused" role="alert">
      <p>{shelf.trouble.value}</p>
      {shelf.unreadable.value ? (
        <button type="button" onClick={() => void shelf.forgetAll()}>
          Delete them and begin anew
        </button>
      ) : (
        <button type="button" onClick={() => (shelf.trouble.value = '')}>
          Close
        </button>
      )}
    </div>
  );
}

function Damaged<T>({ shelf }: { readonly shelf: Shelf<T> }) {
  return (
    <>
      {shelf.damaged.value.map((key, i) => (
        <p key={String(key)} class="refused" role="alert">
          One of them is damaged and cannot be opened; the others are not touched by it.{' '}
          <button
            type="button"
            aria-label={`Delete it: damaged entry ${i + 1}`}
            onClick={() => void shelf.forget(key)}
          >
            Delete it
          </button>
        </p>
      ))}
    </>
  );
}

export function ShelfView<T>({ shelf, title, open }: Props<T>) {
  useEffect(() => {
    void shelf.load();
  }, [shelf]);
  return (
    <section class="card shelf" aria-label={title}>
      <h2>{title}</h2>
      <Trouble shelf={shelf} />
      <Damaged shelf={shelf} />
      <p class="faint">
        The newest {shelf.most}, in this browser and nowhere else.
        {shelf.list.value.length === 0 ? ' None yet.' : ''}
      </p>
      <ol>
        {shelf.list.value.map((one) => (
          <li key={one.key}>
            <button type="button" class="shelf-open" onClick={() => open(one)}>
              {one.title}
            </button>
            <span class="faint">{new Date(one.atMs).toLocaleString()}</span>
            <button
              type="button"
              aria-label={`Forget ${one.title}`}
              title="Forget it"
              onClick={() => void shelf.forget(one.key)}
            >
              ×
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** What a tool of the page says while it works: service mode asked for, steps, progress. */
import { type Signal, signal } from '@preact/signals';
import { ASK_SERVICE } from '../../../../tools/board/open-board.ts';
import { ServiceMode } from './service-mode.tsx';

/** What one work has said so far. */
export class WorkNotes {
  readonly lines: Signal<readonly string[]> = signal([]);
  readonly asks = signal(false);
  /** 0..1; undefined = no long step is under way. */
  readonly share: Signal<number | undefined> = signal(undefined);

  clear(): void {
    this.lines.value = [];
    this.asks.value = false;
    this.share.value = undefined;
  }

  readonly say = (text: string): void => {
    this.asks.value = text === ASK_SERVICE;
    if (text === ASK_SERVICE) return;
    const more = text.split('\n').filter((line) => line.trim() !== '');
    this.lines.value = [...this.lines.value, ...more];
  };

  readonly progress = (done: number, total: number): void => {
    this.asks.value = false;
    this.share.value = done >= total ? undefined : done / total;
  };
}

export function WorkView({ notes }: { readonly notes: WorkNotes }) {
  const lines = notes.lines.value;
  const share = notes.share.value;
  return (
    <div class="work">
      {notes.asks.value ? <ServiceMode /> : null}
      {share === undefined ? null : (
        <p>
          <progress value={share} max={1} aria-label="Written" /> {Math.round(share * 100)} %
        </p>
      )}
      {lines.length === 0 ? null : (
        <div role="log" aria-label="What was done">
          <ol class="work-lines">
            {lines.map((line, i) => (
              <li key={`${i}${line}`}>{line}</li>
            ))}
          </ol>
        </div>
      )}
    </div>
  );
}

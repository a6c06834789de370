/** A button to be tapped along with a lamp: down while it is lit. It tells a row of taps when the row is over. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { ROW_ENDS_MS, type Taps, tapWords } from './taps.ts';

export function TapButton({ tell }: { readonly tell: (taps: Taps) => void }) {
  const [taps, setTaps] = useState<Taps>([]);
  const row = useRef<number[]>([]);
  const downAt = useRef(-1);
  const timer = useRef<ReturnType<typeof setTimeout>>();
  useEffect(() => () => clearTimeout(timer.current), []);
  const down = (): void => {
    if (downAt.current >= 0) return;
    clearTimeout(timer.current);
    downAt.current = performance.now();
  };
  const up = (): void => {
    if (downAt.current < 0) return;
    row.current.push(performance.now() - downAt.current);
    downAt.current = -1;
    setTaps([...row.current]);
    timer.current = setTimeout(() => {
      tell(row.current);
      row.current = [];
    }, ROW_ENDS_MS);
  };
  const isTap = (event: KeyboardEvent): boolean => event.key === ' ' || event.key === 'Enter';
  return (
    <div class="learn-tap">
      <button
        type="button"
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          down();
        }}
        onPointerUp={up}
        onPointerCancel={up}
        onBlur={up}
        onKeyDown={(event) => {
          if (!isTap(event)) return;
          event.preventDefault();
          down();
        }}
        onKeyUp={(event) => {
          if (isTap(event)) up();
        }}
      >
        Tap along with it
      </button>{' '}
      <span class="faint" role="status">
        {taps.length === 0
          ? 'Down while it is lit, up while it is dark, one row of flashes.'
          : tapWords(taps)}
      </span>
    </div>
  );
}

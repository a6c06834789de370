/** Wheel, drags and fingers on a chart; a drag with Shift pans. What they mean is told to `Moves`; nothing is drawn here. */

import type { View } from './view.ts';

export interface Moves {
  /** What is shown now. */
  readonly view: () => View;
  /** True when the whole run is shown. */
  readonly isWhole: () => boolean;
  /** Share of the plot's width at a client x; may be outside 0..1. */
  readonly shareAt: (clientX: number) => number;
  /** Zoom by a factor around a share of the width. */
  readonly zoomAt: (factor: number, share: number) => void;
  readonly show: (view: View) => void;
  /** Shows what is being dragged over, as shares of the width; null wipes it. */
  readonly select: (shares: readonly [number, number] | null) => void;
  /** Two moments, s, come to lie under two shares of the width. */
  readonly pinch: (moments: readonly [number, number], shares: readonly [number, number]) => void;
}

/** How much one notch of a wheel (100 px) zooms. */
const PER_PX = 0.0018;

/** The page goes on scrolling where a wheel could only widen what is whole already, or comes by on its way up. */
function wheel(area: HTMLElement, moves: Moves): (event: WheelEvent) => void {
  return (event) => {
    const focused = area.contains(document.activeElement);
    const sideways = Math.abs(event.deltaX) > Math.abs(event.deltaY) || event.shiftKey;
    const passing = moves.isWhole() && !focused && !event.ctrlKey && !event.metaKey;
    if (passing && (sideways || event.deltaY > 0 || scrollY > 0)) return;
    event.preventDefault();
    const px = event.deltaMode === 1 ? 16 : 1;
    const { fromS, toS } = moves.view();
    if (sideways) {
      const byS = ((event.deltaX || event.deltaY) * px * (toS - fromS)) / Math.max(1, area.clientWidth);
      moves.show({ fromS: fromS + byS, toS: toS + byS });
      return;
    }
    const fine = event.ctrlKey ? 4 : 1;
    moves.zoomAt(
      Math.exp(Math.max(-1, Math.min(1, event.deltaY * px * PER_PX * fine))),
      moves.shareAt(event.clientX),
    );
  };
}

/** One pointer that pans, or two that pinch. */
class Fingers {
  readonly #moves: Moves;
  readonly #at = new Map<number, number>();
  /** Moments under the fingers when the last one came or went, s. */
  #moments: number[] = [];
  #start: View = { fromS: 0, toS: 1 };

  constructor(moves: Moves) {
    this.#moves = moves;
  }

  get count(): number {
    return this.#at.size;
  }

  set(id: number, clientX: number): void {
    const isNew = !this.#at.has(id);
    this.#at.set(id, this.#moves.shareAt(clientX));
    if (isNew) this.#hold();
    else this.#move();
  }

  drop(id: number): void {
    if (this.#at.delete(id)) this.#hold();
  }

  #hold(): void {
    this.#start = this.#moves.view();
    const width = this.#start.toS - this.#start.fromS;
    this.#moments = [...this.#at.values()].map((share) => this.#start.fromS + share * width);
  }

  #move(): void {
    const [one, two] = [...this.#at.values()];
    const [first, second] = this.#moments;
    if (one === undefined || first === undefined) return;
    if (two !== undefined && second !== undefined) {
      const pair = one < two ? ([first, second] as const) : ([second, first] as const);
      this.#moves.pinch(pair, one < two ? [one, two] : [two, one]);
      return;
    }
    const width = this.#start.toS - this.#start.fromS;
    const fromS = first - one * width;
    this.#moves.show({ fromS, toS: fromS + width });
  }
}

/** Nearer together than this, CSS pixels, down and up are a click. */
const CLICK_PX = 6;

/** A mouse that drags chooses a stretch: followed over the whole page until its button comes up. */
function drag(area: HTMLElement, moves: Moves): () => void {
  let from: number | null = null;
  const shares = (at: number, to: number): [number, number] => [moves.shareAt(at), moves.shareAt(to)];
  const move = (event: PointerEvent): void => {
    if (from !== null) moves.select(shares(from, event.clientX));
  };
  const up = (event: PointerEvent): void => {
    const at = from;
    from = null;
    removeEventListener('pointermove', move);
    removeEventListener('pointerup', up);
    moves.select(null);
    if (at === null || Math.abs(event.clientX - at) < CLICK_PX) return;
    const [one, two] = shares(at, event.clientX);
    const { fromS, toS } = moves.view();
    const atShare = (share: number): number => fromS + Math.max(0, Math.min(1, share)) * (toS - fromS);
    moves.show({ fromS: atShare(Math.min(one, two)), toS: atShare(Math.max(one, two)) });
  };
  const down = (event: PointerEvent): void => {
    if (event.pointerType === 'touch' || event.shiftKey || event.button !== 0) return;
    from = event.clientX;
    addEventListener('pointermove', move);
    addEventListener('pointerup', up);
  };
  area.addEventListener('pointerdown', down);
  return () => {
    area.removeEventListener('pointerdown', down);
    removeEventListener('pointermove', move);
    removeEventListener('pointerup', up);
  };
}

/** Wires an area; what it returns takes everything off again. */
export function wireGestures(area: HTMLElement, moves: Moves): () => void {
  const fingers = new Fingers(moves);
  const counts = (event: PointerEvent): boolean => event.pointerType === 'touch' || event.shiftKey;
  const down = (event: PointerEvent): void => {
    if (!counts(event)) return;
    fingers.set(event.pointerId, event.clientX);
    if (event.pointerType !== 'touch') area.setPointerCapture(event.pointerId);
  };
  const move = (event: PointerEvent): void => {
    if (fingers.count > 0 && (event.pointerType === 'touch' || event.buttons > 0))
      fingers.set(event.pointerId, event.clientX);
  };
  const up = (event: PointerEvent): void => fingers.drop(event.pointerId);
  const onWheel = wheel(area, moves);
  const dragOff = drag(area, moves);
  area.addEventListener('wheel', onWheel, { passive: false });
  area.addEventListener('pointerdown', down);
  area.addEventListener('pointermove', move);
  for (const end of ['pointerup', 'pointercancel'] as const) area.addEventListener(end, up);
  return () => {
    dragOff();
    area.removeEventListener('wheel', onWheel);
    area.removeEventListener('pointerdown', down);
    area.removeEventListener('pointermove', move);
    for (const end of ['pointerup', 'pointercancel'] as const) area.removeEventListener(end, up);
  };
}

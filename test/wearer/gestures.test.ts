/** Button edges into gestures, and which buttons are believed: times and bits written down a second time. */
import { describe, expect, it } from 'vitest';
import {
  createButtons,
  heldAtStart,
  isJammed,
  isStopOpen,
  isStopUntried,
  noteDown,
  noteUp,
} from '../../src/wearer/buttons.ts';
import {
  createGestures,
  dropGestures,
  GESTURE_HOLD,
  GESTURE_NONE,
  GESTURE_SERVICE,
  type Gestures,
  gestureDown,
  gestureUp,
  isGesturing,
  isStuck,
  takeGesture,
} from '../../src/wearer/gestures.ts';

/** A press at `at`, let go after `ms`. */
function push(g: Gestures, at: number, ms: number, consumed = false): void {
  gestureDown(g, at, consumed);
  gestureUp(g, at + ms);
}

describe('presses', () => {
  it('are counted, understood after a gap of 0.6 s, and once', () => {
    for (const [times, gesture] of [
      [1, 1],
      [2, 2],
      [3, 3],
      [4, 3],
      [5, 3],
    ] as const) {
      const g = createGestures();
      for (let i = 0; i < times; i++) push(g, 10_000 + i * 500, 100);
      const last = 10_000 + (times - 1) * 500 + 100;
      expect([takeGesture(g, last + 599), takeGesture(g, last + 600), takeGesture(g, last + 700)]).toEqual([
        GESTURE_NONE,
        gesture,
        GESTURE_NONE,
      ]);
    }
  });
  it.each<[string, number, number]>([
    ['0.8 s is a short one', 800, 1],
    ['more is none', 801, GESTURE_NONE],
    ['nor just below two seconds', 1999, GESTURE_NONE],
    ['two seconds are a hold', 2000, GESTURE_HOLD],
    ['nearly five too', 4999, GESTURE_HOLD],
  ])('%s', (_name, ms, gesture) => {
    const g = createGestures();
    push(g, 10_000, ms);
    expect(takeGesture(g, 10_000 + ms + 600)).toBe(gesture);
    expect(takeGesture(g, 10_000 + ms + 900)).toBe(GESTURE_NONE);
  });
  it('a long one ends a burst', () => {
    const g = createGestures();
    push(g, 10_000, 100);
    push(g, 10_300, 1000);
    expect(takeGesture(g, 12_000)).toBe(GESTURE_NONE);
  });
  it('a hold of five seconds is told while it is down, once, and its end means nothing', () => {
    const g = createGestures();
    push(g, 10_000, 100);
    gestureDown(g, 10_300, false);
    expect([takeGesture(g, 15_299), takeGesture(g, 15_300), takeGesture(g, 15_350)]).toEqual([
      GESTURE_NONE,
      GESTURE_SERVICE,
      GESTURE_NONE,
    ]);
    gestureUp(g, 16_000);
    expect([takeGesture(g, 17_000), g.count, g.usedAt]).toEqual([GESTURE_NONE, 0, 16_000]);
  });
  it('one in the first moment of the power counts like any other', () => {
    const g = createGestures();
    gestureDown(g, 0, false);
    expect([takeGesture(g, 4999), takeGesture(g, 5000)]).toEqual([GESTURE_NONE, GESTURE_SERVICE]);
    const dropped = createGestures();
    gestureDown(dropped, 0, false);
    dropGestures(dropped, 100, false);
    gestureUp(dropped, 2500);
    expect(takeGesture(dropped, 4000)).toBe(GESTURE_NONE);
  });
  it('an edge up without one down is none', () => {
    const g = createGestures();
    gestureUp(g, 10_000);
    expect([g.count, g.upAt, takeGesture(g, 11_000)]).toEqual([0, -1, GESTURE_NONE]);
    expect(createGestures().usedAt).toBe(-1500);
  });
  it('are under way from the first edge to what is made of them', () => {
    const g = createGestures();
    expect(isGesturing(g)).toBe(false);
    gestureDown(g, 0, false);
    expect(isGesturing(g)).toBe(true);
    gestureUp(g, 100);
    expect(isGesturing(g)).toBe(true);
    takeGesture(g, 700);
    expect(isGesturing(g)).toBe(false);
  });
  it('15 s down is stuck, at the first moment of the power too', () => {
    const g = createGestures();
    expect(isStuck(g, 1e6)).toBe(false);
    for (const at of [0, 100]) {
      gestureDown(g, at, false);
      expect([isStuck(g, at + 15_000), isStuck(g, at + 15_001)]).toEqual([false, true]);
      gestureUp(g, at + 15_002);
      expect(isStuck(g, at + 40_000)).toBe(false);
    }
  });
});

describe('a press that has done its work', () => {
  it('means nothing any more, nor does one within 1.5 s of its last edge; each of them begins the time anew', () => {
    const g = createGestures();
    push(g, 10_000, 100);
    push(g, 10_200, 100, true);
    expect(takeGesture(g, 11_000)).toBe(GESTURE_NONE);
    push(g, 11_799, 100);
    expect(takeGesture(g, 12_600)).toBe(GESTURE_NONE);
    push(g, 13_399, 100);
    expect(takeGesture(g, 14_200)).toBe(1);
  });
  it('counts for nothing: the burst before it is over', () => {
    const g = createGestures();
    push(g, 10_000, 100);
    gestureDown(g, 10_300, true);
    expect([g.count, g.usedAt, g.consumed]).toEqual([0, 10_300, true]);
  });
});

describe('a change by itself', () => {
  it('drops what was under way: down, in a burst, or pending', () => {
    const down = createGestures();
    gestureDown(down, 10_000, false);
    dropGestures(down, 10_100, false);
    gestureUp(down, 10_200);
    expect(takeGesture(down, 11_000)).toBe(GESTURE_NONE);
    const burst = createGestures();
    push(burst, 10_000, 100);
    dropGestures(burst, 10_200, false);
    expect(takeGesture(burst, 11_000)).toBe(GESTURE_NONE);
    const looked = createGestures();
    push(looked, 9900, 100);
    takeGesture(looked, 10_100);
    dropGestures(looked, 10_100, false);
    expect(takeGesture(looked, 10_700)).toBe(GESTURE_NONE);
    const pending = createGestures();
    push(pending, 10_000, 2500);
    dropGestures(pending, 12_600, false);
    expect(takeGesture(pending, 13_000)).toBe(GESTURE_NONE);
  });
  it('after a question, drops a late answer too; otherwise a new press is an order', () => {
    for (const [asked, gesture] of [
      [true, GESTURE_NONE],
      [false, 1],
    ] as const) {
      const g = createGestures();
      takeGesture(g, 10_000);
      dropGestures(g, 10_000, asked);
      push(g, 10_100, 100);
      expect(takeGesture(g, 11_000)).toBe(gesture);
    }
  });
  it('that a gesture has made drops nothing', () => {
    const g = createGestures();
    push(g, 10_000, 100);
    takeGesture(g, 10_700);
    dropGestures(g, 10_700, true);
    push(g, 10_800, 100);
    expect(takeGesture(g, 11_600)).toBe(1);
  });
  it('leaves the press of nobody free: nothing under way means nothing is used', () => {
    const g = createGestures();
    dropGestures(g, 10_000, true);
    expect([g.consumed, g.usedAt]).toEqual([false, 10_000]);
  });
});

describe('which buttons are believed', () => {
  const SERVICE = 0;
  const TRAINING = 1;
  const STOP = 2;
  it('none that was down when the power came, until it was let go and pushed again', () => {
    for (const button of [SERVICE, TRAINING]) {
      const b = createButtons();
      heldAtStart(b, 1 << button);
      expect(isJammed(b, false)).toBe(true);
      noteUp(b, button);
      expect(isJammed(b, false)).toBe(false);
    }
  });
  it('the training button may be pushed, the service button may not be down', () => {
    const b = createButtons();
    noteDown(b, TRAINING);
    expect(isJammed(b, false)).toBe(false);
    noteDown(b, SERVICE);
    expect(isJammed(b, true)).toBe(true);
    noteUp(b, SERVICE);
    expect(isJammed(b, true)).toBe(false);
  });
  it('a STOP that is down is jammed where none is fitted, and open where one is', () => {
    const b = createButtons();
    noteDown(b, STOP);
    expect([isJammed(b, false), isJammed(b, true), isStopOpen(b, false), isStopOpen(b, true)]).toEqual([
      true,
      false,
      false,
      true,
    ]);
    noteUp(b, STOP);
    expect([isJammed(b, false), isStopOpen(b, true)]).toEqual([false, false]);
  });
  it('a fitted STOP is tried by a push and a release that were both seen', () => {
    const b = createButtons();
    expect([isStopUntried(b, true), isStopUntried(b, false)]).toEqual([true, false]);
    heldAtStart(b, 1 << STOP);
    noteUp(b, STOP);
    expect(isStopUntried(b, true)).toBe(true);
    noteDown(b, STOP);
    expect(isStopUntried(b, true)).toBe(true);
    noteUp(b, TRAINING);
    expect(isStopUntried(b, true)).toBe(true);
    noteUp(b, STOP);
    expect(isStopUntried(b, true)).toBe(false);
    noteDown(b, STOP);
    expect(isStopUntried(b, true)).toBe(false);
  });
});

/** The page stays open while there is a cuff to be stopped from it, and a file that is dropped beside a frame never takes its place. */
import { afterEach, expect, test } from 'vitest';
import { realCuff, stopPlace } from '../../sim/studio/shell/cuff-state.ts';
import { keepOpen } from '../../sim/studio/shell/keep-open.ts';

afterEach(() => {
  realCuff.value = '';
  stopPlace.value = null;
});

/** True when the browser is kept from what it would do. */
function isHeld(type: string): boolean {
  const page = new EventTarget();
  keepOpen(page);
  const event = new Event(type, { cancelable: true });
  page.dispatchEvent(event);
  return event.defaultPrevented;
}

test('a file that is dropped anywhere does not open in place of the page', () => {
  expect([isHeld('dragover'), isHeld('drop')]).toEqual([true, true]);
});

test('leaving is asked about with a cuff connected, and while a STOP is under way, and not otherwise', () => {
  expect(isHeld('beforeunload')).toBe(false);
  realCuff.value = 'jolt 1.0.0';
  expect(isHeld('beforeunload')).toBe(true);
  realCuff.value = '';
  stopPlace.value = { said: 'No connection', press: () => {} };
  expect(isHeld('beforeunload')).toBe(true);
});

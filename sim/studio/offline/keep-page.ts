/** Lets the browser keep the page, and says when a newer one is ready. Nothing is taken over while a cuff is connected. */
import { signal } from '@preact/signals';
import { realCuff, stopPlace } from '../shell/cuff-state.ts';

/** The page has better things to do at first, ms. */
const LATER_MS = 2000;

const waiting = signal<ServiceWorker | null>(null);

/** True when a newer page is ready and may be taken: never with a cuff on the line, nor while a STOP waits for it. */
export function newerPage(): boolean {
  return waiting.value !== null && realCuff.value === '' && stopPlace.value === null;
}

/** A browser that keeps nothing gives nothing. */
function watch(kept: ServiceWorkerRegistration | undefined): void {
  if (kept === undefined) return;
  const ready = (): void => {
    // the first one has nobody to take over from
    if (kept.waiting !== null && navigator.serviceWorker.controller !== null) waiting.value = kept.waiting;
  };
  ready();
  kept.addEventListener('updatefound', () => {
    kept.installing?.addEventListener('statechange', ready);
  });
}

/** Begins to keep the page, where the browser can and the page has a host. */
export function keepPage(): void {
  if (!('serviceWorker' in navigator) || !location.protocol.startsWith('http') || !isBuilt()) return;
  setTimeout(() => {
    navigator.serviceWorker.register('./service-worker.js').then(watch, () => undefined);
  }, LATER_MS);
}

declare const __CUFFLOOP_BUILT__: boolean;

/** A page that is served from its sources changes all the time: it is not kept. */
function isBuilt(): boolean {
  return typeof __CUFFLOOP_BUILT__ === 'boolean' && __CUFFLOOP_BUILT__;
}

export function takeNewerPage(): void {
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload());
  waiting.value?.postMessage('take over');
}

/** The frame around every screen: tabs, what is simulated and what is real, STOP while a cuff is connected, light or dark. */

import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { newerPage, takeNewerPage } from '../offline/keep-page.ts';
import { SCREENS, type ScreenEntry } from '../screens.ts';
import { badgesOf, realCuff, stopPlace } from './cuff-state.ts';
import { addressOf, route } from './route.ts';
import { theme, turnTheme } from './theme.ts';

function Badges({ now }: { readonly now: string }) {
  return (
    <>
      {badgesOf(now, realCuff.value).map(({ text, title, isReal }) => (
        <span key={text} class={`badge ${isReal ? 'real' : 'simulated'}`} title={title}>
          {text}
        </span>
      ))}
    </>
  );
}

function Stop() {
  const place = stopPlace.value;
  useEffect(() => {
    if (place === null) return;
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') place.press();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [place]);
  if (place === null) return null;
  return (
    <div class="stop-place">
      <button type="button" class="stop" onClick={place.press} aria-keyshortcuts="Escape">
        STOP
      </button>
      <span class="stop-said" role="status">
        {place.said}
      </span>
    </div>
  );
}

function Tabs({ now }: { readonly now: string }) {
  return (
    <nav class="tabs" aria-label="Screens">
      {SCREENS.map((entry) => (
        <a key={entry.id} href={addressOf(entry.id)} aria-current={entry.id === now ? 'page' : undefined}>
          {entry.label}
        </a>
      ))}
    </nav>
  );
}

const loaded = new Map<string, ComponentType>();

/** A screen, loaded when it is opened for the first time. */
function Loaded({ entry }: { readonly entry: ScreenEntry }) {
  const [, redraw] = useState(0);
  const [problem, setProblem] = useState('');
  const Screen = loaded.get(entry.id);
  useEffect(() => {
    if (loaded.has(entry.id)) return;
    let gone = false;
    entry.load().then(
      (module) => {
        loaded.set(entry.id, module.Screen);
        if (!gone) redraw((n) => n + 1);
      },
      (error: unknown) => {
        if (!gone) setProblem(String(error));
      },
    );
    return () => {
      gone = true;
    };
  }, [entry]);
  if (problem !== '') {
    return (
      <p class="problem" role="alert">
        This screen did not load: {problem}. Reload the page; if it stays so, the page was taken off its
        server while it was open.
      </p>
    );
  }
  return Screen === undefined ? <p class="loading">Loading…</p> : <Screen />;
}

export function App() {
  const entry = SCREENS.find(({ id }) => id === route.value.screen) ?? SCREENS[0];
  useEffect(() => {
    if (entry !== undefined) document.title = `${entry.label}: cuffloop studio`;
  }, [entry]);
  if (entry === undefined) return null;
  return (
    <>
      <button type="button" class="skip" onClick={() => document.getElementById('screen')?.focus()}>
        Skip to the screen
      </button>
      <header class="top">
        <span class="name">cuffloop</span>
        <Badges now={entry.id} />
        <Tabs now={entry.id} />
        <Stop />
        <button type="button" class="theme" onClick={turnTheme}>
          {theme.value === 'dark' ? 'Light' : 'Dark'}
        </button>
      </header>
      {newerPage() ? (
        <p class="newer" role="status">
          A newer version of this page is ready.{' '}
          <button type="button" onClick={takeNewerPage}>
            Load it
          </button>
        </p>
      ) : null}
      <main id="screen" tabindex={-1}>
        <Loaded key={entry.id} entry={entry} />
      </main>
    </>
  );
}

/** Entry of the studio, the page that runs the firmware, teaches it, tunes it, and serves a cuff. It asks no other host for anything. */
import { render } from 'preact';
import { keepPage } from './offline/keep-page.ts';
import { App } from './shell/app.tsx';
import { keepOpen } from './shell/keep-open.ts';
import { watchAddress } from './shell/route.ts';
import { watchTheme } from './shell/theme.ts';

const place = document.getElementById('app');
if (place === null) throw new Error('studio: element #app is missing');
watchAddress();
watchTheme();
keepOpen(window);
render(<App />, place);
keepPage();

/** The screen "Try": the firmware on a simulated cuff, live. The chart comes first; what can be done to it stands around it. */
import { effect, untracked } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import { route } from '../../shell/route.ts';
import { ChartView } from './chart-view.tsx';
import { DeviceFace } from './device-face.tsx';
import { FirstMinute } from './first-minute.tsx';
import { leave, nextDeed, open, openAddress, problem, resolved, rowsCame } from './model.ts';
import { PlayBar } from './play-bar.tsx';
import './try.css';

type Panels = typeof import('./panels.tsx');

/** The panels, once the first rows have come: before that nothing is fetched that the first picture can do without. A text says why they are not there. */
function usePanels(): Panels | string | null {
  const [panels, setPanels] = useState<Panels | string | null>(null);
  const pictured = rowsCame.value > 0;
  useEffect(() => {
    if (!pictured) return;
    performance.mark('first-picture');
    import('./panels.tsx').then(setPanels, (error: unknown) => setPanels(String(error)));
  }, [pictured]);
  return panels;
}

export function Screen() {
  const came = usePanels();
  const panels = typeof came === 'string' ? null : came;
  const lost =
    typeof came === 'string' ? `Faults, knobs and the rest did not load: ${came}. Reload the page.` : '';
  useEffect(() => {
    open();
    const stop = effect(() => {
      route.value;
      untracked(openAddress);
    });
    return () => {
      stop();
      leave();
    };
  }, []);
  return (
    <div class="try" data-next={nextDeed.value}>
      <h1 class="try-title">{resolved.value.title}</h1>
      <FirstMinute />
      <div class="try-main">
        <PlayBar />
        {panels === null && (lost || problem.value) !== '' ? (
          <p class="refused" role="alert">
            {lost} {problem.value}
          </p>
        ) : null}
        <ChartView />
      </div>
      <div class="try-side">
        <DeviceFace />
        {panels === null ? null : <panels.SidePanels />}
      </div>
      <div class="try-below">{panels === null ? null : <panels.LowerPanels />}</div>
    </div>
  );
}

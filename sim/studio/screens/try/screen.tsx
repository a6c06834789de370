/** The screen "Try": the firmware on a simulated cuff, live. The chart comes first; what can be done to it stands around it. */
import { effect } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { route } from '../../shell/route.ts';
import { BreakIt } from './break-it.tsx';
import { ChartView } from './chart-view.tsx';
import { DeviceFace } from './device-face.tsx';
import { ExplainPanel } from './explain-panel.tsx';
import { FirstMinute } from './first-minute.tsx';
import { Knobs } from './knobs.tsx';
import { leave, nextDeed, open, openAddress, resolved } from './model.ts';
import { Outcome } from './outcome.tsx';
import { PlayBar } from './play-bar.tsx';
import './try.css';

export function Screen() {
  useEffect(() => {
    open();
    const stop = effect(() => {
      if (route.value.screen === 'try') openAddress();
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
        <ChartView />
      </div>
      <div class="try-side">
        <DeviceFace />
        <BreakIt />
        <Knobs />
      </div>
      <div class="try-below">
        <ExplainPanel />
        <Outcome />
      </div>
    </div>
  );
}

/** What stands beside and below the chart: fetched when the first picture stands. */
import { BreakIt } from './break-it.tsx';
import { ExplainPanel } from './explain-panel.tsx';
import { HuntCard } from './hunt-card.tsx';
import { KeptRuns } from './kept-runs.tsx';
import { Knobs } from './knobs.tsx';
import { ListenCard } from './listen-card.tsx';
import { Outcome } from './outcome.tsx';
import { RouletteCard } from './roulette-card.tsx';

export function SidePanels() {
  return (
    <>
      <BreakIt />
      <RouletteCard />
      <HuntCard />
      <Knobs />
      <ListenCard />
    </>
  );
}

export function LowerPanels() {
  return (
    <>
      <ExplainPanel />
      <Outcome />
      <KeptRuns />
    </>
  );
}

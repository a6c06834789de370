/** The measured half of docs/boards.md: what `npm run bench:boards -- --write` has kept. It measures nothing. */
import { BOARD_FAULTS } from '../bench/board-faults.ts';
import {
  type AllFigures,
  type BoardFigures,
  boardFigures,
  type FaultFigures,
} from '../bench/board-figures.ts';

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(2);
}

function sessionLines(all: AllFigures): string[] {
  return Object.entries(all).flatMap(([board, { periodMs, sessions }]) =>
    sessions.map((s) =>
      line([
        `\`${board}\``,
        `\`${s.sensor}\``,
        `${periodMs} ms`,
        `${(s.imageBytes / 1000).toFixed(1)} kB`,
        percent(s.moving),
        percent(s.rest),
        s.peakMmHg.toFixed(0),
        s.ventS.toFixed(1),
        s.problem === '' ? 'whole' : `**${s.problem}**`,
      ]),
    ),
  );
}

/** What it took of what it may; a fault that nothing need notice: from the press. */
function cell(found: FaultFigures | undefined): string {
  if (found === undefined) return '–';
  const text = `${seconds(found.offMs)} / ${seconds(found.withinMs)}${found.pressed ? ' p' : ''}`;
  return found.ok ? text : `**${text}**`;
}

function faultTable(board: string, { sessions, faults, seed, periodMs }: BoardFigures): string {
  const sensors = sessions.map(({ sensor }) => sensor);
  const at = (fault: string, sensor: string): FaultFigures | undefined =>
    faults.find((f) => f.fault === fault && f.sensor === sensor);
  const rows = BOARD_FAULTS.map(({ name }) => line([name, ...sensors.map((s) => cell(at(name, s)))]));
  const good = faults.filter(({ ok }) => ok).length;
  return `\`${board}\`, seed ${seed}, ${periodMs} ms: ${good} of ${faults.length}.

${line(['fault', ...sensors.map((s) => `\`${s}\``)])}
${line(['---', ...sensors.map(() => '---')])}
${rows.join('\n')}`;
}

export function boardResults(): string {
  const all = boardFigures();
  return `## Measured

\`npm run bench:boards\` builds the image of every pair, has it play the whole default session, and breaks chip, board and sensor; ticks as
late as that board makes them. Simulated: none of it was worn.

| board | sensor | period | image | moving, ± 10 % | rest, ± 5 % | peak, mmHg | slowest vent, s | session |
|---|---|---|---|---|---|---|---|---|
${sessionLines(all).join('\n')}

### What breaks, and when pump and valve are off

The cuff is filled and held, the wearer sits, the fault comes. Until both outputs are off for good / by when they have to be, s; the cuff is empty
within 15 s more, never above LOP, and a trip or a restart stands for it. "p": nothing need notice this fault, as what is stuck sleeps or is gated by
another pin; 10 s later the button is pressed, and the time counts from there. "–": the pair has nothing of the kind.

${Object.entries(all)
  .map(([board, figures]) => faultTable(board, figures))
  .join('\n\n')}
`;
}

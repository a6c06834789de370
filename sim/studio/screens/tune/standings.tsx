/** Cuffs like this one beside what was published of others. */
import { PUBLISHED } from '../../../report/published.ts';
import { summaryOf } from '../../../tune/statistics.ts';
import type { Figures } from '../../../tune/trial.ts';
import { asItIs, type Cloud, withOther } from './model.ts';
import { partsText } from './what-if.ts';

function cell(all: readonly Figures[], name: 'move10' | 'rest5'): string {
  const { median, low } = summaryOf(all, name);
  return Number.isNaN(median) ? '–' : `${median.toFixed(0)} / ${low.toFixed(0)} %`;
}

function OwnRow({ cloud }: { readonly cloud: Cloud }) {
  const figures = cloud.lines.map((line) => line.figures);
  const trips = figures.reduce((sum, f) => sum + f.trips, 0);
  return (
    <tr class="own">
      <th scope="row">
        Cuffs like yours, {partsText(cloud.whatIf)} (simulated, {cloud.motion})
      </th>
      <td class="num">{cell(figures, 'move10')}</td>
      <td class="num">{cell(figures, 'rest5')}</td>
      <td class="num">
        {trips} of {figures.length}
      </td>
    </tr>
  );
}

export function Standings() {
  const own = [asItIs.value, withOther.value].filter(
    (cloud) => cloud !== null && cloud.lines.length > 0,
  ) as Cloud[];
  return (
    <section>
      <h2>Beside what was published</h2>
      <p class="faint">
        Share of the time within ±10 % while moving, within ±5 % at rest: middle / worst twentieth of
        simulated cuffs. The published ones were measured on people in leg press at 80 % of LOP (Swain 2025;
        some of the authors work for the maker of the first); yours are simulated
        {own.every(({ motion }) => motion === 'legpress') ? '' : ', and in another movement'}: a hint, no
        contest.
      </p>
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">Device</th>
              <th scope="col" class="num">
                Moving
              </th>
              <th scope="col" class="num">
                At rest
              </th>
              <th scope="col" class="num">
                Vented itself
              </th>
            </tr>
          </thead>
          <tbody>
            {own.map((cloud) => (
              <OwnRow key={partsText(cloud.whatIf)} cloud={cloud} />
            ))}
            {PUBLISHED.map(({ name, move10, rest5 }) => (
              <tr key={name}>
                <th scope="row">{name}, published</th>
                <td class="num">{move10} %</td>
                <td class="num">{rest5} %</td>
                <td class="num">–</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** What is proposed, as a difference to what is set: to be copied, saved, or shown on "My cuff". Nothing is applied from here. */

import { signal } from '@preact/signals';
import { settingRows } from '../../../../src/settings.ts';
import type { Proposal } from '../../../tune/propose.ts';
import { proposedSettings } from '../../shell/proposed-settings.ts';
import { saveFile } from '../../shell/save-file.ts';

const said = signal('');

export function changesOf(proposal: Proposal): Record<string, number> {
  return Object.fromEntries(proposal.changes.map((change) => [change.name, change.to]));
}

function jsonOf(proposal: Proposal): string {
  return `${JSON.stringify(changesOf(proposal), null, 2)}\n`;
}

function save(proposal: Proposal): void {
  saveFile('settings.json', jsonOf(proposal));
  said.value = 'Saved as settings.json: npm run settings -- diff settings.json shows it.';
}

async function copy(proposal: Proposal): Promise<void> {
  try {
    await navigator.clipboard.writeText(jsonOf(proposal));
    said.value = 'Copied.';
  } catch {
    said.value = 'The browser did not let this page copy: save it instead.';
  }
}

function send(proposal: Proposal): void {
  proposedSettings.value = changesOf(proposal);
  location.hash = '#/cuff';
}

export function ProposalView({ proposal }: { readonly proposal: Proposal }) {
  const units = new Map(settingRows().map(([name, , , , unit]) => [name as string, unit]));
  if (proposal.changes.length === 0)
    return (
      <section class="proposal">
        <h2>Proposed: keep the settings</h2>
        <p>{proposal.kept ?? 'There is nothing to change.'}</p>
      </section>
    );
  return (
    <section class="proposal">
      <h2>Proposed</h2>
      {proposal.changes.map(({ name, from, to, why }) => (
        <div key={name} class="change">
          <del>
            {name}: {from} {units.get(name)}
          </del>
          <ins>
            {name}: {to} {units.get(name)}
          </ins>
          <p class="faint">{why}</p>
        </div>
      ))}
      <div class="row">
        <button type="button" onClick={() => void copy(proposal)}>
          Copy
        </button>
        <button type="button" onClick={() => save(proposal)}>
          Save
        </button>
        <button type="button" onClick={() => send(proposal)}>
          Send to My cuff
        </button>
        <span role="status">{said.value}</span>
      </div>
      <p class="faint">
        Nothing was applied. On simulated cuffs like yours; take the cuff off before its settings are changed.
      </p>
    </section>
  );
}

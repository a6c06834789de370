/** A whole update of a board whose console is open: plan, write, prove, switch, restart, see that it runs. The same for flash.sh and for the page. */
import { SETTINGS_VERSION } from '../../src/settings.ts';
import { LOADER } from '../board/contents.ts';
import type { OpenBoard } from '../board/open-board.ts';
import type { OpenWire } from '../board/wire.ts';
import { startImage } from './start-image.ts';
import { type Firmware, type Plan, planUpdate, type Reporter, update } from './update.ts';

/** How long a restarted board may take to answer, s. */
const START_S = 20;

export interface Running extends Reporter {
  readonly open: OpenWire;
  readonly port: string;
  /** Called before anything is written; false = write nothing. */
  planned(plan: Plan): boolean;
}

export interface Updated {
  readonly plan: Plan;
  /** What runs now, in words. */
  readonly running: string;
}

/** Closes the board's conversation. Gives undefined where nothing was to be written. Throws FlashFailure. */
export async function runUpdate(
  opened: OpenBoard,
  firmware: Firmware,
  how: Running,
): Promise<Updated | undefined> {
  const { conversation, identity } = opened;
  try {
    const plan = await planUpdate(conversation, firmware, identity.mode !== '');
    if (!how.planned(plan)) return undefined;
    await update(conversation, firmware, plan, how);
    how.step('Restarting');
    const running = await startImage(conversation, {
      open: how.open,
      port: how.port,
      slot: plan.slot,
      version: firmware.version,
      waitS: START_S,
    });
    return { plan, running };
  } finally {
    await conversation.close();
  }
}

/** Where the console was found. */
export function boardText({ identity }: OpenBoard): string {
  const mode = identity.mode ? `, ${identity.mode} mode` : '';
  return `Found ${identity.board}, Espruino ${identity.version}${mode}`;
}

/** What will be done, a line each. */
export function planLines(plan: Plan, firmware: Firmware): string[] {
  const old = plan.inUse === undefined ? undefined : plan.contents.slots[plan.inUse].record;
  return [
    `in use: ${old === undefined ? 'no image (first flash)' : `version ${old.version} in ${plan.inUse}`}`,
    `to do:  ${plan.there ? 'take' : 'write'} version ${firmware.version}, ${firmware.code.length} bytes, ${plan.there ? 'already there, ' : ''}in ${plan.slot}`,
    `loader: ${plan.writeLoader ? `write ${LOADER}, ${firmware.loader.length} bytes${plan.contents.loader.length > 0 ? `, in place of one of ${plan.contents.loader.length} bytes that is another or did not run` : ''}` : 'keep the one that is there'}`,
    `settings: ${settingsText(plan, firmware)}`,
    ...(plan.foreign.length === 0
      ? []
      : [`erase first: ${plan.foreign.join(', ')}, which are not of this project`]),
  ];
}

function settingsText(plan: Plan, firmware: Firmware): string {
  if (firmware.erase) return 'erased, with everything else in Storage';
  const s = plan.settings;
  if (s.state === 'none')
    return 'none yet; defaults, no session starts before an occlusion pressure is known';
  if (s.state === 'good') return `version ${SETTINGS_VERSION}, kept (lopMmHg ${s.settings.lopMmHg})`;
  if (s.state === 'migrated') return `version ${s.from}, will be taken over to version ${SETTINGS_VERSION}`;
  if (s.state === 'bad') return `damaged, the device refuses them: ${s.problems.join('; ')}`;
  return `of version ${s.version}`;
}

/**
 * `npm run bench:storage`: many sessions in a row on one device whose store is the board's own code on a model of
 * its flash, between two firmware images as on a real one.
 */
import { FILE_PROGRESS, FILE_SETTINGS } from '../../src/files.ts';
import { phaseName } from '../../src/phases.ts';
import type { StorePort } from '../../src/ports.ts';
import { RECORD_SLOTS } from '../../src/record/box.ts';
import { type Protocol, STEP_WORK } from '../../src/session/protocol.ts';
import { encodeProtocol } from '../../src/session/stored.ts';
import { defaultSettings, encodeSettings } from '../../src/settings.ts';
import type { Flash } from '../board/flash.ts';
import { CoreLevel } from '../core/core-level.ts';
import { recordsOf } from '../log/records.ts';
import { textsOf } from '../log/store-texts.ts';
import { nominalLimb } from '../plant/limb-params.ts';
import { NOMINAL_THIGH } from '../plant/params.ts';
import { Rig } from '../plant/rig.ts';

/** One short step, so that hundreds of sessions take minutes. */
const SHORT: Protocol = {
  id: 'short',
  activity: 0,
  stage: 0,
  steps: [{ kind: STEP_WORK, ms: 8000, permille: 400, mmHg: 0, rampMmHgPerS: 0 }],
};

/** Every how many sessions one is stopped by the sensor, which leaves a black box. */
const TRIP_EVERY = 10;

export interface ManySessions {
  readonly sessions: number;
  readonly readable: number;
  readonly problems: readonly string[];
  /** Numbers of the records that are kept: the last RECORD_SLOTS without a gap. */
  readonly kept: readonly number[];
  readonly refusedWrites: number;
  /** Longest text of a record, and bytes of all live texts, two files a name as worst case. */
  readonly longestRecord: number;
  readonly liveBytes: number;
  readonly erases: number;
}

/** Values that a press waits for. */
function until(level: CoreLevel, phase: string, seconds: number): void {
  const limit = level.rig.nowMs + seconds * 1000;
  while (phaseName(level.view.phase) !== phase) {
    if (level.rig.nowMs > limit)
      throw new Error(`still ${phaseName(level.view.phase)} after ${seconds} s, not ${phase}`);
    level.nextTick();
  }
}

function run(level: CoreLevel, seconds: number): void {
  const end = level.rig.nowMs + seconds * 1000;
  while (level.rig.nowMs < end) level.nextTick();
}

function tap(level: CoreLevel): void {
  const at = level.rig.nowMs + 1;
  level.button(1, true, at);
  level.button(1, false, at + 150);
  run(level, 1.2);
}

/** One session on a device that has just been powered up, in a fresh rig. */
function oneSession(store: StorePort, seed: number, trips: boolean): void {
  const rig = new Rig(
    {
      plant: NOMINAL_THIGH,
      limb: nominalLimb('run'),
      sensor: 'MPRLS',
      faults: trips ? [{ kind: 'sensor-nak', atMs: 18000, untilMs: 19500 }] : [],
    },
    seed,
  );
  rig.setActivity('rest');
  const level = new CoreLevel(rig, { store });
  run(level, 9);
  tap(level);
  if (trips) {
    until(level, 'tripped', 60);
    run(level, 64);
    tap(level);
  } else {
    until(level, 'done', 60);
    run(level, 0.2);
    tap(level);
  }
  run(level, 190);
}

/** Run `sessions` in a row on `store`; `flash` is what it writes to. */
export function manySessions(sessions: number, store: StorePort, flash: Flash, seed: number): ManySessions {
  const settings = { ...defaultSettings(), lopMmHg: 190, lopSource: 1, protocol: 25, screening: 1 };
  store.write(FILE_SETTINGS, encodeSettings(settings));
  store.write(FILE_PROGRESS, '2,2,2,1,0,0,0,0,0');
  store.write('cuff.p0', encodeProtocol(SHORT));
  let refusedWrites = 0;
  const counted: StorePort = {
    refused: 0,
    read: (name) => store.read(name),
    isDamaged: (name) => store.isDamaged(name),
    erase: (name) => store.erase(name),
    write: (name, bytes) => {
      const good = store.write(name, bytes);
      if (!good) refusedWrites++;
      return good;
    },
  };
  for (let i = 0; i < sessions; i++) oneSession(counted, seed + i, i % TRIP_EVERY === TRIP_EVERY - 1);
  const texts = textsOf({ stored: (name) => store.read(name) });
  const { records, problems } = recordsOf(texts);
  const lengths = Object.entries(texts).map(([name, text]) => (name.startsWith('cuff.r') ? text.length : 0));
  return {
    sessions,
    readable: records.length,
    problems,
    kept: records.map((r) => r.n),
    refusedWrites,
    longestRecord: Math.max(...lengths),
    liveBytes: Object.values(texts).reduce((sum, text) => sum + 2 * (text.length + 16 + 32), 0),
    erases: flash.erases,
  };
}

/** True when nothing was lost: the last RECORD_SLOTS sessions are all there and readable. */
export function nothingLost(r: ManySessions): boolean {
  const first = 2 + r.sessions - Math.min(r.sessions, RECORD_SLOTS) + 1;
  const wanted = Array.from({ length: Math.min(r.sessions, RECORD_SLOTS) }, (_, i) => first + i);
  return (
    r.problems.length === 0 && r.refusedWrites === 0 && JSON.stringify(r.kept) === JSON.stringify(wanted)
  );
}

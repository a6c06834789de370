/**
 * Healthy sessions of full length with ticks that come late: every built-in protocol on sampled builds, wearers and sensors, with coughs,
 * bumps and standing up. Every trip in them is a false one.
 */

import { TICK_MS } from '../../src/limits.ts';
import { PHASE_DONE, PHASE_PAUSED, PHASE_READY, PHASE_REST } from '../../src/phases.ts';
import { builtInProtocol, PROTOCOL_ARM, PROTOCOL_COUNT } from '../../src/session/library.ts';
import { CoreLevel } from '../core/core-level.ts';
import { TickTiming, type TimingKind } from '../core/tick-timing.ts';
import { runSession } from '../level/session.ts';
import { sampleLimb } from '../plant/limb-params.ts';
import { Random } from '../plant/random.ts';
import { Rig } from '../plant/rig.ts';
import { samplePlant } from '../plant/sampler.ts';
import { sampleSensor } from '../plant/sensor-params.ts';
import { drawEvents } from './faults-draw.ts';
import { filesFor } from './sessions-plants.ts';
import { motionOf } from './sessions-run.ts';

export interface HealthyResult {
  readonly index: number;
  readonly protocol: string;
  /** 0 = none; with what was measured and allowed, and in which phase. */
  readonly trip: number;
  readonly measured: number;
  readonly allowed: number;
  readonly atMs: number;
  /** It came to the end of the protocol. */
  readonly complete: boolean;
  /** Times the cuff was released in a rest for a new zero. */
  readonly rezeroed: number;
  /** Times it paused by itself. */
  readonly pauses: number;
  /** Inhibits where it did not start. */
  readonly refused: number;
  /** The build lets air out all the time by a fixed bleed: its commissioning refuses it, for its leak on the bottle. */
  readonly bleeds: boolean;
}

const EXTRA_MS = 600_000;
const TIMINGS: readonly TimingKind[] = ['busy', 'late'];

export function healthySession({ seed, index }: { seed: number; index: number }): HealthyResult {
  const which = index % PROTOCOL_COUNT;
  const rng = new Random(seed).fork('healthy').fork(index);
  const protocol = builtInProtocol(which);
  const arm = which === PROTOCOL_ARM;
  const plant = samplePlant(rng, {
    limb: arm ? 'arm' : 'thigh',
    build: index % 3 === 0 ? 'reference' : 'any',
  });
  const motion = motionOf(protocol, arm);
  const limb = sampleLimb(rng, motion);
  const upright = motion === 'run' || motion === 'walk';
  const seconds = protocol.steps.reduce((sum, step) => sum + step.ms, 0) / 1000;
  const events = drawEvents(rng.fork('events'), upright ? 'stand' : 'rest', seconds);
  const top = Math.max(
    ...protocol.steps.map((s) => (s.mmHg > 0 ? s.mmHg : (s.permille * plant.lopMmHg) / 1000)),
  );
  const rig = new Rig(
    { plant, limb: { ...limb, events }, sensor: sampleSensor(rng, 'MPRLS'), targetMmHg: top },
    rng.fork('run').int(1 << 30),
  );
  const kind = TIMINGS[Math.floor(index / PROTOCOL_COUNT) % TIMINGS.length] as TimingKind;
  const level = new CoreLevel(rig, {
    files: { ...filesFor(protocol, which, plant.lopMmHg, arm) },
    timing: new TickTiming(kind, TICK_MS, rng),
  });
  let pauses = 0;
  let rezeroed = 0;
  let before = 0;
  let atMs = 0;
  runSession(level, {
    plan: { work: motion, rest: upright ? 'stand' : 'rest', starts: true },
    limitMs: seconds * 1000 + EXTRA_MS,
    startByMs: 90_000,
    afterMs: 40_000,
    onTick: ({ view }) => {
      if (view.phase !== before && view.phase === PHASE_PAUSED) pauses++;
      if (before === PHASE_REST && view.phase === PHASE_READY) rezeroed++;
      before = view.phase;
      if (view.trip === 0) atMs = rig.nowMs;
      if (view.phase === PHASE_PAUSED && rig.nowMs % 5000 < 60) {
        level.button(1, true, rig.nowMs + 1);
        level.button(1, false, rig.nowMs + 201);
      }
    },
  });
  const s = level.core.supervisor;
  return {
    index,
    protocol: protocol.id,
    trip: s.trip,
    measured: s.measured,
    allowed: s.allowed,
    atMs,
    complete: level.view.phase === PHASE_DONE && s.trip === 0,
    rezeroed,
    pauses,
    refused: before === 0 && s.trip === 0 ? level.view.inhibits : 0,
    bleeds: plant.bleed > 0,
  };
}

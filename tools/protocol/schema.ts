/** What a protocol file may hold: JSON, seconds, percent of LOP or mmHg. docs/sessions.md describes it in words. */
import * as z from 'zod';
import { MAX_LOP_PERMILLE, MAX_SETPOINT_MMHG, MIN_SETPOINT_MMHG } from '../../src/limits.ts';
import { MAX_STEP_MS, MIN_STEP_MS } from '../../src/session/protocol.ts';
import { MAX_ID, MAX_STAGE } from '../../src/session/stored.ts';

// a page's rule forbids code that is made at run time; trying it would be an error in its console
z.config({ jitless: true });

/** In the order of ACTIVITY_*. */
export const ACTIVITIES = ['run', 'walk', 'cycle', 'lift', 'passive'] as const;
export const LIMBS = ['leg', 'arm'] as const;

/** Number ranges of the fields, for messages, documents and tests. */
export const RANGES = {
  seconds: [MIN_STEP_MS / 1000, MAX_STEP_MS / 1000, 's'],
  reps: [1, 200, 'repetitions'],
  tempoS: [0.5, 20, 's a repetition'],
  percentLop: [10, MAX_LOP_PERMILLE / 10, '% of LOP'],
  mmHg: [MIN_SETPOINT_MMHG, MAX_SETPOINT_MMHG, 'mmHg'],
  rampMmHgPerS: [1, 60, 'mmHg/s'],
  times: [1, 60, 'times'],
  risePercentLop: [-30, 30, '% of LOP a round'],
  warmUpS: [MIN_STEP_MS / 1000, MAX_STEP_MS / 1000, 's'],
  coolDownS: [MIN_STEP_MS / 1000, MAX_STEP_MS / 1000, 's'],
  stage: [0, MAX_STAGE, ''],
} as const;

export type RangeName = keyof typeof RANGES;

function ranged(name: RangeName): z.ZodNumber {
  const [min, max] = RANGES[name];
  return z.number().min(min).max(max);
}

function whole(name: RangeName): z.ZodNumber {
  return ranged(name).int();
}

const share = z.strictObject({ percentLop: ranged('percentLop') });
const fixed = z.strictObject({ mmHg: whole('mmHg') });

/** "off" = released; "on" = as in the phase before it that had pressure; or a pressure of its own. */
const cuff = z.union([z.literal('off'), z.literal('on'), share, fixed], {
  error: 'must be "off", "on", {"percentLop": 10..80} or {"mmHg": 20..250}',
});

const ramp = { rampMmHgPerS: whole('rampMmHgPerS').optional() };

const workByTime = z.strictObject({ kind: z.literal('work'), seconds: ranged('seconds'), cuff, ...ramp });
const workByCount = z.strictObject({
  kind: z.literal('work'),
  reps: whole('reps'),
  tempoS: ranged('tempoS'),
  cuff,
  ...ramp,
});
const rest = z.strictObject({ kind: z.literal('rest'), seconds: ranged('seconds'), cuff, ...ramp });
const easy = z.strictObject({ kind: z.literal('easy'), seconds: ranged('seconds') });

export type Cuff = z.infer<typeof cuff>;
export type SimplePhase =
  | z.infer<typeof workByTime>
  | z.infer<typeof workByCount>
  | z.infer<typeof rest>
  | z.infer<typeof easy>;
export interface RepeatPhase {
  readonly kind: 'repeat';
  readonly times: number;
  /** True: the last round leaves out its last phase (no rest after the last interval). */
  readonly openEnd?: boolean | undefined;
  /** Added to every share of LOP in each further round. */
  readonly risePercentLop?: number | undefined;
  readonly phases: readonly Phase[];
}
export type Phase = SimplePhase | RepeatPhase;

const KINDS = ['work', 'rest', 'easy', 'repeat'] as const;

/** Which shape a phase has to fit, so that its problems are named and not only that nothing fits. */
function shapeOf(value: unknown): z.ZodType {
  const given = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  if (given['kind'] === 'repeat') return repeat;
  if (given['kind'] === 'rest') return rest;
  if (given['kind'] === 'easy') return easy;
  if (given['kind'] === 'work') return 'reps' in given || 'tempoS' in given ? workByCount : workByTime;
  return z.looseObject({ kind: z.enum(KINDS) });
}

const phase: z.ZodType<Phase> = z.unknown().transform((value, ctx): Phase => {
  const result = shapeOf(value).safeParse(value, { reportInput: true });
  if (result.success) return result.data as Phase;
  ctx.issues.push(...(result.error.issues as unknown as typeof ctx.issues));
  return z.NEVER;
}) as unknown as z.ZodType<Phase>;

const repeat: z.ZodType = z.strictObject({
  kind: z.literal('repeat'),
  times: whole('times'),
  openEnd: z.boolean().optional(),
  risePercentLop: ranged('risePercentLop').optional(),
  phases: z.array(phase).min(1).max(60),
});

/** No control characters: the text is printed in a terminal. */
const ONE_LINE = /^[^\p{Cc}\p{Cs}]*$/u;

export const protocolSchema = z.strictObject({
  cuffloop: z.literal('protocol'),
  version: z.literal(1),
  name: z
    .string()
    .max(MAX_ID)
    .regex(/^[a-z0-9][a-z0-9-]*$/),
  title: z.string().min(1).max(120).regex(ONE_LINE),
  source: z.string().max(400).regex(ONE_LINE).optional(),
  activity: z.enum(ACTIVITIES),
  limb: z.enum(LIMBS).optional(),
  stage: whole('stage').optional(),
  cues: z.boolean().optional(),
  warmUpS: ranged('warmUpS').optional(),
  coolDownS: ranged('coolDownS').optional(),
  phases: z.array(phase).min(1).max(60),
});

export type ProtocolFile = z.infer<typeof protocolSchema>;

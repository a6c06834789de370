/**
 * The cases of `npm run bench:blind`: a sensor that lives but does not see, readings that drift and jump, folds after the vent has begun,
 * restarts with a full cuff, two faults at once, a pump against an open valve. Data only.
 */

import type { Kind } from './faults-matrix.ts';
import type { What } from './faults-sessions.ts';

/** When a fault begins: before the start, in the fill at a share of the setpoint, so long after a phase has begun. */
export type When =
  | { readonly phase: 'start' }
  | { readonly phase: 'fill'; readonly share: number }
  | { readonly phase: 'rest' | 'work' | 'vent'; readonly ms: number };

export interface BlindCase {
  readonly name: string;
  /** What it is an example of. */
  readonly kind: string;
  readonly session: keyof typeof SESSIONS;
  /** Pressure as a share of LOP, permille. */
  readonly permille: number;
  readonly when: When;
  readonly faults: readonly Kind[];
  /** The power goes so long after the fault, ms, for 3 s; then the device starts again. */
  readonly cutMs?: number;
  /** The wearer acknowledges what can be acknowledged and starts again, as often as the device lets it happen. */
  readonly keen?: boolean;
  /** Only the relief valve or the wearer can end it: what is asked for is that the device says so. */
  readonly staysUp?: boolean;
}

/** What is done, and for how long, s. */
export const SESSIONS: Readonly<Record<string, readonly (readonly [What, number])[]>> = {
  short: [
    ['settle', 40],
    ['work', 40],
    ['rest', 20],
  ],
  rest: [['settle', 1140]],
  /** Too short a release for the zero to be taken. */
  pulsed: Array.from({ length: 12 }, () => [['work', 30] as const, ['released', 10] as const]).flat(),
  sets: [
    ['settle', 20],
    ['work', 60],
    ['rest', 30],
    ['work', 30],
    ['rest', 30],
    ['work', 30],
    ['rest', 30],
    ['work', 30],
  ],
  long: [
    ['work', 180],
    ['rest', 60],
    ['work', 180],
    ['rest', 60],
    ['work', 180],
  ],
};

const kind = (fault: object): Kind => fault as Kind;
const line = (more: object = {}): Kind => kind({ kind: 'sense-line', ...more });
const REST: When = { phase: 'rest', ms: 12_000 };
const WORK: When = { phase: 'work', ms: 15_000 };

function blind(name: string, when: When, fault: Kind, more: Partial<BlindCase> = {}): BlindCase {
  return { name, kind: 'blind', session: 'sets', permille: 800, when, faults: [fault], ...more };
}

const BLIND: readonly BlindCase[] = [
  blind('pinched in a fill to 50 %', { phase: 'fill', share: 0.5 }, line(), { permille: 500 }),
  blind('pinched in a fill to 80 %', { phase: 'fill', share: 0.5 }, line()),
  blind('pinched early in a fill', { phase: 'fill', share: 0.1 }, line()),
  blind('pinched late in a fill', { phase: 'fill', share: 0.9 }, line()),
  blind('lags 3 s from mid-fill', { phase: 'fill', share: 0.4 }, line({ lagS: 3 })),
  blind('lags 20 s from mid-fill', { phase: 'fill', share: 0.4 }, line({ lagS: 20 })),
  blind('pinched before the start', { phase: 'start' }, line(), { keen: true }),
  blind('lags 2 s before the start', { phase: 'start' }, line({ lagS: 2 }), { keen: true }),
  blind('lags 10 s before the start', { phase: 'start' }, line({ lagS: 10 }), { keen: true }),
  blind('lags 60 s before the start', { phase: 'start' }, line({ lagS: 60 }), { keen: true }),
  blind('pinched at rest', REST, line()),
  blind('pinched at rest, sinks', REST, line({ emptyS: 200 })),
  blind('pinch grows at rest in 60 s', REST, line({ growS: 60 }), { session: 'rest' }),
  blind('lags 20 s at rest', REST, line({ lagS: 20 })),
  blind('pinched in a set', WORK, line()),
  blind('pinched in a set, sinks', WORK, line({ emptyS: 100 })),
  blind('pinch grows in a set in 30 s', WORK, line({ growS: 30 })),
  blind('lags 5 s in a set', WORK, line({ lagS: 5 })),
  blind('pinched in a run', WORK, line(), { session: 'long', permille: 500 }),
  blind('pinched as the vent begins', { phase: 'vent', ms: 60 }, line()),
  blind('pinched in the vent', { phase: 'vent', ms: 1000 }, line()),
  blind('reads two thirds of the pressure', { phase: 'start' }, line({ lagS: 0.1, emptyS: 0.2 })),
  blind(
    'jumps -25 every 3 s from mid-fill',
    { phase: 'fill', share: 0.2 },
    kind({ kind: 'sensor-jump', mmHg: -25, everyS: 3 }),
  ),
];

const RATES = [-0.1, -0.2, -0.5, 0.1, 0.2, 0.5];

const DRIFTS: readonly BlindCase[] = RATES.flatMap((mmHgPerS) =>
  (['rest', 'sets', 'long', 'pulsed'] as const).map((session) => ({
    name: `drifts ${mmHgPerS > 0 ? '+' : ''}${mmHgPerS}/s, ${session}`,
    kind: 'drift',
    session,
    permille: session === 'long' ? 500 : 800,
    when: session === 'rest' ? REST : WORK,
    faults: [kind({ kind: 'sensor-drift', mmHgPerS })],
  })),
);

const JUMPS: readonly BlindCase[] = [-25, -15, -5, 5, 15, 25].flatMap((mmHg) =>
  (['rest', 'sets', 'pulsed'] as const).flatMap((session) =>
    [10, 40].map((everyS) => ({
      name: `jumps ${mmHg > 0 ? '+' : ''}${mmHg} every ${everyS} s, ${session}`,
      kind: 'jumps',
      session,
      permille: 800,
      when: session === 'rest' ? REST : WORK,
      faults: [kind({ kind: 'sensor-jump', mmHg, everyS })],
    })),
  ),
);

const STUCK = kind({ kind: 'valve-stuck-shut' });
const ROOM = kind({ kind: 'sensor-zero' });
const RUNS = kind({ kind: 'pump-stuck-on' });

function full(
  name: string,
  group: string,
  when: When,
  faults: readonly Kind[],
  more: Partial<BlindCase> = {},
): BlindCase {
  return { name, kind: group, session: 'short', permille: 800, when, faults, staysUp: true, ...more };
}

const FOLDS: readonly BlindCase[] = [200, 700, 2000].flatMap((ms) =>
  [400, 5000].map((factor) =>
    full(`hose folded ${ms} ms after the vent began, x${factor}`, 'fold', { phase: 'vent', ms }, [
      kind({ kind: 'kink', factor }),
    ]),
  ),
);

const OTHERS: readonly BlindCase[] = [
  full('valve stuck shut, then a power cut', 'restart', REST, [STUCK], { cutMs: 2000 }),
  full('valve stuck shut in a set, then a power cut', 'restart', WORK, [STUCK], { cutMs: 500 }),
  full('valve stuck shut from the start', 'two', { phase: 'start' }, [STUCK], { keen: true }),
  full('valve stuck shut, the line reads the room', 'two', { phase: 'start' }, [STUCK, ROOM], { keen: true }),
  full('the line reads the room', 'two', { phase: 'start' }, [ROOM], { keen: true, staysUp: false }),
  full('valve stuck shut at rest, line pinched', 'two', REST, [STUCK, line()], { keen: true }),
  full('pump runs by itself, idle', 'pump', { phase: 'start' }, [RUNS]),
  full('pump runs by itself, at rest', 'pump', REST, [RUNS]),
  full('pump runs by itself, in the vent', 'pump', { phase: 'vent', ms: 500 }, [RUNS]),
];

export const CASES: readonly BlindCase[] = [...BLIND, ...DRIFTS, ...JUMPS, ...FOLDS, ...OTHERS];

/**
 * Hard limits and the timing of the loop. Each has a reason and a source; settings can only tighten them,
 * never loosen them, and no setting can switch a rule off. `[S]` read in the source, `[M]` from memory of
 * it, `[S, M]` some of it read, `[D]` our decision. Change one only together with docs/safety-case.md and its test. Must never depend on a setting.
 */

/**
 * Control period of the reference board, ms: what simulator and tests run at unless another board is named. On a board it is the board's own
 * (`periodMs` in hal/boards); code that runs there goes by `Tick.period`. Chosen by measurement: docs/lab/tick-cost.md.
 */
export const TICK_MS = 50;
/** From the conversion command to the tick that reads it, ms: a MPRLS needs 5 (datasheet), 2 are spare. */
export const CONVERT_MS = 7;
/**
 * While a measurement listens, a second conversion begins with the tick; it is read this long after the first one began, ms, and a third
 * begins if it will be done before the next period.
 */
export const EXTRA_MS = 24;
/**
 * Outputs die by hardware timer after this long without renewal, ms, at whatever period: longer than the longest tick that is let pass, so
 * that a loop that is slow vents and says so before it is cut. [D] design invariant.
 */
export const LEASE_MS = 250;
/** The chip resets when no whole healthy tick has kicked it for this long, s. */
export const WATCHDOG_S = 1;
/**
 * A tick this long after the last, ms, is an overrun at once. [D] At the upper end of the estimate the dearest tick of the reference board takes
 * 139 ms and a collection of memory 53 (sim/board/cost): together they are none. The lease cuts 50 ms later.
 */
export const OVERRUN_MS = 200;
/**
 * A tick is late when it comes more than this after the last, ms, whatever is due; three late ones in a row are an overrun too. [D] A slow
 * chip's ticks come as soon as it is done with the last: at the upper end of the estimate one in 250 takes longer, and three in a row do not.
 */
export const LATE_MS = 130;

/**
 * Highest reading, mmHg: above it nothing is pumped, the valve opens, and a second of it ends the session. Of the true pressure it says
 * only what the sensor sees. Our decision: 20 above the highest pressure that a measurement asks for, and where the independent cut-off of
 * blood pressure modules on sale acts (300, +20, -10). [D] [S]
 */
export const MAX_CUFF_MMHG = 300;
/**
 * A reading above this ends the session sooner, mmHg: what a single fault may make of it. Our decision: a tenth more, which is
 * 10 above where the cut-off of such a module acts at the latest. [D]
 */
export const MAX_FAULT_MMHG = 330;
/**
 * Highest setpoint of a training session, mmHg. [D] leaves 50 mmHg below the ceiling for the wave. The share of LOP is tighter: of the
 * highest LOP that is believed it makes 240.
 */
export const MAX_SETPOINT_MMHG = 250;
/** Highest setpoint of a LOP measurement, mmHg: 20 below the ceiling. [D] */
export const MAX_MEASURE_MMHG = 280;
/**
 * A highest setpoint of the wearer's below this, mmHg, holds in a LOP measurement too; from this on, which is the default of the
 * setting, it is for training alone: standing, an occlusion pressure of 242 +- 49 (Hughes 2018) could not be found below it. [D]
 */
export const TRAINING_ONLY_MMHG = 200;
/** Highest training pressure as a share of LOP, permille. Patterson 2019: 40-80 % AOP. [S] */
export const MAX_LOP_PERMILLE = 800;
/** Share of LOP, permille, above which the regulator lets no peak stand if the valve can help it. With the motion known in full such a cap costs nothing (docs/sources.md, reference model). [D] */
export const CAP_LOP_PERMILLE = 970;
/** Range in which a limb occlusion pressure is believed, mmHg. Legs 161 +- 18 lying (Brown 2018) [S], 242 +- 49 standing (Hughes 2018) [S]. [D] */
export const MIN_LOP_MMHG = 80;
export const MAX_LOP_MMHG = 300;
/** No cuff is "on" below this setpoint, mmHg: the slack cuff cannot be regulated. [D] */
export const MIN_SETPOINT_MMHG = 20;

/** At or below this the cuff counts as vented, mmHg. IEC 60601-2-30 in its edition GOST 30324.30-2002: 15. [S] */
export const VENTED_MMHG = 15;
/** A vent must bring the cuff to VENTED_MMHG within this, ms. The same: 30 s after a fault. [S] */
export const VENT_LIMIT_MS = 30000;
/** The same for a build that no session starts on: an arm cuff is small, and a limb waits for air. design goal: 10 s. [D] */
export const ARM_VENT_LIMIT_MS = 10000;

/** Time under pressure, ms, continuous or summed without a full release. VALD/AIS: leg < 20, arm < 15 min. [S] */
export const MAX_LEG_MS = 20 * 60000;
export const MAX_ARM_MS = 15 * 60000;
/**
 * All time under pressure of one session, ms, whatever releases are in it: Owens: a session of at most 30 min [S]; Patterson 2019: 5 x 5 min
 * passive, 2-4 exercises of 5-10 min [S, M]. Without it a chain of rests brings 19 hours of pressure into one session.
 */
export const MAX_SESSION_PRESSURE_MS = 30 * 60000;
/**
 * All time under pressure in 24 h, ms. [D] four sessions of the greatest length; nobody has measured a limit. No study trains more than
 * twice a day (Patterson 2019), and without it a chain of sessions with their releases brings 20 hours of pressure into a day.
 */
export const MAX_DAY_PRESSURE_MS = 2 * 3600000;
/** Length of one session, ms, its breaks, warm-up and cool-down included. [D] four times the time under pressure. */
export const MAX_SESSION_MS = 2 * 3600000;
/** Vented time that counts as a full release, ms. VALD/AIS: at least 3 min. [S] */
export const RELEASE_MS = 3 * 60000;

/** A doubtful sample under pressure is tolerated this long (pump off meanwhile), then it vents, ms. [D] */
export const DOUBT_LIMIT_MS = 240;

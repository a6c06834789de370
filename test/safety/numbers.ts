/**
 * The numbers of the rules, written down a second time: a test that took them from the code would move with them. Whoever changes one
 * changes it here as well, and has read docs/safety-case.md.
 */

// src/limits.ts
export const OVERRUN_MS = 200;
export const LATE_MS = 130;
export const MAX_CUFF_MMHG = 300;
export const MAX_FAULT_MMHG = 330;
export const MAX_MEASURE_MMHG = 280;
export const VENTED_MMHG = 15;
export const VENT_LIMIT_MS = 30000;
export const RELEASE_MS = 3 * 60000;
export const DOUBT_LIMIT_MS = 240;

// src/safety/rows/air.ts, src/safety/air-rules.ts
export const SETTLE_MS = 350;
export const CALM_MMHG = 3;
export const GAIN_WINDOW_MS = 4000;
export const AFTER_MS = 6000;
export const GAIN_LIMIT_MMHG = 9;

// src/safety/rows/book.ts
export const BOOK_MS = 3000;
export const BOOK_SHORT_MS = 20000;
export const BOOK_STILL_MS = 1000;

// src/safety/rows/firmware.ts
export const LATE_TICKS = 3;

// src/safety/rows/air.ts, src/safety/rows/vent.ts
export const OPEN_LIMIT_MS = 4000;

// src/safety/rows/pressure.ts, src/safety/rows/air.ts, src/safety/rows/vent.ts, src/safety/level-rules.ts
export const OVER_MS = 1000;
export const FAULT_OVER_MS = 400;
export const VANISHED_MS = 200;
export const VANISHED_FROM_MMHG = 40;
export const VANISHED_FILL_MMHG = 18;
export const ARM_BLEED_MMHG_PER_MS = 7 / 10;
export const LEG_BLEED_MMHG_PER_MS = 3 / 10;
export const SURGE_MMHG = 75;
export const SURGE_LIMIT = 3;

// src/safety/rows/air.ts, src/safety/rows/pressure.ts
export const RISE_WINDOW_MS = 10000;
export const SLACK_WINDOW_MS = 5000;
export const FILL_LIMIT_MS = 180000;
export const LEAK_MS = 9000;
export const OVER_LOP_MS = 3000;
export const HIGH_MS = 6000;

// src/safety/rows/sensor.ts
export const ERRATIC_LIMIT = 60;

// src/safety/rows/outputs.ts
export const RAIL_MS = 3000;
export const LIVE_MV = 600;
export const COASTED_MS = 500;
export const STEADY_MS = 100;

// src/safety/rows/vent.ts, src/safety/rows/sensor.ts
export const BLOCKED_MS = 130;
export const FALL_MS = 4000;
export const SETTLED_MS = 20000;
export const OFF_ZERO_MS = 3000;

// src/sensing/zero.ts
export const MAX_ZERO_RISE_MMHG = 8;
export const MAX_OPEN_RISE_MMHG = 3;

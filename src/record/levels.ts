/** How the recorder writes a reading down. */

/** Steps of a reading, per mmHg. */
export const LEVEL_STEPS = 50;

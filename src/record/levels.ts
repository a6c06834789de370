/**
 * How the recorder writes a reading down. Must never change without a new version of the texts that hold such readings (box.ts and
 * envelope.ts in this folder).
 */

/** Steps of a reading, per mmHg. */
export const LEVEL_STEPS = 50;

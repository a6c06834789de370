/**
 * Units and the few constants that tie them together. One pressure unit in the whole project: mmHg, gauge
 * unless a name says `Abs`. Time inside the firmware is whole milliseconds; seconds appear in protocols only. Must never hold a limit: limits.ts.
 */

/** Pressure in millimetres of mercury, relative to the air around the cuff unless named otherwise. */
export type MmHg = number;
/** Time or duration in whole milliseconds. */
export type Ms = number;
/** A share in whole thousandths, 0..1000. */
export type Permille = number;
/** Electric potential in whole millivolts. */
export type Mv = number;

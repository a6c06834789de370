/** Names of the small files that the device keeps in flash. A name must never be given to another text: the files of devices in use have it. */

export const FILE_SETTINGS = 'cuff.set';
/** '1', or '3' after a hazard, from before the first inflation, or from a hazard, until a full release: found at boot, it starts the whole lock-out. */
export const FILE_LOCK = 'cuff.lock';
/** The last good zero of the sensor in tenths of a mmHg: src/sensing/zero.ts. */
export const FILE_ZERO = 'cuff.zero';
/** What was done so far: session/progress.ts. */
export const FILE_PROGRESS = 'cuff.prog';
/** Time under pressure of the last 24 h, where a date is known: session/day.ts. */
export const FILE_DAY = 'cuff.day';
/** The last believed measurement of the occlusion pressure: src/session/lop-record.ts. */
export const FILE_LOP = 'cuff.lop';
/** What commissioning has measured, and whether the build has passed: src/session/commissioned.ts. */
export const FILE_COMMISSIONED = 'cuff.com';

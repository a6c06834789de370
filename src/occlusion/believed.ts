/**
 * Limits of what is believed that the sweep has to know as well: what lies beyond them need not be measured.
 * Must never be made wider without new figures.
 */

/**
 * Place of the largest pulse over the result, permille. It lies near 0.45 systolic + 0.55 diastolic (Chandrasekhar 2019), so that a pulse
 * pressure of 18-60 % of systolic puts it at 670-900; wider below, where the top of a flat hump is uncertain. In 40 recordings of
 * people who noted their systolic pressure it lay at 640-910 of that.
 */
export const MIN_TOP_PERMILLE = 600;
export const MAX_TOP_PERMILLE = 900;
/** Most noise of the windows, SD, thousandths of a mmHg. */
export const MAX_NOISE_MILLI = 330;

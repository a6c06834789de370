import { MPRLS_TRAITS } from '../../hal/sensors/mprls.ts';
import type { SensorTraits } from '../../src/ports.ts';

/** The part of the reference build. */
export const BOARD_TRAITS: SensorTraits = MPRLS_TRAITS;

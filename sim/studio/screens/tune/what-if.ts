/** Other parts on the same cuff: what somebody could buy or build before any setting is turned. */
import { BELT_FLASK } from '../../../plant/bottle-params.ts';
import type { PlantParams } from '../../../plant/params.ts';

export interface WhatIf {
  /** Half a litre of air at the cuff. */
  readonly bottle: boolean;
  /** Half as much again from the pump, or through the valve. */
  readonly pump: boolean;
  readonly valve: boolean;
}

export const AS_IT_IS: WhatIf = { bottle: false, pump: false, valve: false };
const MORE = 1.5;

export function isOther(what: WhatIf): boolean {
  return what.bottle || what.pump || what.valve;
}

export function withParts(plant: PlantParams, what: WhatIf): PlantParams {
  return {
    ...plant,
    ...(what.bottle ? { bottle: BELT_FLASK } : {}),
    ...(what.pump ? { pumpFlow: plant.pumpFlow * MORE } : {}),
    ...(what.valve ? { valveC: plant.valveC * MORE } : {}),
  };
}

export function partsText(what: WhatIf): string {
  const parts = [
    ...(what.bottle ? ['0.5 L of air at the cuff'] : []),
    ...(what.pump ? ['a pump that gives half as much again'] : []),
    ...(what.valve ? ['a valve that lets half as much again through'] : []),
  ];
  return parts.length === 0 ? 'as it is' : `with ${parts.join(' and ')}`;
}

/** What the person at the bench is told before a run: where everything is to be fitted, and that he presses. */
import type { Place } from './bench.ts';

export const ORDERS: Readonly<Record<Place, string>> = {
  bottle:
    'Hose, sense line, second gauge and relief valve on the bottle. Press the training button once; read the second gauge while the pressure is held.',
  hot: 'At once, while the valve is hot: all on the bottle as before. Press the training button once.',
  cuff: 'The cuff, strapped on the dummy, sense line on its second port, relief valve fitted. Press the training button once.',
};

/** The board's own store alone, as an image: for benches that write to a model of the flash. */
import { Store } from '../../hal/store.ts';

export default { store: new Store() };

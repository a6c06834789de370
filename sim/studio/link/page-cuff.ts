/** The page's one client, on what this browser has; it tells the frame of the studio what is connected and how to stop it. */
import { effect } from '@preact/signals';
import { realCuff, stopPlace } from '../shell/cuff-state.ts';
import { cuffName } from './connection.ts';
import { CuffClient } from './cuff-client.ts';
import { stopWords } from './stopper.ts';
import { supportOf } from './support.ts';

const serial = 'serial' in navigator ? navigator.serial : undefined;
const bluetooth = 'bluetooth' in navigator ? navigator.bluetooth : undefined;

export const support = supportOf({
  secure: isSecureContext,
  serial: serial !== undefined,
  bluetooth: bluetooth !== undefined,
  agent: navigator.userAgent,
});

export const cuff = new CuffClient({
  serial,
  bluetooth,
  locks: 'locks' in navigator ? navigator.locks : undefined,
  channel: 'BroadcastChannel' in globalThis ? new BroadcastChannel('cuffloop-cuff') : undefined,
});

const press = (): void => cuff.stop();

/** STOP is there from the first connection on until the reader disconnects, whatever became of the line, and until a STOP under way is over. */
effect(() => {
  const now = cuff.connection.value;
  const stop = cuff.stopper.state.value;
  const elsewhere = cuff.elsewhere.words.value;
  const idle = now.at === 'off' && stop.at === 'none' && !cuff.isElsewhere;
  stopPlace.value = idle ? null : { said: cuff.isElsewhere ? elsewhere : stopWords(stop), press };
  realCuff.value = cuffName(now, cuff.isElsewhere);
});

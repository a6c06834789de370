/** Locks and a channel as two tabs of one browser have them. */
import type { PageChannel, PageLocks } from '../../../sim/studio/link/owner.ts';

/** `tab` gives those of one more tab. */
export function twoTabs(): { tab: () => { locks: PageLocks; channel: PageChannel } } {
  let holder: (() => void) | undefined;
  const ears: { of: PageChannel; heard: (event: { data: unknown }) => void }[] = [];
  const locks: PageLocks = {
    request: (_name, options, held) =>
      new Promise((resolve, reject) => {
        if (holder !== undefined && options.steal !== true) return void held(null).then(resolve);
        holder?.();
        const robbed = (): void => reject(new Error('AbortError'));
        holder = robbed;
        held({}).then(() => {
          if (holder === robbed) holder = undefined;
          resolve(undefined);
        });
      }),
  };
  const tab = (): { locks: PageLocks; channel: PageChannel } => {
    const channel: PageChannel = {
      addEventListener: (_type, heard) => void ears.push({ of: channel, heard }),
      postMessage: (data) => {
        for (const ear of ears) if (ear.of !== channel) ear.heard({ data });
      },
    };
    return { locks, channel };
  };
  return { tab };
}

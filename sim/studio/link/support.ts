/** What this browser can do for a cuff, and why not where it cannot. Pure: the browser is handed in. */
import { type Trouble, trouble } from './troubles.ts';

export interface BrowserFacts {
  /** https, localhost, or a file of this computer. */
  readonly secure: boolean;
  readonly serial: boolean;
  readonly bluetooth: boolean;
  /** `navigator.userAgent`. */
  readonly agent: string;
}

export interface Support {
  /** Undefined = it works here. */
  readonly usb: Trouble | undefined;
  readonly bluetooth: Trouble | undefined;
}

export function supportOf(facts: BrowserFacts): Support {
  if (!facts.secure) return { usb: trouble('insecure'), bluetooth: trouble('insecure') };
  const linux = /Linux/.test(facts.agent) && !/Android/.test(facts.agent) && /Chrom/.test(facts.agent);
  return {
    usb: facts.serial ? undefined : trouble('no-serial'),
    bluetooth: facts.bluetooth ? undefined : trouble(linux ? 'linux-bluetooth' : 'no-bluetooth'),
  };
}

/** What is typed at a board's console to look at its outputs: texts for its own pins. Each leaves the outputs off, by itself or by `safe`. */
import type { DrivePins } from '../../tools/build/drive-pins.ts';

export type Enable = 'on' | 'off' | 'free';

/** Life of the outputs that is granted to the timer, as the firmware's lease, ms. */
export const LEASE_MS = 250;
/** Between two feeds of watchdog and monostable, ms. */
const FEED_MS = 50;

function enable(pin: string, how: Enable): string {
  return how === 'free' ? `pinMode(${pin},"input")` : `digitalWrite(${pin},${how === 'on' ? 1 : 0})`;
}

export interface ElectricTexts {
  /** Everything off. */
  readonly safe: string;
  /** Everything off, and nothing feeds the watchdog any more. */
  readonly stop: string;
  /** Both outputs driven for `ms`, the enables as given; `cuffSeen` then has the terminals. */
  look(pump: Enable, valve: Enable, ms: number): string;
  /** The valve on, and what may cut it: the timer with the monostable fed, or the monostable alone. `cuffLooks` collects the terminals. */
  run(looksMs: readonly number[], timer: boolean): string;
}

export function electricTexts(pins: DrivePins): ElectricTexts {
  const { pump: p, valve: v, feed, sense } = pins;
  const off = `digitalWrite(${p.enable},0);digitalWrite(${v.enable},0);digitalWrite(${p.output},0);digitalWrite(${v.output},0)`;
  const single = pins.modes.map((pin) => `pinMode(${pin},"input")`).join(';');
  const edge = feed === undefined ? '' : `digitalWrite(${feed},0);digitalWrite(${feed},1)`;
  const volts = `Math.round(analogRead(p)*E.getAnalogVRef()*1000*${pins.numerator}/${pins.denominator})`;
  const read = sense === undefined ? '[]' : `[${sense.join(',')}].map(function(p){return ${volts}})`;
  const on = `${off};${single};${edge}`;
  return {
    safe: `(function(){${off};return 1})()`,
    stop: `(function(){clearInterval();${off};return 1})()`,
    look(pump, valve, ms) {
      const free = `pinMode(${p.enable},"auto");pinMode(${v.enable},"auto")`;
      return (
        `(function(){global.cuffSeen=[];${on};digitalWrite(${p.output},1);digitalWrite(${v.output},1);${enable(p.enable, pump)};${enable(v.enable, valve)};` +
        `setTimeout(function(){global.cuffSeen=${read};${free};${off}},${ms});return 1})()`
      );
    },
    run(looksMs, timer) {
      const looks = looksMs
        .map((ms) => `setTimeout(function(){global.cuffLooks.push(${read})},${ms})`)
        .join(';');
      const lease = `require("timer").add({type:"SET",pin:${p.enable},pin2:${v.enable},value:0,time:${LEASE_MS}});`;
      return (
        `(function(){clearInterval();E.enableWatchdog(1,false);global.cuffMark=1;global.cuffLooks=[];${on};` +
        `digitalWrite(${p.output},0);digitalWrite(${v.output},1);digitalWrite(${p.enable},1);digitalWrite(${v.enable},1);E.kickWatchdog();` +
        `${timer ? lease : ''}setInterval(function(){E.kickWatchdog();${timer ? edge : ''}},${FEED_MS});${looks};return 1})()`
      );
    },
  };
}

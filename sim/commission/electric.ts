/**
 * The electrical lines, in service mode: each output is switched on for some ms alone, by itself off again. What must be off is looked at several
 * times and its worst counts; what must be on counts when it was seen on once, as the guard of service mode puts the drivers to sleep in between.
 */
import type { Bench, ServiceConsole } from './bench.ts';
import { type Line, lineOf } from './lines.ts';
import { DRIVE_PINS } from './pins.ts';

const TRIES = 4;
/** The sense lines follow with 3.3 ms. */
const SETTLE_MS = 18;
/** Below this a driven output is no output, mV. */
const LEAST_ON_MV = 1500;
const MOST_OFF_MV = 300;
/** Life of the outputs that is granted to the timer, as the firmware's lease, and when is looked, ms. */
const LEASE_MS = 250;
const LOOKS_MS = [200, 230, 260, 290, 330];

interface Volts {
  readonly pump: number;
  readonly valve: number;
}

type Enable = 'on' | 'off' | 'free';

const { pump: P, valve: V } = DRIVE_PINS;
const SAFE = `digitalWrite(${P.enable},0);digitalWrite(${V.enable},0);digitalWrite(${P.output},0);digitalWrite(${V.output},0)`;
/** Both bridges as single outputs: they look at these pins when they wake. */
const SINGLE = DRIVE_PINS.modes.map((pin) => `pinMode(${pin},"input")`).join(';');
const READ = `[${P.sense},${V.sense}].map(function(p){return Math.round(analogRead(p)*E.getAnalogVRef()*1000*${DRIVE_PINS.numerator}/${DRIVE_PINS.denominator})})`;

function enable(pin: string, how: Enable): string {
  return how === 'free' ? `pinMode(${pin},"input")` : `digitalWrite(${pin},${how === 'on' ? 1 : 0})`;
}

/** Both outputs are driven, the enables as given; what the terminals show after SETTLE_MS. */
async function look(console: ServiceConsole, pump: Enable, valve: Enable): Promise<Volts> {
  const free = `pinMode(${P.enable},"auto");pinMode(${V.enable},"auto")`;
  await console.ask(
    `(function(){global.cuffSeen=[];${SAFE};${SINGLE};digitalWrite(${P.output},1);digitalWrite(${V.output},1);${enable(P.enable, pump)};${enable(V.enable, valve)};` +
      `setTimeout(function(){global.cuffSeen=${READ};${free};${SAFE}},${SETTLE_MS});return 1})()`,
  );
  await console.wait(2 * SETTLE_MS);
  const [p = Number.NaN, v = Number.NaN] = (await console.ask('global.cuffSeen')) as number[];
  return { pump: p, valve: v };
}

/** The highest of several looks. */
async function highest(console: ServiceConsole, pump: Enable, valve: Enable): Promise<Volts> {
  let seen: Volts = { pump: 0, valve: 0 };
  for (let k = 0; k < TRIES; k++) {
    const now = await look(console, pump, valve);
    seen = { pump: Math.max(seen.pump, now.pump), valve: Math.max(seen.valve, now.valve) };
  }
  return seen;
}

/** When the timer had cut both outputs, ms; NaN = not within LOOKS_MS, or they were never on. */
async function deadMan(console: ServiceConsole): Promise<number> {
  const looks = LOOKS_MS.map((ms) => `setTimeout(function(){global.cuffLooks.push(${READ})},${ms})`).join(
    ';',
  );
  await console.ask(
    `(function(){clearInterval();E.enableWatchdog(1,false);global.cuffMark=1;global.cuffLooks=[];${SAFE};${SINGLE};` +
      `digitalWrite(${P.output},0);digitalWrite(${V.output},1);digitalWrite(${P.enable},1);digitalWrite(${V.enable},1);E.kickWatchdog();` +
      `require("timer").add({type:"SET",pin:${P.enable},pin2:${V.enable},value:0,time:${LEASE_MS}});${looks};return 1})()`,
  );
  await console.wait(LOOKS_MS[LOOKS_MS.length - 1] as number);
  await console.wait(SETTLE_MS);
  const looked = (await console.ask('global.cuffLooks')) as number[][];
  await console.ask(`(function(){${SAFE};return 1})()`);
  if (!((looked[0]?.[1] ?? 0) > LEAST_ON_MV)) return Number.NaN;
  const cut = looked.findIndex((volts) => (volts[1] ?? Number.NaN) < MOST_OFF_MV);
  return cut < 0 ? Number.NaN : (LOOKS_MS[cut] as number);
}

const yes = (is: boolean): number => (is ? 1 : 0);

/** The lines of step 2. The program that fed the watchdog is stopped for the last two: the chip resets at the end. */
export async function electricLines(bench: Bench): Promise<Line[]> {
  return await bench.inService(async (console) => {
    const pumpOnly = await highest(console, 'on', 'off');
    const pumpMoves = await bench.yes('pump-moves', 'Did the PUMP twitch, and the valve stay silent?');
    const valveOnly = await highest(console, 'off', 'on');
    const valveMoves = await bench.yes('valve-moves', 'Did the VALVE click, and the pump stay silent?');
    const off = await highest(console, 'off', 'off');
    const free = await highest(console, 'free', 'free');
    const cutMs = await deadMan(console);
    const reset = await console.hasReset();
    const alone = (on: number, other: number): boolean => on > LEAST_ON_MV && other < MOST_OFF_MV;
    return [
      lineOf('pump-alone', yes(alone(pumpOnly.pump, pumpOnly.valve) && pumpMoves)),
      lineOf('valve-alone', yes(alone(valveOnly.valve, valveOnly.pump) && valveMoves)),
      lineOf('enables-off', Math.max(off.pump, off.valve)),
      lineOf('enables-floating', Math.max(free.pump, free.valve)),
      lineOf('dead-man', cutMs),
      lineOf('watchdog', yes(reset)),
    ];
  });
}

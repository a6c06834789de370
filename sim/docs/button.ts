/** docs/button.md, made from the table of orders in src/wearer/orders.ts. */

import { isPressurePhase, PHASE_READY, phaseName } from '../../src/phases.ts';
import { MAX_OPEN_RISE_MMHG, MAX_ZERO_RISE_MMHG } from '../../src/sensing/zero.ts';
import { DONE_MS, PAUSE_LIMIT_MS } from '../../src/session/session.ts';
import { BURST_GAP_MS, HOLD_MS, SERVICE_MS, SHORT_MS } from '../../src/wearer/gestures.ts';
import { ORDERS } from '../../src/wearer/orders.ts';
import { ANSWER_MS } from '../../src/wearer/readiness.ts';

/** The orders in words, by the name of their function. */
export const ORDER_TEXTS: Readonly<Record<string, string>> = {
  nothing: '–',
  startTraining: 'start the session; another press answers a question (see below)',
  choosePrevious: 'the one before it; from the progression: the last, your own come first',
  chooseNext:
    'choose the next protocol that is open at your stage and within your limits; after the last one: back to the progression',
  askPosture:
    'measure the occlusion pressure; the posture is asked first. While the zero is doubted (see below): "I have opened the cuff by hand"',
  enterService: 'service mode: the device restarts, outputs asleep',
  lying: 'lying',
  seated: 'seated',
  standing: 'standing',
  backToIdle: 'back to idle',
  goOn: 'go on where it was left',
  lowerNext: '10 mmHg less from the next fill on',
  endSession: 'end the session',
  pauseNow: 'pause',
  feltRight: '"it felt right"',
  feltHard: '"hard"',
  feltTooMuch: '"too much"',
  leaveDone: 'back to idle',
  acknowledgeTrip: 'acknowledge, if the trip allows it and the cuff is empty',
};

const PHASES: Readonly<Record<string, string>> = {
  idle: 'idle',
  released: 'released rest',
  done: `done (${DONE_MS / 1000} s)`,
  tripped: 'tripped',
  paused: 'paused',
  posture: 'asking for the posture',
};

function cell(phase: number, gesture: number): string {
  const order = ORDERS[phase]?.[gesture];
  if (order === undefined) return '–';
  const text = ORDER_TEXTS[order.name];
  if (text === undefined) throw new Error(`order ${order.name}: no text in sim/docs/button.ts`);
  return text;
}

/** Phases in which orders are taken, in the order of the table. */
function rows(): string[] {
  const found: string[] = [];
  for (let phase = 0; phase < ORDERS.length; phase++) {
    const name = phaseName(phase);
    if ((ORDERS[phase] ?? []).length === 0) continue;
    found.push(
      `| ${PHASES[name] ?? name} | ${[1, 2, 3, 4, 5].map((gesture) => cell(phase, gesture)).join(' | ')} |`,
    );
  }
  return found;
}

function ventingPhases(): string {
  const names: string[] = [];
  for (let phase = 0; phase < ORDERS.length; phase++)
    if (isPressurePhase(phase) || phase === PHASE_READY) names.push(phaseName(phase));
  return names.join(', ');
}

export function buttonDoc(): string {
  return `# The training button

Made by \`npm run docs\` from the table in \`src/wearer/orders.ts\`; do not edit.

One button (D1) does it all. **Any press of any button under pressure vents at once**, and does nothing else. Nothing starts without a
press on a vented cuff.

These mean nothing:

- the release of a press that vented, and any press while the cuff is still emptying;
- a press that is under way when the state changes by itself;
- a press within 1.5 s after a question (posture, how it felt) has run out. It was meant for what is over.

| the device is | one press | two presses | three presses | hold ${HOLD_MS / 1000} s | hold ${SERVICE_MS / 1000} s |
|---|---|---|---|---|---|
${rows().join('\n')}
| ${ventingPhases()} | **vents at the first touch**; a session is paused, a measurement or a start is given up | | | | |

A short press takes up to ${SHORT_MS / 1000} s. Presses count together until there was none for ${BURST_GAP_MS / 1000} s. A pause of ${PAUSE_LIMIT_MS / 60000} min ends the session.

STOP (D26, optional) and BTN1 stop like any button and start nothing. In a released rest they pause. Do not hold BTN1: see
[flashing.md](flashing.md).

**Questions.** Before a start the device may ask. It blinks a number:

- 12: the occlusion pressure was taken in another posture.
- 13: first use. Have you read and answered the [screening questions](screening.md)?
- 14: the occlusion pressure is more than four weeks old.

A press within ${ANSWER_MS / 1000} s says "yes, go on". Without one the question is dropped, and the next start asks it again. Questions come one at a time, 13
first. See [sessions.md](sessions.md).

**After the alarm "open the cuff by hand".** Open the strap. Where no reading can show that the cuff is empty (the reading vanished, fell
faster than air can leave, or did not follow cuff or limb), it counts as full, and presses do nothing. Then, 5 s after the alarm at the earliest, hold the button for ${HOLD_MS / 1000} s: that says "I have opened the cuff by
hand". After it one press acknowledges, where the trip allows it; else restart the device.

**"Is the cuff open?"** The device compares the first zero after switching on with the zero of the last session. When it is more than
${MAX_ZERO_RISE_MMHG} mmHg above that, the cuff may still hold air. After a session that was cut off, or a hazard, the limit is ${MAX_OPEN_RISE_MMHG} mmHg. Then nothing starts: the lamp
blinks 4, or after a session that was cut off, or a hazard, it gives the alarm "open the cuff by hand".

Open the strap. If there was air in the cuff, the device now finds its zero by itself. If there was none, the air around you has changed:
fair weather after a storm, or a way down from the mountains. Then hold the button for ${HOLD_MS / 1000} s. That says "I have opened the cuff by hand",
and the zero is taken as it is. After a hazard this hold is always needed. Never say it of a cuff that is still closed.

What the lamps say: [indicator.md](indicator.md).
`;
}

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
  startTraining: 'start the session; a question (see below) is answered by another press',
  chooseNext:
    'choose the next protocol that is open at your stage and within your limits; after the last one back to the progression',
  askPosture:
    'measure the occlusion pressure: asks for the posture; while the zero is doubted (see below): "I have opened the cuff by hand"',
  enterService: 'service mode: restarts, outputs asleep',
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

One button (D1) does it all. **Any press of any button under pressure vents at once**, and does nothing else: the release of
that press, and any press while the cuff is still emptying, means nothing. Nothing starts but by a press on a vented cuff. A
press that is under way when the state changes by itself means nothing either, and nor does one within 1.5 s after a question
(posture, how it felt) has run out: it was meant for what is over.

| the device is | one press | two presses | three presses | hold ${HOLD_MS / 1000} s | hold ${SERVICE_MS / 1000} s |
|---|---|---|---|---|---|
${rows().join('\n')}
| ${ventingPhases()} | **vents at the first touch**; a session is paused, a measurement or a start given up | | | | |

A burst ends ${BURST_GAP_MS / 1000} s after its last press; a short press is one of up to ${SHORT_MS / 1000} s. A pause of ${PAUSE_LIMIT_MS / 60000} min ends the session. Optional
STOP (D26) and BTN1 stop like any button and start nothing; in a released rest they pause. Do not hold BTN1: see
[flashing.md](flashing.md).

**Questions.** Before a start the device may ask: the lamp blinks 12 (the occlusion pressure was taken in another posture), 13
(first use: have the [screening questions](screening.md) been read and answered?) or 14 (it is more than four weeks old). A
press within ${ANSWER_MS / 1000} s says "yes, go on"; without one the question is forgotten and asked again. They come one at a time, 13 first. See [sessions.md](sessions.md).

**"Is the cuff open?"** The first zero after switching on is held against the one of the last session. If it is more than
${MAX_ZERO_RISE_MMHG} mmHg above it (more than ${MAX_OPEN_RISE_MMHG} after a session that was cut off, or a hazard), the cuff may still hold air: the lamp blinks 4,
after a cut-off session or a hazard it gives the alarm "open the cuff by hand", and nothing starts. Open the strap; if air was in
it, the device finds its zero by itself. If not (a high after a low, a trip down from the mountains), hold the button for ${HOLD_MS / 1000} s:
that says "I have opened the cuff by hand", and the zero is taken as it is. Never say it of a cuff that is still closed.

What the lamps say: [indicator.md](indicator.md).
`;
}

/** Answers to questions of one letter, one line each: whole numbers and texts. Must never change anything of the device. */
import { dateIfKnown } from '../date.ts';
import { uncertaintyMmHg } from '../occlusion/uncertainty.ts';
import { adviceNow, progressText } from '../session/progress.ts';
import { protocolAt } from '../session/stored.ts';
import { SETTINGS_VERSION } from '../settings.ts';
import { chosenProtocol } from '../wearer/start.ts';
import type { LinkState } from './link-state.ts';
import type { LinkParts } from './parts.ts';

/** Version of the link: what frames there are and what stands in them. */
export const LINK_VERSION = 5;

/** What is asked for; under pressure the state and the hello alone. */
export function answer(device: LinkParts, link: LinkState): void {
  const asked = link.asked;
  link.asked = '';
  link.answered = device.tick.now;
  if (asked === '?') answerState(device);
  else if (asked === 'H') answerHello(device);
  else if (!device.supervisor.pressurised) answerVented(device, asked);
}

function answerVented(device: LinkParts, asked: string): void {
  if (asked === 'L') answerLop(device);
  else if (asked === 'V') device.ports.link.write(`~V${device.version}\n`);
  else if (asked === 'E') answerTrip(device);
  else if (asked === 'P') answerPace(device);
  else answerNext(device);
}

/** One line: ~, then phase, step, seconds left, setpoint, pressure, trip, inhibits as whole numbers. */
function answerState(device: LinkParts): void {
  const session = device.session;
  const t = device.tick;
  const setpoint = t.setpoint === null ? -1 : t.setpoint;
  say(device, '', [
    session.phase,
    session.step,
    session.leftMs / 1000,
    setpoint,
    t.filteredMmHg,
    device.supervisor.trip,
    device.readiness.inhibits,
  ]);
}

/** ~H, version of the link, control period in ms, version of the settings, motor rail in mV, s since power-up; then board, sensor and serial number, and the firmware's version. */
function answerHello(device: LinkParts): void {
  const numbers = [
    LINK_VERSION,
    device.tick.period,
    SETTINGS_VERSION,
    device.tick.railMv,
    device.tick.now / 1000,
  ];
  device.ports.link.write(`~H${numbers.map(whole).join(',')},${device.who},${device.version}\n`);
}

/** ~E, trip, measured, allowed, hazard: TRIP_* codes with the numbers of the first. */
function answerTrip(device: LinkParts): void {
  const supervisor = device.supervisor;
  say(device, 'E', [supervisor.trip, supervisor.measured, supervisor.allowed, supervisor.hazard]);
}

/** ~P, all since power-up and under pressure: mean and longest of the ticks that were timed, ms; ticks that came late; longest time between two ticks, ms; stalls. */
function answerPace(device: LinkParts): void {
  const pace = device.pace;
  const supervisor = device.supervisor;
  say(device, 'P', [pace.meanMs, pace.worstMs, supervisor.lateSeen, supervisor.longestSeenMs, pace.stalls]);
}

/** ~L, then LOP in use, LOP_* source, posture, estimated; the last measurement: mmHg, spread, heart rate, REFUSED_*, measured, allowed, NOTICE_* bits, how far off it may be. */
function answerLop(device: LinkParts): void {
  const settings = device.settings;
  const r = device.measurement.lop.result;
  const now = [settings.lopMmHg, settings.lopSource, settings.lopPosture, device.readiness.estimated ? 1 : 0];
  say(
    device,
    'L',
    now.concat([
      r.mmHg,
      r.spreadMmHg,
      r.heartRate,
      r.refusal,
      r.measured,
      r.allowed,
      r.notices,
      uncertaintyMmHg(r),
    ]),
  );
}

/** ~N, ADVICE_*, date, then a sentence. */
function answerNext(device: LinkParts): void {
  const p = protocolAt(device.ports.store, chosenProtocol(device));
  const id = p === undefined ? 'none' : p.id;
  const dateS = dateIfKnown(device.date, device.tick.now);
  const text = progressText(device.progress, id, device.readiness.estimated);
  device.ports.link.write(`~N${adviceNow(device.progress, dateS)},${dateS},${text}\n`);
}

function say(device: LinkParts, letter: string, fields: number[]): void {
  device.ports.link.write(`~${letter}${fields.map(whole).join(',')}\n`);
}

function whole(value: number): string {
  return value > -100000 ? Math.round(value).toString() : '';
}

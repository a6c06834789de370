/**
 * What a gesture means, phase by phase: one table. Called on a vented cuff only. Everything that can start
 * anything is in start.ts and here. docs/button.md is made from the table. Must never be called under pressure.
 */
import { FILE_PROGRESS } from '../files.ts';
import { PHASE_IDLE, PHASE_POSTURE, PHASE_READY } from '../phases.ts';
import { clearTrip } from '../safety/latch.ts';
import { isClearedByPress } from '../safety/trips.ts';
import { confirmOpen } from '../sensing/zero.ts';
import { rewriteRecord } from '../session/logbook.ts';
import { orderMeasurement } from '../session/measurement.ts';
import { enterWithoutStep, forgetExit, lowerNextFill } from '../session/orders-in.ts';
import { encodeProgress, FELT_HARD, FELT_RIGHT, FELT_TOO_MUCH, feltLike } from '../session/progress.ts';
import { EXIT_STOPPED, OWED, pauseSession, resumeSession, stopSession, toIdle } from '../session/session.ts';
import type { WearerParts } from './parts.ts';
import { inhibitsOf } from './readiness.ts';
import { chooseNext, choosePrevious, mayMeasure, startTraining } from './start.ts';

/** What one gesture does in one phase. */
export type Order = (device: WearerParts) => void;

function nothing(_device: WearerParts): void {
  return;
}

function askPosture(device: WearerParts): void {
  if (device.sensing.zero.asks) confirmOpen(device.sensing.zero);
  else if (mayMeasure(device)) enterWithoutStep(device.session, PHASE_POSTURE);
}

function enterService(device: WearerParts): void {
  device.ports.service.request();
}

function lying(device: WearerParts): void {
  takePosture(device, 0);
}

function seated(device: WearerParts): void {
  takePosture(device, 1);
}

function standing(device: WearerParts): void {
  takePosture(device, 2);
}

function takePosture(device: WearerParts, posture: number): void {
  orderMeasurement(device.measurement, posture);
  forgetExit(device.session);
  enterWithoutStep(device.session, PHASE_READY);
}

function backToIdle(device: WearerParts): void {
  enterWithoutStep(device.session, PHASE_IDLE);
}

function goOn(device: WearerParts): void {
  if (inhibitsOf(device, device.session.protocol) === 0 && device.session.owed !== OWED)
    resumeSession(device.session);
}

/** Tingling: 10 mmHg less from the next fill on. */
function lowerNext(device: WearerParts): void {
  lowerNextFill(device.session);
}

function endSession(device: WearerParts): void {
  stopSession(device.session, EXIT_STOPPED);
}

/** A press in a released rest: the other cuff may be under pressure. */
function pauseNow(device: WearerParts): void {
  pauseSession(device.session);
  device.ports.relay.stop();
}

function feltRight(device: WearerParts): void {
  feel(device, FELT_RIGHT);
}

function feltHard(device: WearerParts): void {
  feel(device, FELT_HARD);
}

function feltTooMuch(device: WearerParts): void {
  feel(device, FELT_TOO_MUCH);
}

function leaveDone(device: WearerParts): void {
  toIdle(device.session);
}

/** How it felt: into the record that is already there, and into what comes next. */
function feel(device: WearerParts, felt: number): void {
  feltLike(device.progress, felt);
  device.ports.store.write(FILE_PROGRESS, encodeProgress(device.progress));
  rewriteRecord(device, felt);
  toIdle(device.session);
}

/** A hazard that was found after the first cause stands until it too may be acknowledged. */
function acknowledgeTrip(device: WearerParts): void {
  const v = device.supervisor;
  if (!(isClearedByPress(v.trip) && isClearedByPress(v.hazard))) return;
  if (clearTrip(v)) toIdle(device.session);
}

const NOTHING: ReadonlyArray<Order> = [];

/** Phase by phase (phases.ts); in each: no gesture, one, two, three presses, hold of 2 s, of 5 s. */
export const ORDERS: ReadonlyArray<ReadonlyArray<Order>> = [
  [nothing, startTraining, chooseNext, choosePrevious, askPosture, enterService],
  NOTHING,
  NOTHING,
  NOTHING,
  NOTHING,
  [nothing, pauseNow, lowerNext, nothing, endSession, nothing],
  NOTHING,
  [nothing, feltRight, feltHard, feltTooMuch, leaveDone, leaveDone],
  [nothing, acknowledgeTrip],
  NOTHING,
  [nothing, goOn, lowerNext, nothing, endSession, nothing],
  [nothing, lying, seated, standing, backToIdle, backToIdle],
];

/** Do what `gesture` means in `phase`. */
export function orderIn(device: WearerParts, phase: number, gesture: number): void {
  if (gesture === 0) return;
  const row = ORDERS[phase];
  const order = row === undefined ? undefined : row[gesture];
  if (order !== undefined) order(device);
}

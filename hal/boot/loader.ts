/**
 * The loader, `.bootcde`: outputs safe first, then service mode if it was asked for, else the newest whole image. It decides
 * here and evaluates at root scope (see `root.ts`), where an image costs a third fewer variables than inside a function.
 * Nothing is left running apart from the image. Where no image runs the console is open on USB,
 * and the outputs are guarded (`guard.ts`). Must never wake a driver or drive an output.
 */
import { makeSafe, serviceButtonDown, showService } from '../boards/selected.ts';
import { openConsole } from './console.ts';
import { foreignFiles } from './foreign.ts';
import { guardOutputs } from './guard.ts';
import { requestService, SERVICE_MINUTES, takeServiceRequest } from './service.ts';
import { SLOT_A, SLOT_B, slotRecord, wholeImage } from './slots.ts';

export interface Boot {
  /** 'image', 'service' or 'empty': what this boot came to. */
  mode: string;
  /** Slot and version of the image that runs. */
  slot: string;
  version: string;
  /** To be evaluated next. */
  image: string | undefined;
  /** Slot to try when this one fails. */
  other: string | undefined;
  failed: (error: unknown) => void;
}

makeSafe();

function nothing(): void {}

const boot: Boot = {
  mode: 'empty',
  slot: '',
  version: '',
  image: undefined,
  other: undefined,
  failed: nothing,
};

/** Aim at `slot`; false when it holds no whole image. */
function take(slot: string): boolean {
  const record = slotRecord(slot);
  boot.image = wholeImage(slot, record);
  if (record === undefined || boot.image === undefined) return false;
  boot.mode = 'image';
  boot.slot = slot;
  boot.version = record.version;
  return true;
}

function serial(slot: string): number {
  const record = slotRecord(slot);
  return record === undefined ? -1 : record.serial;
}

function chooseImage(): void {
  const first = serial(SLOT_B) > serial(SLOT_A) ? SLOT_B : SLOT_A;
  const second = first === SLOT_A ? SLOT_B : SLOT_A;
  if (take(first)) {
    boot.other = second;
    return;
  }
  if (take(second)) return;
  openConsole();
  guardOutputs(0);
  print('cuffloop: no whole image in flash. Outputs are off, the console is open: run flash.sh.');
}

/** An image threw while it was loading: everything that it started goes, and the other slot gets its chance. */
function imageFailed(error: unknown): void {
  makeSafe();
  clearInterval();
  clearWatch();
  const failed = boot.slot;
  const other = boot.other;
  boot.image = undefined;
  boot.other = undefined;
  boot.mode = 'empty';
  if (other !== undefined && take(other)) return;
  requestService('image ' + failed + ' failed while loading: ' + error);
}

function openService(reason: string): void {
  boot.mode = 'service';
  openConsole();
  showService();
  guardOutputs(SERVICE_MINUTES);
  print('cuffloop: service mode for ' + SERVICE_MINUTES + ' minutes (' + reason + '). Outputs are off.');
  if (BUILD_LACKS !== '') print('cuffloop: this board has ' + BUILD_LACKS);
}

/** Somebody else's program ran before this one: no image beside it, and what it left running ends. */
function refuseForeign(names: string[]): void {
  clearInterval();
  clearWatch();
  openService('start-up programs that are not ours: ' + names.join(', ') + '; run flash.sh');
}

/** A flash that cannot be read ends in service mode: outputs asleep, console open for whoever repairs it. */
function bootUp(): void {
  const reason = takeServiceRequest();
  const foreign = foreignFiles();
  if (foreign.length > 0) refuseForeign(foreign);
  else if (reason !== undefined) openService(reason);
  else if (serviceButtonDown()) openService('training button held at start');
  else chooseImage();
}

boot.failed = imageFailed;
try {
  bootUp();
} catch (error) {
  boot.image = undefined;
  openService('the flash cannot be read: ' + error);
}

export default boot;

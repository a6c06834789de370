/**
 * What goes over the two FIFOs. Everything is made of 64-bit floats, little end first, so that no number changes on its way.
 *
 * Up (interpreter to Node): `[count, record, record, ...]`, where `count` is the number of floats in the frame and a record is
 * `[kind, ms, a, b, c, d]`, `ms` the virtual time. A text follows its record as bytes, padded to whole records. A frame ends with
 * the record that wants an answer (`ASK_*`); those before it are things that have happened meanwhile, in order.
 * Down: 64 bytes, `[kind or result, a, bytes...]`.
 */
import { VIEW_FIELDS } from '../../tools/view-fields.ts';

/** Floats in a record. */
export const RECORD = 6;
/** Bytes of a frame down, and of the part of it that is for data. */
export const DOWN = 64;
export const DOWN_DATA = 48;

// things that have happened
export const EV_WRITE = 1; // pin, value
export const EV_PWM = 2; // pin, duty 0..1, Hz
export const EV_MODE = 3; // pin, index in PIN_MODES
export const EV_TIMER_ADD = 5; // id, due ms, value, pins packed (pin + 1) in base 64
export const EV_TIMER_REMOVE = 6; // id
export const EV_WATCHDOG = 7; // s, 1 = automatic
export const EV_KICK = 8;
export const EV_WATCH = 9; // id, pin, edge (0 both, 1 rising, -1 falling), debounce ms
export const EV_UNWATCH = 10; // id
export const EV_LINK = 11; // port (0 USB, 1 Bluetooth), length; text follows
export const EV_DRIVER = 12; // driver, 0 asleep, 1 awake, 2 auto
export const EV_POWER = 13; // Qwiic port, 0 or 1
export const EV_CONSOLE = 14; // 0 none, 1 some
export const EV_REBOOT = 15;
export const EV_FLASH = 16; // 0 write, 1 erase, 2 compact
export const EV_VIEW = 17; // tick, then the rest of the view in VIEW_RECORDS records
export const EV_UNCAUGHT = 18; // 0, length; text follows
export const EV_LOST = 19; // id of the timer whose callback could not be caught
export const EV_TEXT = 20; // 0, length; text follows: result of an evaluation
export const EV_I2C_SETUP = 21; // sda, scl, bit/s
export const EV_RADIO = 22; // 0, length; text follows

// things that want an answer
export const ASK_MORE = 32; // the frame was full: go on
export const ASK_READ = 33; // pin -> 0 or 1
export const ASK_ANALOG = 34; // pin -> number
export const ASK_I2C_READ = 35; // address, count -> count or -1, bytes
export const ASK_I2C_WRITE = 36; // address, length; bytes follow -> 0 or -1
export const ASK_VREF = 37; // -> V
export const ASK_START = 38; // -> virtual time at boot, ms
export const ASK_NEXT = 40; // what shall I do now?

// commands down, as the answer to ASK_NEXT
export const DO_RUN = 1; // until ms
export const DO_STALL = 2; // until ms, running nothing
export const DO_EDGE = 3; // watch id, state
export const DO_LINK = 4; // port, length, bytes
export const DO_EVAL = 5; // length; the text follows the frame

/** Records that a view takes: kind, time and its numbers. */
export const VIEW_RECORDS = Math.ceil((2 + VIEW_FIELDS.length) / RECORD);

export const PIN_MODES = [
  'auto',
  'analog',
  'input',
  'input_pullup',
  'input_pulldown',
  'output',
  'opendrain',
  'af_output',
  'af_opendrain',
] as const;

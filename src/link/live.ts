/**
 * Live frames under pressure: four blocks of the recorder's ring at once, as they are. The other side grants some, then grants anew; one that
 * has gone ends them by itself, and none is ever waited for. Reads the ring and the record of the tick, writes neither.
 * Must never wait for the other side.
 */
import { RING_ROWS } from '../record/recorder.ts';
import type { LinkState } from './link-state.ts';
import type { LinkParts } from './parts.ts';

/** Rows of a frame: four blocks. */
export const LIVE_ROWS = 16;

/** A frame's rows are whole when none of these bits of the ring's base is set. */
export const LIVE_REST = LIVE_ROWS - 1;

/**
 * ~T, first row after the frame, setpoint in tenths of a mmHg (-1 = vented), phase, step, motor rail in mV; then readings and what was sent, 16
 * values of two bytes each, low byte first, in base64. Once in sixteen ticks: not again at the row
 * where the last one ended.
 */
export function sendLive(device: LinkParts, link: LinkState): void {
  const r = device.recorder;
  const base = r.base;
  if (base === link.sentBase) return;
  link.sentBase = base;
  link.credit--;
  const from = (base === 0 ? RING_ROWS : base) - LIVE_ROWS;
  const session = device.session;
  device.ports.link.writeRows(
    `~T${base},${r.targets[(from >> 2) + 3]},${session.phase},${session.step},${device.tick.railMv},`,
    r.levels,
    r.outs,
    from,
  );
}

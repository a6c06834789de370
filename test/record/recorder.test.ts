/** The recorder's sums and rings, and the names of its files: numbers written down a second time. */
import { describe, expect, it } from 'vitest';
import { PHASE_FILL, PHASE_REST, PHASE_WORK } from '../../src/phases.ts';
import { BOX_BLOCKS, BOX_PARTS, BOX_ROWS, boxText, recordFile } from '../../src/record/box.ts';
import {
  createRecorder,
  hasRows,
  peakOf,
  type Recorder,
  recordPhase,
  recordTick,
  resetRecorder,
} from '../../src/record/recorder.ts';
import { createTick, type Tick } from '../../src/tick.ts';

const ROWS = 2048;
const BLANK = -2000;
const VENT = -1000;

interface Row {
  readonly mmHg?: number;
  readonly pump?: number;
  readonly bleedMs?: number;
  readonly vent?: boolean;
}

/** One block of four rows, turns 3, 0, 1, 2 as the ticks come. */
function block(r: Recorder, phase: number, setpoint: number | null, row: Row = {}, lapMs = 200): Tick {
  const t = createTick(50);
  for (const turn of [3, 0, 1, 2]) {
    Object.assign(t, {
      turn,
      measuredMmHg: row.mmHg ?? 100,
      outVent: row.vent === true,
      outPump: row.pump ?? 0,
      outBleedMs: row.bleedMs ?? 0,
      setpoint,
      lapMs,
    });
    recordTick(r, t, phase);
  }
  return t;
}

describe('the rings', () => {
  it('have what was read in fiftieths, and what was sent as one number', () => {
    const r = createRecorder();
    block(r, PHASE_WORK, 90.4, { mmHg: 101.5, pump: 700 });
    block(r, PHASE_WORK, 90, { mmHg: 99, bleedMs: 20 });
    block(r, PHASE_WORK, null, { vent: true, pump: 5 });
    expect(Array.from(r.levels.slice(0, 3))).toEqual([5075, 5075, 5075]);
    expect([r.outs[0], r.outs[4], r.outs[8]]).toEqual([700, -20, VENT]);
    expect(Array.from(r.targets.slice(0, 3))).toEqual([904, 900, -1]);
    expect(r.base).toBe(12);
  });
  it('go round, and the block that comes next is blank', () => {
    const r = createRecorder();
    expect([hasRows(r), r.outs[0], r.outs[ROWS - 1], r.outs.length]).toEqual([false, BLANK, BLANK, ROWS]);
    block(r, PHASE_WORK, 90);
    expect(hasRows(r)).toBe(true);
    for (let i = 1; i < ROWS / 4; i++) block(r, PHASE_WORK, 90);
    expect([r.base, hasRows(r), r.targets.length]).toEqual([0, true, ROWS / 4]);
    expect(Array.from(r.outs.slice(0, 6))).toEqual([BLANK, BLANK, BLANK, BLANK, 0, 0]);
    expect(r.outs[ROWS - 2]).toBe(0);
  });
});

describe('the sums', () => {
  it('of work count to a tenth of the setpoint, those of a rest to a twentieth, those of a fill not', () => {
    const r = createRecorder();
    block(r, PHASE_WORK, 100, { mmHg: 110 });
    block(r, PHASE_WORK, 100, { mmHg: 90 });
    block(r, PHASE_WORK, 100, { mmHg: 110.1 });
    block(r, PHASE_WORK, 100, { mmHg: 89.9 });
    block(r, PHASE_WORK, 100, { mmHg: 100 }, 100);
    expect([r.moveMs, r.moveInMs]).toEqual([900, 500]);
    block(r, PHASE_REST, 100, { mmHg: 105 });
    block(r, PHASE_REST, 100, { mmHg: 95 });
    block(r, PHASE_REST, 100, { mmHg: 105.1 }, 100);
    block(r, PHASE_REST, 100, { mmHg: 94.9 }, 100);
    expect([r.restMs, r.restInMs, r.moveMs]).toEqual([600, 400, 900]);
    const before = r.errorSum;
    block(r, PHASE_FILL, 100, { mmHg: 50 });
    block(r, PHASE_WORK, null, { mmHg: 50 });
    expect([r.errorSum, r.heldMs, r.moveMs]).toEqual([before, 1700, 900]);
  });
  it('of the error have its sign and its time', () => {
    const r = createRecorder();
    block(r, PHASE_WORK, 100, { mmHg: 107 });
    expect(r.errorSum).toBe(1400);
    block(r, PHASE_REST, 100, { mmHg: 96 }, 100);
    expect(r.errorSum).toBe(1000);
  });
  it('the peak is the highest reading', () => {
    const r = createRecorder();
    for (const mmHg of [100, 120, 110]) block(r, PHASE_WORK, 100, { mmHg });
    expect(peakOf(r)).toBe(6000);
  });
  it('begin anew with a session, what goes on elsewhere is held against where it stood', () => {
    const r = createRecorder();
    block(r, PHASE_WORK, 100, { mmHg: 107 });
    block(r, PHASE_REST, 100, { mmHg: 102 });
    recordPhase(r, 3, 0, 1000);
    resetRecorder(r, { cycles: 1, low: 2, high: 3, weak: 4 } as Parameters<typeof resetRecorder>[1], 5, {
      pumpStarts: 6,
      bleeds: 7,
    });
    expect(r).toMatchObject({
      moveMs: 0,
      moveInMs: 0,
      restMs: 0,
      restInMs: 0,
      errorSum: 0,
      peak: 0,
      heldMs: 0,
    });
    expect(r).toMatchObject({
      cyclesAt: 1,
      lowAt: 2,
      highAt: 3,
      weakAt: 4,
      pumpMsAt: 5,
      pumpStartsAt: 6,
      bleedsAt: 7,
    });
    expect([r.phases, r.base]).toEqual([[], 8]);
  });
});

describe('phases', () => {
  it('are kept with step and seconds, sixty of them, the oldest', () => {
    const r = createRecorder();
    recordPhase(r, 2, 0, 10_400);
    recordPhase(r, 3, 1, 12_000);
    expect(r.phases).toEqual([2, 0, 10, 3, 1, 2]);
    for (let i = 0; i < 100; i++) recordPhase(r, 5, i, 13_000 + i * 1000);
    expect(r.phases.length).toBe(180);
    expect(r.phases.slice(-3)).toEqual([5, 57, 1]);
    expect(r.phaseFrom).toBe(112_000);
  });
});

describe('the files', () => {
  it('24 records in turn', () => {
    expect([1, 23, 24, 25, 48].map(recordFile)).toEqual([
      'cuff.r1',
      'cuff.r23',
      'cuff.r0',
      'cuff.r1',
      'cuff.r0',
    ]);
  });
  it('the black box comes in 16 parts of 128 rows and 32 blocks, the head in the first alone, low byte first', () => {
    expect([BOX_PARTS, BOX_ROWS, BOX_BLOCKS]).toEqual([16, 128, 32]);
    const r = createRecorder();
    r.levels[128] = 0x1234;
    r.base = 40;
    expect(boxText(r, 50, 0).startsWith('2,50,10\n')).toBe(true);
    r.targets[32] = 0x0506;
    const second = boxText(r, 50, 1);
    expect([second.charCodeAt(512), second.charCodeAt(513)]).toEqual([0x06, 0x05]);
    expect([second.length, second.charCodeAt(0), second.charCodeAt(1)]).toEqual([
      2 * (128 + 128 + 32),
      0x34,
      0x12,
    ]);
  });
});

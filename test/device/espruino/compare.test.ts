import { describe, expect, it } from 'vitest';
import { CoreLevel } from '../../../sim/core/core-level.ts';
import { differences, explain, rowOf } from '../../../sim/interpreter/compare.ts';
import { installScript } from '../../../sim/interpreter/install.ts';
import { LockstepMismatch, runLockstep } from '../../../sim/interpreter/lockstep.ts';
import { unpackPins } from '../../../sim/interpreter/remote.ts';
import { RecordingRig, ReplayRig, recordLevel, shadow } from '../../../sim/interpreter/shadow.ts';
import type { Level } from '../../../sim/level/level.ts';
import { Rig } from '../../../sim/plant/rig.ts';
import { specOf } from './setup.ts';

const spec = specOf('run', 1);
const TICKS = 600;

function core(seed: number): CoreLevel {
  return new CoreLevel(new Rig(spec.rig, seed), { files: spec.files });
}

/** A level that shows another's view with one field changed from a tick on. */
function doctored(level: Level, field: 'pump' | 'measuredMmHg', by: number, fromTick: number): Level {
  return {
    name: 'interpreter',
    rig: level.rig,
    get view() {
      const view = level.view;
      return view.tick < fromTick ? view : { ...view, [field]: view[field] + by };
    },
    nextTick: () => level.nextTick(),
    button: (...edge) => level.button(...edge),
    stored: (name) => level.stored(name),
    close: () => level.close(),
  };
}

describe('comparison of levels', () => {
  it('finds two runs of the same spec and seed equal', () => {
    expect(runLockstep([core(1), core(1)], { plan: spec.plan, ticks: TICKS })).toBe(TICKS);
  });

  it('names the tick, the field and both values when one decides otherwise', () => {
    const run = (): number =>
      runLockstep([core(1), doctored(core(1), 'pump', 7, 400)], { plan: spec.plan, ticks: TICKS });
    expect(run).toThrow(LockstepMismatch);
    expect(run).toThrow(/^tick 400, \d+ ms: pump \d+ \(core\) against \d+ \(interpreter\)$/);
  });

  it('lets an analogue value differ by 0.001 mmHg and no more', () => {
    const level = core(1);
    level.nextTick();
    const row = { ...rowOf(level), measuredMmHg: 100 };
    expect(differences(row, { ...row, measuredMmHg: 100.0009 })).toEqual([]);
    expect(differences(row, { ...row, measuredMmHg: 100.0011 }).map((d) => d.field)).toEqual([
      'measuredMmHg',
    ]);
    expect(differences({ ...row, measuredMmHg: Number.NaN }, { ...row, measuredMmHg: Number.NaN })).toEqual(
      [],
    );
    expect(differences(row, { ...row, measuredMmHg: Number.NaN }).map((d) => d.field)).toEqual([
      'measuredMmHg',
    ]);
    expect(explain('a', 'b', [])).toBe('a and b are equal');
  });

  it('sees that another seed is another run', () => {
    expect(() => runLockstep([core(1), core(2)], { plan: spec.plan, ticks: TICKS })).toThrow(
      LockstepMismatch,
    );
  });
});

describe('shadow mode', () => {
  const recorded = () => {
    const rig = new RecordingRig(spec.rig, 1);
    const level = new CoreLevel(rig, { files: spec.files });
    return { inputs: rig.inputs, rows: recordLevel(level, rig.inputs, spec.plan, TICKS) };
  };

  it('finds no parting when the same firmware gets the inputs of a run, though its own rig is another', () => {
    const { inputs, rows } = recorded();
    expect(inputs.edges.length).toBeGreaterThan(0);
    expect(Math.max(...rows.map((r) => r.pump))).toBeGreaterThan(0);
    const level = new CoreLevel(new ReplayRig(spec.rig, 2, inputs), { files: spec.files });
    expect(shadow(level, inputs, rows)).toBeUndefined();
  });

  it('names the first decision that is another one', () => {
    const { inputs, rows } = recorded();
    const level = new CoreLevel(new ReplayRig(spec.rig, 2, inputs), { files: spec.files });
    const found = shadow(doctored(level, 'pump', 1, 300), inputs, rows);
    expect(found?.map((d) => [d.tick, d.field])).toEqual([[300, 'pump']]);
  });
});

describe('what goes to the interpreter', () => {
  it('unpacks the pins of a timer task', () => {
    expect(unpackPins(21 + 1 + 64 * (23 + 1))).toEqual([21, 23]);
    expect(unpackPins(0 + 1)).toEqual([0]);
  });

  it('writes files in pieces, every byte as it is', () => {
    const script = installScript({ 'a.b': `"\\\n${'x'.repeat(500)}` });
    expect(script).toContain('S.write("a.b","\\x22\\x5c\\x0a');
    expect(script).toContain(',400,503);');
  });

  it('refuses names and contents that the interpreter does not take', () => {
    expect(() => installScript({ [`${'n'.repeat(29)}`]: 'x' })).toThrow(/1..28 characters/);
    expect(() => installScript({ a: '' })).toThrow(/empty/);
    expect(() => installScript({ a: '\u0416' })).toThrow(/not a byte/);
  });
});

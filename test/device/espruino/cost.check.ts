import { describe, expect, it } from 'vitest';
import { hasValgrind } from '../../../sim/bench/device-count.ts';
import { BUS_MS, costOf, countBangBang, countTicks } from '../../../sim/bench/device-measure.ts';
import { fitPrimitives } from '../../../sim/bench/device-primitives.ts';
import { recordSession } from '../../../sim/bench/device-session.ts';
import { buildImage } from '../../../tools/build/image.ts';
import { figure } from './figures.ts';
import { flashOf, needInterpreter, specOf } from './setup.ts';

describe('cost of a tick', () => {
  it('is counted on ticks that decide in the interpreter what they decided on the virtual board', async (context) => {
    if (!hasValgrind()) {
      figure('cost of a tick', 'not counted: valgrind is not installed');
      context.skip();
    }
    const interpreter = needInterpreter();
    const spec = specOf('run', 1);
    const files = await flashOf(spec);
    const stored = Object.fromEntries(Object.entries(files).filter(([name]) => name.endsWith('.0')));
    const recorded = recordSession({
      rig: spec.rig,
      seed: 1,
      files,
      restTicks: 2,
      motionTicks: 40,
      stoppedTicks: 2,
    });
    const fit = await fitPrimitives(interpreter);
    const bangBang = await countBangBang(interpreter);
    const moving = (i: number): boolean => recorded[i]?.part === 'holding in motion';
    const ticks = await countTicks(interpreter, await buildImage(), stored, recorded, moving);
    expect(ticks.length).toBeGreaterThan(30);
    const mean = ticks.reduce((sum, t) => sum + t.convert + t.tick, 0) / ticks.length;
    const cost = costOf(mean, fit, BUS_MS);
    figure(
      'cost of a tick, holding in motion',
      `${(mean / bangBang).toFixed(1)} x bang-bang, ${cost.armThousands.toFixed(0)} k board instructions, about ${cost.ms.toFixed(0)} ms (${cost.lowMs.toFixed(0)}..${cost.highMs.toFixed(0)})`,
    );
    // the scale is good to a fifth or so: a fit that is wider says that the interpreter is built otherwise
    expect(fit.high / fit.low).toBeLessThan(2);
    expect(mean).toBeGreaterThan(bangBang);
  });
});

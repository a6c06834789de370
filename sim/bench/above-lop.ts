/**
 * Why a plant may stand above LOP for more than one cycle: what its wave, valve and sensor leave to a regulator. It judges no
 * regulator.
 */
import { type Draw, drawOne } from './control-draw.ts';
import { SCENARIOS } from './control-scenarios.ts';
import type { Done } from './control-task.ts';
import { slopes } from './rest-need.ts';

/** A wave of this share of the target needs both ends of the band and the margin up to LOP. */
const WIDE = 0.45;
/** Steepest rise of a wave: about 4.5 x its size x its rate; a valve that cannot take half of it away clips too late. */
const HALF_STEEPNESS = 4.5 / 2;
const SLOW_SENSOR_MS = 20;

/** Why a plant may stand above LOP for more than one cycle: what its wave, valve and sensor leave to a regulator. */
export function whyAbove(draw: Draw, percent: number, kind: Exclude<Draw['limb']['kind'], 'rest'>): string {
  const target = (draw.plant.lopMmHg * percent) / 100;
  const wave = draw.limb.motions[kind];
  const s = slopes(draw, target);
  const causes: string[] = [];
  if (wave.mmHg > WIDE * target) causes.push('wave too wide for the margin between band and LOP');
  if (s.down < HALF_STEEPNESS * wave.mmHg * wave.hz)
    causes.push('wave rises faster than the valve lets air out');
  if (draw.plant.valveAt === 'pump' && draw.plant.barbBoreMm < 1.6)
    causes.push('narrow barb between cuff and valve');
  if (draw.sensor.conversionMs > SLOW_SENSOR_MS) causes.push('slow sensor');
  if (draw.plant.proportional) causes.push('slow proportional valve');
  return (
    `wave ${wave.mmHg.toFixed(0)} mmHg on ${target.toFixed(0)} (${((100 * wave.mmHg) / target).toFixed(0)} %), valve ${s.down.toFixed(0)}, pump ${s.up.toFixed(0)} mmHg/s, ` +
    `${draw.sensor.kind} ${draw.sensor.conversionMs} ms: ${causes.length > 0 ? causes.join(', ') : 'the decisions'}`
  );
}

/** One line a plant that a controller lets above LOP for more than one cycle. */
export function aboveLop(done: readonly Done[], key: string, title: string): string[] {
  const lines: string[] = [];
  for (const d of done) {
    const run = d.metrics[key]?.aboveLopRun ?? 0;
    const s = SCENARIOS[d.task.scenario];
    if (run <= 1 || s.limb === 'rest') continue;
    if (d.task.family === 'second') {
      lines.push(`above LOP in ${run} cycles in a row, ${title}: plant ${d.task.index} of the second family`);
      continue;
    }
    const draw = drawOne(s, d.task.seed, d.task.index, d.task.build);
    lines.push(
      `above LOP in ${run} cycles in a row, ${title}: plant ${d.task.index} (limit ${d.limit?.move10.toFixed(0) ?? '-'} %), ${whyAbove(draw, s.percent, s.limb)}`,
    );
  }
  return lines;
}

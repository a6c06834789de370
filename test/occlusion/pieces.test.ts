import { describe, expect, it } from 'vitest';
import { Random } from '../../sim/plant/random.ts';
import { createBeats, startBeats, workBeats } from '../../src/occlusion/beats.ts';
import { createHump, startHump, workHump } from '../../src/occlusion/hump.ts';
import { createRate, startRate, workRate } from '../../src/occlusion/rate.ts';
import { startSizing, workSizing } from '../../src/occlusion/sizes.ts';
import { createSizing } from '../../src/occlusion/sizing-state.ts';
import { clearSteps, createSteps, MAX_STEPS, type Steps } from '../../src/occlusion/steps.ts';
import { addToWindow, closeWindow, createWindow, openWindow } from '../../src/occlusion/window.ts';

/** A window of n samples at 40 ms of any signal (time in s). */
function record(steps: Steps, n: number, signal: (t: number) => number): number {
  const w = createWindow();
  openWindow(w, steps, 40);
  for (let i = 0; i <= n; i += 1) addToWindow(w, steps.samples, signal(i * 0.04), true);
  return closeWindow(w, steps);
}

function process(steps: Steps, k: number): void {
  const beats = createBeats();
  startBeats(beats, k);
  while (workBeats(beats, steps));
}

describe('a window', () => {
  it('loses its cubic trend and keeps the noise', () => {
    const steps = createSteps();
    const rng = new Random(4);
    let square = 0;
    const k = record(steps, 75, (t) => {
      const noise = 0.15 * rng.gauss();
      square += noise * noise;
      return 140 - 2 * t + 0.8 * t * t - 0.3 * t * t * t + noise;
    });
    expect(steps.energy[k]).toBeGreaterThan((0.8 * square) / 75);
    expect(steps.energy[k]).toBeLessThan((1.2 * square) / 75);
    expect(steps.noise[k]).toBeGreaterThan(0.015);
    expect(steps.noise[k]).toBeLessThan(0.033);
  });

  it('averages two ticks of 20 ms and one of 40 into the same samples', () => {
    const fast = createSteps();
    const w = createWindow();
    openWindow(w, fast, 20);
    for (let i = 0; i <= 120; i += 1) addToWindow(w, fast.samples, 100 + Math.floor(i / 2), true);
    closeWindow(w, fast);
    const slow = createSteps();
    record(slow, 60, (t) => 100 + Math.round(t / 0.04));
    expect([...fast.samples.slice(0, 59)]).toEqual([...slow.samples.slice(0, 59)]);
  });

  it('is not moved by a lone spike', () => {
    const steps = createSteps();
    const k = record(steps, 65, (t) => 100 + 0.4 * Math.sin(7 * t) + (Math.abs(t - 1.2) < 0.01 ? 2.5 : 0));
    expect(Math.abs((steps.energy[k] ?? 0) - 0.08)).toBeLessThan(0.01);
  });

  it('is not moved by lone spikes of readings that are averaged', () => {
    const energies = [0, 2].map((spike) => {
      const steps = createSteps();
      const w = createWindow();
      openWindow(w, steps, 20);
      for (let i = 0; i < 120; i += 1)
        addToWindow(w, steps.samples, 100 + 0.4 * Math.sin(0.14 * i) + (i % 30 === 7 ? spike : 0), true);
      return steps.energy[closeWindow(w, steps)] ?? 0;
    });
    expect(Math.abs((energies[1] ?? 0) - (energies[0] ?? 0))).toBeLessThan(0.002);
  });

  it('is doubtful when readings are missing, and when a bump stands in it', () => {
    const steps = createSteps();
    const w = createWindow();
    openWindow(w, steps, 40);
    for (let i = 0; i < 60; i += 1) addToWindow(w, steps.samples, 100, i % 5 !== 0);
    expect(steps.doubt[closeWindow(w, steps)]).toBe(1);
    const k = record(steps, 65, (t) => 100 + 0.4 * Math.sin(7 * t) + (t > 1.2 && t < 1.4 ? 5 : 0));
    process(steps, k);
    expect(steps.doubt[k]).toBe(1);
    const clean = record(steps, 65, (t) => 100 + 0.4 * Math.sin(7 * t));
    process(steps, clean);
    expect(steps.doubt[clean]).toBe(0);
  });
});

describe('heart rate and pulse sizes', () => {
  it.each([46, 58, 75, 97, 118])(
    'finds %i a minute, its harmonics and the sizes through trend and breath',
    (rate) => {
      const steps = createSteps();
      clearSteps(steps);
      const w = (2 * Math.PI * rate) / 60;
      for (let j = 0; j < 8; j += 1) {
        const pulse = (t: number): number =>
          0.5 * Math.sin(w * t + j) + 0.2 * Math.sin(2 * w * t + 2 * j + 1);
        process(
          steps,
          record(steps, 62, (t) => 100 + 10 * j - 0.7 * t + 0.3 * Math.sin(1.6 * t) + pulse(t)),
        );
      }
      const found = createRate();
      startRate(found, steps);
      while (!workRate(found, steps));
      expect(Math.abs(found.perMinute - rate)).toBeLessThan(0.03 * rate + 2);
      const z = createSizing();
      startSizing(z, steps, found.perMinute, 0, true);
      while (!workSizing(z, steps));
      for (let j = 0; j < 8; j += 1) {
        expect(steps.sizes[j]).toBeGreaterThan(0.8);
        expect(steps.sizes[j]).toBeLessThan(1.4);
        expect(steps.sizes[MAX_STEPS + j]).toBeGreaterThan(0.85);
        expect(steps.sizes[MAX_STEPS + j]).toBeLessThan(1.35);
      }
    },
  );
});

describe('the single hump', () => {
  function curveOf(sizes: readonly number[], doubtful: readonly number[]): Float32Array {
    const steps = createSteps();
    const order = new Uint8Array(MAX_STEPS);
    sizes.forEach((size, i) => {
      steps.pressure[i] = 60 + 10 * i;
      steps.sizes[i] = size;
      steps.doubt[i] = doubtful.includes(i) ? 1 : 0;
      order[i] = i;
    });
    steps.count = sizes.length;
    const h = createHump();
    startHump(h, 0);
    while (!workHump(h, steps, order));
    return h.c.slice(0, h.n);
  }

  const smooth = [0.2, 0.4, 0.7, 1, 1.2, 1.25, 1.1, 0.8, 0.5, 0.35, 0.3];

  it('follows a clean hump', () => {
    curveOf(smooth, []).forEach((c, i) => {
      expect(Math.abs(c - (smooth[i] ?? 0))).toBeLessThan(0.08);
    });
  });

  it.each([1, 2, 8, 9])('does not take a lone artefact at step %i for the top', (at) => {
    const spoilt = smooth.map((x, i) => (i === at ? 4 : x));
    const c = curveOf(spoilt, []);
    expect([...c].indexOf(Math.max(...c))).toBeGreaterThan(2);
    expect([...c].indexOf(Math.max(...c))).toBeLessThan(7);
  });

  it('leaves doubtful windows out, even two beside each other', () => {
    const spoilt = smooth.map((x, i) => (i === 1 || i === 2 ? 9 : x));
    expect(Math.max(...curveOf(spoilt, [1, 2]))).toBeLessThan(1.4);
  });
});

/** What a builder takes from the pictures of docs/build.md: where each part is joined, as the page has it too. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sampleHealthy } from '../../sim/commission/hidden.ts';
import { pneumaticsSvg } from '../../sim/docs/pneumatics.ts';
import { wiringSvg } from '../../sim/docs/wiring.ts';
import { Random } from '../../sim/plant/random.ts';
import { boardObject } from '../../tools/build/board-object.ts';

const PAGE = readFileSync(new URL('../../docs/build.md', import.meta.url), 'utf8');

describe('the air', () => {
  it('names the three ports of the valve as the page does', () => {
    const svg = pneumaticsSvg();
    for (const port of ['to the COM port', 'NO port to the open air', '(NC): plugged'])
      expect(svg).toContain(port);
    expect(PAGE).toMatch(/\*\*COM\*\*.*= cuff, \*\*NO\*\*.*= air, \*\*NC\*\*.*plugged/);
  });

  it('has the longest hose of the page, which healthy builds keep to', () => {
    expect(/at most ([\d.]+) m</.exec(pneumaticsSvg())?.[1]).toBe(
      /simulator, at most ([\d.]+) m /.exec(PAGE)?.[1],
    );
    const rng = new Random(1);
    for (let k = 0; k < 50; k++) expect(sampleHealthy(rng).plant.hoseM).toBeLessThanOrEqual(0.3);
  });
});

describe.each(['pico2', 'xiao'])('the wiring of %s', (name) => {
  const svg = wiringSvg(name);
  const b = boardObject(name);

  it('has the dead-man with its supply and every pin of the monostable', () => {
    expect(svg).toContain(`both at 3.3 V; ${b.deadMan} to B (2)`);
    for (const pin of ['A (1) GND', 'CLR (3) 3.3 V', 'Q (13)', '+ at 15, − at 14'])
      expect(svg).toContain(pin);
    expect(PAGE).toContain('the feed, D15 or D10,');
  });

  it('has a pull-down on both sides of the gate', () => {
    expect(svg).toMatch(
      /4\.7 kΩ to GND at (the 74HC08’s input and at SLEEP|D\d+, 10 kΩ at the MOSFET’s gate)/,
    );
  });
});

it('a MOSFET has no enable: two gates each, four in all', () => {
  const svg = wiringSvg('xiao');
  expect(svg).toContain('Q (13) to two of four gates');
  expect(svg).toContain('D7 AND Q; that AND D6: gate of its MOSFET');
  expect(wiringSvg('pico2')).toContain('Q (13) to two gates');
});

describe('the reference build', () => {
  it('says of its four pads that they are pads', () => {
    const svg = wiringSvg('jolt');
    for (const pin of ['D1', 'D26', 'D46', 'D47']) expect(svg).toContain(`pad ${pin}`);
  });

  it('gives the buzzer its supply, and a motor its diode', () => {
    expect(wiringSvg('jolt')).toContain('+ to 3.3 V');
    expect(wiringSvg('jolt')).toContain('a motor: 1N5819 across it');
  });
});

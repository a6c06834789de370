import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { MADE_PICTURES } from '../../sim/docs/made-docs.ts';
import { PICTURES, pictureSvg } from '../../sim/docs/pictures.ts';
import { AIMS } from '../../sim/tune/aims.ts';
import { commissionProtocol, protocolFile } from '../../sim/tune/commission-protocol.ts';
import { VENT_REFUSE_S, VENT_WARN_S } from '../../sim/tune/verdict.ts';
import { pressureTimeMs, protocolFits } from '../../src/session/protocol.ts';
import { checkSettings, defaultSettings } from '../../src/settings.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

function text(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

const TUNING = text('docs/tuning.md');
const COMMISSIONING = text('docs/commissioning.md');

describe('the documents of tuning', () => {
  it('show every picture beside the command that makes it, and none that is not there', () => {
    const shown: string[] = [];
    for (const page of [TUNING, COMMISSIONING]) {
      for (const [, name = '', command = ''] of page.matchAll(
        /!\[[^\]]*\]\(img\/([a-z-]+)\.svg\)\n\n`([^`]*)`/g,
      )) {
        shown.push(name);
        expect(command).toBe(`npm run docs:pictures -- ${name}`);
        expect(text(`docs/img/${name}.svg`)).toContain(command);
      }
      expect([...page.matchAll(/!\[/g)].length).toBe(
        [...page.matchAll(/\.svg\)\n\n`npm run docs:pictures/g)].length,
      );
    }
    expect(shown.sort()).toEqual(Object.keys(PICTURES).sort());
  });

  it('name every aim', () => {
    for (const { name } of AIMS) expect(TUNING).toContain(`| \`${name}\` |`);
  });

  it('name only settings that there are, and limits as they are judged', () => {
    const known = Object.keys(defaultSettings());
    for (const [, name = ''] of TUNING.matchAll(/--vary (\w+)=/g)) expect(known).toContain(name);
    for (const name of ['fillMmHgPerS', 'savePercent', 'minStartMv', 'maxMmHg', 'lopMmHg'])
      expect(known).toContain(name);
    expect(COMMISSIONING).toContain(`| vent, to 15 mmHg | ≤ ${VENT_WARN_S} s | ≤ ${VENT_REFUSE_S} s |`);
  });

  it('link to pages that are there', () => {
    for (const page of [TUNING, COMMISSIONING])
      for (const [, file = ''] of page.matchAll(/\]\(([a-z./A-Z-]+\.md)/g))
        expect(existsSync(join(ROOT, 'docs', file)) || file === 'lop.md', file).toBe(true);
  });
});

describe('a picture', () => {
  for (const { file, make } of MADE_PICTURES) {
    it(`${file} is what its run gives: npm run docs`, { timeout: 60_000 }, () => {
      expect(text(file)).toBe(make());
    });
  }

  it('is drawn from a run of its own: curve, bands, pump and valve', { timeout: 60_000 }, () => {
    const svg = pictureSvg('tuning-fill');
    expect(svg).toMatch(/^<svg /);
    expect(svg.match(/<polyline/g)?.length).toBe(2);
    expect(svg).toContain('fillMmHgPerS 10');
    expect(svg).not.toContain('NaN');
    expect(svg.length).toBeLessThan(30_000);
  });

  it('of no known name is refused with the names that there are', () => {
    expect(() => pictureSvg('nothing')).toThrow(/there are tuning-fill/);
  });
});

describe('the commissioning session', () => {
  it('is the protocol file in the documents', () => {
    expect(text('docs/protocols/commissioning.json')).toBe(protocolFile(150));
  });

  it('fits the hard limits, is far from the time limit of an arm, and into the black box', () => {
    const protocol = commissionProtocol(150);
    expect(protocolFits(protocol, 190, 152, 900_000)).toBe(true);
    expect(pressureTimeMs(protocol, 12_000)).toBeLessThan(120_000);
    for (const step of protocol.steps) expect(step.mmHg === 0 || step.mmHg >= 20).toBe(true);
    expect(
      checkSettings(defaultSettings(), { lopMmHg: 190, lopSource: 3, fillMmHgPerS: 0 }).problems,
    ).toEqual([]);
  });
});

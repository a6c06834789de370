import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { forbidden, fuzzProtocols } from '../../sim/bench/protocol-fuzz.ts';
import { MADE_PAGES } from '../../sim/docs/made-docs.ts';
import { builtInProtocol, PROTOCOL_COUNT } from '../../src/session/library.ts';
import { protocolFits, STEP_EASY, STEP_WORK } from '../../src/session/protocol.ts';
import { decodeProtocol, encodeProtocol } from '../../src/session/stored.ts';
import { ROOT } from '../../tools/build/project.ts';
import { builtIns } from '../../tools/protocol/built-ins.ts';
import { checkFile, checkText } from '../../tools/protocol/check.ts';
import { protocolHtml, protocolSvg } from '../../tools/protocol/draw.ts';
import { NOTES } from '../../tools/protocol/library-notes.ts';
import { problemText } from '../../tools/protocol/problems.ts';
import { storedFile } from '../../tools/protocol/stored-file.ts';
import { foldedSteps, timelineOf, totalsOf } from '../../tools/protocol/timeline.ts';

const EXAMPLE = readFileSync(join(ROOT, 'docs/protocols/example.json'), 'utf8');

function fileWith(changes: object): unknown {
  const phases = [{ kind: 'work', seconds: 60, cuff: { percentLop: 50 } }];
  return { cuffloop: 'protocol', version: 1, name: 'x', title: 'x', activity: 'run', phases, ...changes };
}

function problems(file: unknown): string[] {
  return checkFile(file).problems.map(problemText);
}

describe('protocol files', () => {
  it('the example with every field is good and comes out as flat steps', () => {
    const { protocol, problems: found } = checkText(EXAMPLE);
    expect(found).toEqual([]);
    expect(protocol?.steps).toHaveLength(14);
    expect(protocol?.steps[0]).toMatchObject({ kind: STEP_EASY, ms: 300000, permille: 0 });
    expect(protocol?.steps.filter((s) => s.kind === STEP_WORK).map((s) => s.permille)).toEqual([
      400, 430, 460, 490, 0,
    ]);
    expect(protocol?.steps[9]).toEqual({
      kind: STEP_WORK,
      ms: 60000,
      permille: 0,
      mmHg: 90,
      rampMmHgPerS: 0,
    });
    expect(protocol?.steps[10]).toMatchObject({ mmHg: 90 });
    expect(protocol?.steps[11]).toMatchObject({ kind: STEP_EASY, mmHg: 0 });
  });

  it('lists all problems with path, value and range', () => {
    const found = problems(
      fileWith({
        activity: 'jog',
        bogus: 1,
        phases: [
          { kind: 'repeat', times: 61, phases: [{ kind: 'work', seconds: 0, cuff: { percentLop: 81 } }] },
          { kind: 'work', reps: 2.5, cuff: 'maybe' },
          { kind: 'nap' },
        ],
      }),
    );
    expect(found.sort()).toEqual([
      'activity: "jog"; allowed: "run", "walk", "cycle", "lift", "passive"',
      'bogus: is not known here; allowed: the fields that docs/sessions.md lists',
      'phases[0].phases[0].cuff.percentLop: 81; allowed: 10..80 % of LOP',
      'phases[0].phases[0].seconds: 0; allowed: 1..3600 s',
      'phases[0].times: 61; allowed: 1..60 times',
      'phases[1].cuff: "maybe"; allowed: "off", "on", {"percentLop": 10..80} or {"mmHg": 20..250}',
      'phases[1].reps: 2.5; allowed: whole numbers 1..200 repetitions',
      'phases[1].tempoS: missing; allowed: 0.5..20 s a repetition',
      'phases[2].kind: "nap"; allowed: "work", "rest", "easy", "repeat"',
    ]);
  });

  it('says so when it is no JSON', () => {
    expect(checkText('{').problems[0]).toMatchObject({ path: 'file' });
  });

  it('refuses more than 20 min on a leg, 15 on an arm, and counts rests that are too short', () => {
    const phases = [
      {
        kind: 'repeat',
        times: 4,
        phases: [
          { kind: 'work', seconds: 240, cuff: { percentLop: 50 } },
          { kind: 'rest', seconds: 60, cuff: 'off' },
        ],
      },
    ];
    expect(problems(fileWith({ phases }))).toEqual([]);
    expect(problems(fileWith({ phases, limb: 'arm' }))[0]).toMatch(
      /1008 s under pressure .* at most 900 s on an arm/,
    );
    phases[0] = { ...phases[0], times: 5 } as (typeof phases)[0];
    expect(problems(fileWith({ phases }))[0]).toMatch(/1260 s under pressure .* at most 1200 s on a leg/);
  });

  it('refuses rises beyond 80 % and too many steps, and "on" with nothing before it', () => {
    const rising = [
      {
        kind: 'repeat',
        times: 5,
        risePercentLop: 10,
        phases: [{ kind: 'work', seconds: 9, cuff: { percentLop: 45 } }],
      },
    ];
    expect(problems(fileWith({ phases: rising }))).toEqual([
      'step 5: 85 % of LOP after rising; allowed: at most 80 %',
    ]);
    const many = [{ kind: 'repeat', times: 60, phases: [1, 2, 3].map(() => ({ kind: 'easy', seconds: 5 })) }];
    expect(problems(fileWith({ phases: many }))).toEqual([
      'phases: 180 steps when unrolled; allowed: 1..120',
    ]);
    expect(problems(fileWith({ phases: [{ kind: 'rest', seconds: 5, cuff: 'on' }] }))[0]).toMatch(
      /"on" with no pressure/,
    );
  });

  it('knows the limits of a wearer', () => {
    const file = fileWith({ phases: [{ kind: 'work', seconds: 9, cuff: { mmHg: 160 } }] });
    expect(checkFile(file, { lopMmHg: 210, maxMmHg: 250 }).problems).toEqual([]);
    expect(checkFile(file, { lopMmHg: 190, maxMmHg: 250 }).problems.map(problemText)).toEqual([
      'step 1: 160 mmHg; allowed: 20..152 mmHg for this wearer',
    ]);
    expect(checkFile(file, { lopMmHg: 210, maxMmHg: 150 }).problems).toHaveLength(1);
  });

  it('fuzz: 2,000 files as they are and broken in one place; the judge itself can say no', () => {
    const result = fuzzProtocols(2000, 11);
    expect(result.wrong).toEqual([]);
    expect(result.goodAccepted).toBe(2000);
    expect(result.brokenRefused).toBeGreaterThan(1000);
    expect(result.brokenStillGood).toBeGreaterThan(50);
    const long = builtInProtocol(4);
    for (const step of long.steps) step.ms = 1201 * 1000;
    expect(forbidden(long, false)).toEqual(['time under pressure']);
    for (const step of long.steps) step.permille = 801;
    expect(forbidden(long, false)).toContain('share of LOP');
  });
});

describe('stored protocols', () => {
  it('every built-in one survives the text', () => {
    for (let i = 0; i < PROTOCOL_COUNT; i++) {
      const p = builtInProtocol(i);
      expect(decodeProtocol(encodeProtocol(p))).toEqual({ ...p, silent: false });
    }
  });

  it('any damaged byte and any cut is refused', () => {
    const { text } = storedFile(builtInProtocol(3), 0);
    for (let at = 0; at < text.length; at++) {
      expect(decodeProtocol(text.slice(0, at)), `cut at ${at}`).toBeUndefined();
      const broken = `${text.slice(0, at)}${text[at] === '1' ? '2' : '1'}${text.slice(at + 1)}`;
      expect(decodeProtocol(broken), `byte ${at}`).toBeUndefined();
    }
  });

  it('is refused when its numbers are not written as they would be, check sum or not', () => {
    const body = (encodeProtocol(builtInProtocol(1)).split('\n').slice(0, 2) as string[]).join('\n');
    const texts = [
      body.replace('1,0,0,0', '1,0,9,0'),
      body.replace('120000', '12e4'),
      body.replace('400', '400.5'),
      body.replace('intro', ''),
    ];
    for (const text of texts) {
      let a = 1;
      let b = 0;
      for (const c of text) {
        a = (a + c.charCodeAt(0)) % 65521;
        b = (b + a) % 65521;
      }
      expect(text).not.toBe(body);
      expect(decodeProtocol(`${text}\n${b * 65536 + a}`), text).toBeUndefined();
    }
  });
});

describe('what people see of a protocol', () => {
  it('every built-in one has a note with its source, and no note is left over', () => {
    expect(Object.keys(NOTES).sort()).toEqual(
      builtIns()
        .map(({ protocol }) => protocol.id)
        .sort(),
    );
    for (const note of Object.values(NOTES)) expect(note.source.length).toBeGreaterThan(20);
  });

  it('repeats are folded, the timeline is as wide as asked', () => {
    const p = builtInProtocol(0);
    expect(foldedSteps(p, 190)).toEqual([
      '4 × (work 3:00 50 % LOP = 95 mmHg, rest 1:00 released)',
      'work 3:00 50 % LOP = 95 mmHg',
    ]);
    const [bars, kinds] = timelineOf(p, 60);
    expect([bars?.length, kinds?.length]).toEqual([60, 60]);
    expect(totalsOf(p)).toEqual({ seconds: 1140, onSeconds: 900, pressureSeconds: 960, steps: 9 });
  });

  it('the picture holds every step and nothing that a name could smuggle in', () => {
    const p = builtInProtocol(0);
    const svg = protocolSvg(p, '<script>', 190);
    expect(svg.match(/<rect/g)).toHaveLength(1 + 5 + 9);
    expect(svg).not.toContain('<script>');
    expect(protocolHtml(p, 'a & b', 'c', 0)).toContain('a &amp; b');
  });

  it('the picture draws a released rest in the colour of released, and says which that is', () => {
    const colors = (id: string): string[] => {
      const found = builtIns().find(({ protocol }) => protocol.id === id);
      if (found === undefined) throw new Error(id);
      const strip = protocolSvg(found.protocol, id, 190).matchAll(/height="9" fill="([^"]*)"><title>rest/g);
      return [...new Set([...strip].map(([, color]) => color ?? ''))];
    };
    expect(colors('run-5x3')).toEqual(['#d9dde0']);
    expect(colors('run-5x3-on')).toEqual(['#9fcbb4']);
    expect(protocolSvg(builtInProtocol(0), 'x', 190)).toContain('green rest with the cuff on, grey released');
  });

  for (const { file, make } of MADE_PAGES) {
    it(`${file} is what its tables say: npm run docs`, () => {
      expect(readFileSync(join(ROOT, file), 'utf8')).toBe(make());
    });
  }
});

describe('a session as a whole', () => {
  const bout = (seconds: number) => ({ kind: 'rest', seconds, cuff: { percentLop: 70 } });
  const released = { kind: 'rest', seconds: 240, cuff: 'off' };
  const chain = (times: number, seconds: number) => [
    { kind: 'repeat', times, openEnd: true, phases: [bout(seconds), released] },
  ];

  it('has at most 30 min under pressure, whatever releases are in it: fills are counted', () => {
    // 5 x (348 s + 12 s) = 1,800 s
    expect(problems(fileWith({ phases: chain(5, 348) }))).toEqual([]);
    expect(problems(fileWith({ phases: chain(5, 349) }))).toEqual([
      'phases: 31 min under pressure in all (fills counted as 12 s); allowed: at most 30 min a session, whatever releases are in it',
    ]);
  });

  it('has at most two hours from its first phase to its last', () => {
    const phases = (seconds: number) => [
      bout(60),
      { kind: 'easy', seconds: 3600 },
      { kind: 'easy', seconds },
      bout(60),
    ];
    expect(problems(fileWith({ phases: phases(3480) }))).toEqual([]);
    expect(problems(fileWith({ phases: phases(3481) }))[0]).toMatch(
      /a session of 121 min; allowed: at most 120 min/,
    );
  });

  it('is refused by the device too, before it starts', () => {
    const step = (ms: number, permille: number) => ({ kind: 2, ms, permille, mmHg: 0, rampMmHgPerS: 0 });
    const steps = (ms: number) => [1, 2, 3, 4, 5].flatMap(() => [step(ms, 700), step(240_000, 0)]);
    const fits = (ms: number) =>
      protocolFits({ id: 'x', activity: 4, stage: 0, steps: steps(ms) }, 190, 152, 1_200_000);
    expect([fits(348_000), fits(348_001)]).toEqual([true, false]);
    const long = (ms: number) =>
      protocolFits(
        { id: 'x', activity: 4, stage: 0, steps: [step(60_000, 700), step(3_600_000, 0), step(ms, 0)] },
        190,
        152,
        1_200_000,
      );
    expect([long(3_540_000), long(3_540_001)]).toEqual([true, false]);
  });

  it('every built-in one stays within both', () => {
    for (let i = 0; i < PROTOCOL_COUNT; i++) {
      const p = builtInProtocol(i);
      expect(protocolFits(p, 190, 152, 1_200_000), p.id).toBe(true);
    }
  });
});

describe('a text that could be read in two ways', () => {
  const text = (phase: string) =>
    `{"cuffloop":"protocol","version":1,"name":"x","title":"t","activity":"run","phases":[${phase}]}`;
  it('is no protocol: fields that are there twice, nesting without end', () => {
    const twice = checkText(text('{"kind":"work","seconds":60,"cuff":{"percentLop":30,"percentLop":80}}'));
    expect(twice.protocol).toBeUndefined();
    expect(twice.problems.map(problemText)[0]).toMatch(
      /line 1, column \d+: the key "percentLop" is there twice/,
    );
    const deep = `${'{"kind":"repeat","times":1,"phases":['.repeat(3000)}`;
    expect(checkText(text(deep)).problems.map(problemText)[0]).toMatch(/nested deeper than the 32 levels/);
  });

  it('names line and column of a wrong field', () => {
    const found = checkText(text('\n{"kind":"work","seconds":0,"cuff":"off"}')).problems.map(problemText);
    expect(found).toEqual(['line 2, column 26: phases[0].seconds: 0; allowed: 1..3600 s']);
  });
});

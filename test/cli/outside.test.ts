import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import type { Answer } from '../../sim/outside/messages.ts';
import { type Outcome, serve } from '../../sim/outside/serve.ts';

const HELLO = '{"hello":1,"dt":0.02,"target":150,"lop":190,"ageMs":5,"kind":"legpress"}';

interface Talk {
  readonly outcome: Outcome;
  readonly answers: (Answer & { error?: string })[];
}

/** Sends lines as they are, then the end of the stream unless it is left open. */
async function talk(
  lines: readonly string[],
  end: 'close' | 'open' = 'close',
  timeoutMs = 2000,
): Promise<Talk> {
  const input = new PassThrough();
  const output = new PassThrough();
  let text = '';
  output.on('data', (chunk) => {
    text += chunk;
  });
  const done = serve(input, output, { timeoutMs });
  for (const line of lines) input.write(`${line}\n`);
  if (end === 'close') input.end();
  const outcome = await done;
  const answers = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Answer);
  return { outcome, answers };
}

/** A small cuff of one volume: the pump fills, the valve empties, a little leak, a trace of noise. */
class TinyCuff {
  mmHg = 0;
  #noise = 1;

  step(answer: Answer, dt: number): void {
    this.mmHg += answer.pump * 30 * dt;
    this.mmHg -= answer.valve * Math.max(0, this.mmHg) * 1.2 * dt + 0.05 * dt;
    if (this.mmHg < 0) this.mmHg = 0;
  }

  read(): number {
    this.#noise = (this.#noise * 48271) % 2147483647;
    return this.mmHg + (this.#noise / 2147483647 - 0.5) * 0.2;
  }
}

/** Plays a plant against the firmware, line by line. */
async function play(
  hello: object,
  seconds: number,
  line: (t: number, cuff: TinyCuff) => object,
): Promise<{ cuff: TinyCuff; answers: Answer[]; outcome: Outcome; trace: number[] }> {
  const dt = (hello as { dt: number }).dt;
  const input = new PassThrough();
  const output = new PassThrough();
  const cuff = new TinyCuff();
  const answers: Answer[] = [];
  const trace: number[] = [];
  const done = serve(input, output, { timeoutMs: 5000 });
  input.write(`${JSON.stringify(hello)}\n`);
  let k = 0;
  const next = (): void => {
    const t = Math.round(k++ * dt * 1000) / 1000;
    if (t > seconds) input.write('{"end":1}\n');
    else input.write(`${JSON.stringify({ t, ...line(t, cuff) })}\n`);
  };
  let rest = '';
  output.on('data', (chunk) => {
    rest += chunk;
    for (let at = rest.indexOf('\n'); at >= 0; at = rest.indexOf('\n')) {
      const answer = JSON.parse(rest.slice(0, at)) as Answer;
      rest = rest.slice(at + 1);
      answers.push(answer);
      cuff.step(answer, dt);
      trace.push(cuff.mmHg);
      next();
    }
  });
  next();
  return { cuff, answers, outcome: await done, trace };
}

test('hold fills to the setpoint and stays there; deflate opens the valve in the same answer', async () => {
  const run = await play({ hello: 1, dt: 0.02, target: 120, lop: 190 }, 30, (t, cuff) =>
    t < 20 ? { p: cuff.read(), cmd: 'hold', sp: 120, vb: 3.9 } : { p: cuff.read(), cmd: 'deflate', vb: 3.9 },
  );
  expect(run.outcome).toMatchObject({ error: null, trip: null });
  expect(run.answers[1]).toMatchObject({ pump: 1, valve: 0, state: 'fill' });
  const held = run.trace.slice(500, 999);
  expect(Math.min(...held)).toBeGreaterThan(114);
  expect(Math.max(...held)).toBeLessThan(126);
  expect(run.answers[1000]).toMatchObject({ pump: 0, valve: 1, state: 'vented' });
  expect(run.cuff.mmHg).toBeLessThan(1);
});

test.each([
  [0.02, 0.5],
  [0.02, 5],
  [0.05, 2],
  [0.05, -2],
])(
  'at %s s, a setpoint that moves by %s mmHg/s in every line is followed, without a trip',
  async (dt, rate) => {
    const from = rate > 0 ? 100 : 150;
    const at = (t: number): number => Math.min(150, Math.max(100, from + Math.max(0, t - 15) * rate));
    const run = await play({ hello: 1, dt, lop: 195 }, 60, (t, cuff) => ({
      p: cuff.read(),
      cmd: 'hold',
      sp: at(t),
    }));
    expect(run.outcome).toMatchObject({ error: null, trip: null });
    expect(Math.max(...run.trace)).toBeLessThan(158);
    const late = run.trace.map((p, i) => (i * dt > 25 ? Math.abs(p - at(i * dt)) : 0));
    expect(Math.max(...late)).toBeLessThan(8);
  },
);

/** What a cuff without noise reads: to a hundredth, the same again and again while nothing moves. */
function clean(cuff: TinyCuff): number {
  return Math.round(cuff.mmHg * 100) / 100;
}

test('a plant without noise is no frozen sensor: vented, filling and holding', async () => {
  const run = await play({ hello: 1, dt: 0.02, lop: 195 }, 60, (t, cuff) => {
    if (t > 30) cuff.mmHg += 0.001;
    return { p: clean(cuff), ...(t < 10 ? { cmd: 'deflate' } : { cmd: 'hold', sp: 140 }) };
  });
  expect(run.outcome).toMatchObject({ error: null, trip: null });
  expect(run.trace.at(-1)).toBeGreaterThan(133);
});

test('a reading with noise that stands still is a frozen sensor', async () => {
  let last = 0;
  const run = await play({ hello: 1, dt: 0.02, lop: 195 }, 30, (t, cuff) => {
    if (t < 20) last = cuff.read();
    return { p: last, cmd: 'hold', sp: 140 };
  });
  expect(run.answers.findIndex((a) => a.trip === 'sensor-frozen') * 0.02).toBeLessThan(22);
  expect(run.answers.at(-1)).toMatchObject({ trip: 'sensor-frozen', pump: 0, valve: 1 });
});

test('a coarse reading that stands still while the pump runs is a frozen sensor, noise or not', async () => {
  let last = 0;
  const run = await play({ hello: 1, dt: 0.05, lop: 200 }, 40, (t, cuff) => {
    const wave = t > 15 ? 15 * Math.sin(t * 8) : 0;
    if (t < 25.1) last = Math.round((cuff.mmHg + wave) * 2) / 2;
    return { p: t < 25.1 ? last : 100, cmd: 'hold', sp: 120 };
  });
  const at = run.answers.findIndex((a) => a.trip === 'sensor-frozen');
  expect(at).toBeGreaterThan(25 / 0.05);
  expect(at).toBeLessThan(28 / 0.05);
});

test('a hold at 0 mmHg is a vent', async () => {
  const run = await play({ hello: 1, dt: 0.02, lop: 195 }, 20, (t, cuff) => ({
    p: cuff.read(),
    cmd: 'hold',
    sp: t < 12 ? 120 : 0,
  }));
  expect(run.outcome).toMatchObject({ error: null, trip: null });
  expect(run.answers[601]).toMatchObject({ pump: 0, valve: 1, state: 'vented' });
});

test('deflated for a second, then held again: what was let out is not gone', async () => {
  const run = await play({ hello: 1, dt: 0.02, lop: 195 }, 40, (t, cuff) => ({
    p: cuff.read(),
    ...(t > 20 && t < 21.2 ? { cmd: 'deflate' } : { cmd: 'hold', sp: 150 }),
  }));
  expect(run.outcome).toMatchObject({ error: null, trip: null });
});

test('vented, then filled again along a ramp: the new fill has its own progress', async () => {
  const sp = (t: number): number => Math.min(120, Math.max(1, (t - 60) * 2));
  const run = await play({ hello: 1, dt: 0.02, lop: 195 }, 90, (t, cuff) => ({
    p: cuff.read(),
    ...(t < 30 ? { cmd: 'hold', sp: 120 } : t < 60 ? { cmd: 'deflate' } : { cmd: 'hold', sp: sp(t) }),
  }));
  expect(run.outcome).toMatchObject({ error: null, trip: null });
});

test('a hold whose first readings are missing is a late start, not a burst cuff', async () => {
  const run = await play({ hello: 1, dt: 0.02, lop: 195 }, 15, (t, cuff) => ({
    ...(t < 0.07 ? { p: null, st: 'nak' } : { p: cuff.read() }),
    cmd: 'hold',
    sp: 120,
  }));
  expect(run.outcome).toMatchObject({ error: null, trip: null });
});

test.each([
  [181.3, 145.04, null],
  [181.3, 145.3, null],
  [181, 145, null],
  [181, 146, 'setpoint-limit'],
])(
  'LOP %s, setpoint %s: what rounding puts above 80 %% LOP is held at 80 %%, more trips',
  async (lop, sp, trip) => {
    const run = await play({ hello: 1, dt: 0.02, lop }, 15, (_, cuff) => ({
      p: cuff.read(),
      cmd: 'hold',
      sp,
    }));
    expect(run.answers.find((answer) => answer.trip !== undefined)?.trip ?? null).toBe(trip);
    expect(Math.max(...run.trace)).toBeLessThan(150);
  },
);

test('a session starts by itself and reports its phase and setpoint', async () => {
  const run = await play(
    { hello: 1, dt: 0.04, lop: 180, run: 'session', protocol: 'run-5x3' },
    40,
    (_, cuff) => ({
      p: cuff.read(),
      vb: 3.9,
    }),
  );
  expect(run.outcome).toMatchObject({ error: null, trip: null });
  const states = new Set(run.answers.map((answer) => answer.state));
  expect([...states]).toEqual(expect.arrayContaining(['idle', 'fill', 'work']));
  expect(run.answers.at(-1)).toMatchObject({ state: 'work', setpoint: 90 });
  expect(Math.abs(run.cuff.mmHg - 90)).toBeLessThan(5);
});

test.each([0.01, 0.02, 0.025, 0.04, 0.05])('runs at a period of %s s', async (dt) => {
  const run = await play({ hello: 1, dt, lop: 190 }, 12, (_, cuff) => ({
    p: cuff.read(),
    cmd: 'hold',
    sp: 100,
  }));
  expect(run.outcome).toMatchObject({ error: null, trip: null });
  expect(Math.abs(run.cuff.mmHg - 100)).toBeLessThan(6);
});

test.each([
  ['nak', { p: null, st: 'nak' }],
  ['sat', { p: null, st: 'sat' }],
])(
  'a sensor that answers %s under pressure stops the pump and soon vents, latched, with its reason',
  async (_, fault) => {
    const run = await play({ hello: 1, dt: 0.02, lop: 190 }, 14, (t, cuff) => ({
      ...(t > 10 && t < 12 ? fault : { p: cuff.read() }),
      cmd: 'hold',
      sp: 100,
    }));
    const first = run.answers.findIndex((answer) => answer.trip !== undefined);
    expect(first * 0.02).toBeGreaterThan(10);
    expect(first * 0.02).toBeLessThan(10.6);
    for (const answer of run.answers.slice(first))
      expect(answer).toMatchObject({ pump: 0, valve: 1, state: 'tripped' });
    expect(run.answers.at(-1)?.why).toMatch(/\d/);
  },
);

test('a reading that does not change any more is not held on to', async () => {
  const run = await play({ hello: 1, dt: 0.02, lop: 190 }, 16, (t, cuff) => ({
    p: t > 10 ? 99.7 : cuff.read(),
    cmd: 'hold',
    sp: 100,
  }));
  expect(run.answers.at(-1)).toMatchObject({ pump: 0, valve: 1 });
  expect(run.outcome.trip).toMatch(/^sensor-/);
});

test('a setpoint above 80 % of LOP trips instead of being held', async () => {
  const run = await play({ hello: 1, dt: 0.02, lop: 100 }, 1, (_, cuff) => ({
    p: cuff.read(),
    cmd: 'hold',
    sp: 90,
  }));
  expect(run.outcome.trip).toMatch(/^setpoint-limit: .*90 mmHg.*80/);
  expect(run.answers.at(-1)).toMatchObject({ pump: 0, valve: 1 });
});

describe('what ends a run ends it vented, with the reason', () => {
  const held = '{"t":0.02,"p":0.4,"cmd":"hold","sp":150}';
  const cases: [string, string[], RegExp][] = [
    ['no hello', [held], /first line must be {"hello":1/],
    ['hello of another version', ['{"hello":2,"dt":0.02}'], /speaks version 1/],
    ['no dt', ['{"hello":1}'], /dt: null is not allowed; dt takes 0\.01\.\.0\.05 s/],
    ['dt too long', ['{"hello":1,"dt":0.1}'], /dt: 0\.1 is not allowed; dt takes 0\.01\.\.0\.05 s/],
    ['dt too short', ['{"hello":1,"dt":0.005}'], /dt takes 0\.01\.\.0\.05 s/],
    ['dt of broken ms', ['{"hello":1,"dt":0.0125}'], /no whole number of ms/],
    ['lop out of range', ['{"hello":1,"dt":0.02,"lop":400}'], /lop takes 80\.\.300 mmHg/],
    ['unknown run', ['{"hello":1,"dt":0.02,"run":"race"}'], /run takes hold, session, lop/],
    ['unknown protocol', ['{"hello":1,"dt":0.02,"run":"session","protocol":"x"}'], /protocol takes run-5x3/],
    ['not JSON', [HELLO, held, 'pressure 12'], /not JSON: "pressure 12"/],
    ['a list', [HELLO, '[1,2]'], /is no JSON object/],
    ['no time', [HELLO, '{"p":1}'], /t: null is not allowed/],
    ['no pressure', [HELLO, '{"t":0}'], /p: null is not allowed/],
    ['null without reason', [HELLO, '{"t":0,"p":null}'], /p: null needs "st"/],
    ['pressure as text', [HELLO, '{"t":0,"p":"12"}'], /p: "12" is not allowed; p takes -1000\.\.2000/],
    ['unknown status', [HELLO, '{"t":0,"p":1,"st":"odd"}'], /st takes ok, nak, sat/],
    ['unknown command', [HELLO, '{"t":0,"p":1,"cmd":"pump"}'], /cmd takes hold, deflate/],
    [
      'hold without setpoint',
      [HELLO, '{"t":0,"p":1,"cmd":"hold"}'],
      /sp: null is not allowed; sp takes 0\.\.250 mmHg/,
    ],
    ['setpoint too high', [HELLO, '{"t":0,"p":1,"cmd":"hold","sp":300}'], /sp takes 0\.\.250 mmHg/],
    ['time going back', [HELLO, held, held], /t: 0\.02 s is not after the line before/],
    ['a command in a session', ['{"hello":1,"dt":0.02,"run":"session"}', held], /cmd: not in a session/],
    ['an endless line', [HELLO, 'x'.repeat(5000)], /more than 4096 characters|not JSON/],
    ['the stream ends', [HELLO, held], /closed without {"end":1}; vented/],
    ['nothing at all', [], /closed without/],
  ];
  test.each(cases)('%s', async (_, lines, message) => {
    const { outcome, answers } = await talk(lines);
    expect(outcome.error).toMatch(message);
    expect(answers.at(-1)).toMatchObject({ pump: 0, valve: 1 });
    expect(answers.at(-1)?.error).toBe(outcome.error);
  });

  test('a plant that stalls', async () => {
    const { outcome, answers } = await talk([HELLO, held], 'open', 150);
    expect(outcome.error).toBe('the plant sent no line for 0.15 s; vented');
    expect(answers).toHaveLength(2);
    expect(answers[1]).toMatchObject({ pump: 0, valve: 1 });
  });

  test('a line that never ends and never breaks', async () => {
    const input = new PassThrough();
    const output = new PassThrough();
    const done = serve(input, output, { timeoutMs: 2000 });
    input.write(`${HELLO}\n`);
    for (let i = 0; i < 10; i++) input.write('x'.repeat(1000));
    expect((await done).error).toMatch(/more than 4096 characters/);
  });
});

test('an end without any answer is a run without an error', async () => {
  expect((await talk([HELLO, '{"end":1}'])).outcome).toEqual({ error: null, answers: 0, trip: null });
});

test('lines may come in pieces and with CR LF', async () => {
  const input = new PassThrough();
  const output = new PassThrough();
  const done = serve(input, output, { timeoutMs: 2000 });
  for (const piece of [HELLO.slice(0, 20), `${HELLO.slice(20)}\r\n{"t":0,`, '"p":0.3}\r\n{"end"', ':1}\r\n'])
    input.write(piece);
  expect(await done).toEqual({ error: null, answers: 1, trip: null });
});

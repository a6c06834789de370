import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Core } from '../../src/core.ts';
import { receive, serveLink } from '../../src/link/link.ts';
import { WANTS_NONE } from '../../src/link/link-state.ts';
import { PHASE_PAUSED, PHASE_WORK } from '../../src/phases.ts';
import { bench } from '../core/bench.ts';
import { PATIENCE_MS, tries } from './runs.ts';

const OLDEST_S = 1735689600;
const NEWEST_S = 4102444800;
const QUESTIONS = ['?', 'L', 'N', 'V', 'H', 'E', 'P'] as const;

const DATE = fc.integer({ min: OLDEST_S, max: NEWEST_S });
const END = fc.constantFrom('\n', '\r', '\r\n');
const BODY = fc.oneof(
  fc.constantFrom('S', ...QUESTIONS),
  DATE.map((s) => `D${s}`),
);

let core: Core;

beforeAll(() => {
  const b = bench();
  b.start();
  core = b.level.core;
}, 60_000);

/** In work, nothing asked, no date; what a frame does to it is seen at once. */
function ready(): void {
  core.session.phase = PHASE_WORK;
  core.session.step = 0;
  core.tick.outVent = false;
  core.tick.setpoint = 95;
  core.date.trusted = false;
  core.date.baseS = 0;
  core.link.text = '';
  core.link.asked = '';
  core.link.credit = 0;
  core.link.wanted = WANTS_NONE;
  core.link.taken = 0;
  core.link.answered = core.tick.now;
}

function state(): readonly unknown[] {
  const { session: s, tick: t, date } = core;
  return [
    s.phase,
    s.step,
    t.outVent,
    t.setpoint,
    date.trusted,
    date.baseS,
    core.link.asked,
    core.link.credit,
    core.link.wanted,
  ];
}

/** In pieces, as it may come; each within what is read of one. */
function send(text: string, cuts: readonly number[]): void {
  let at = 0;
  for (const cut of [...cuts.map((c) => c % (text.length + 1)).sort((a, b) => a - b), text.length]) {
    receive(core, text.slice(at, cut));
    serveLink(core);
    at = cut;
  }
}

/** True when the frame `body` had its effect. */
function understood(body: string): boolean {
  if (body === 'S')
    return core.tick.outVent && core.tick.setpoint === null && core.session.phase === PHASE_PAUSED;
  if (body.startsWith('D')) return core.date.trusted && !core.tick.outVent;
  return core.link.asked === body.charAt(0) && !core.tick.outVent;
}

/** A frame with one thing broken: no head, no or another letter, a number where none belongs or a bad one, a foreign byte, no end. */
const BROKEN: fc.Arbitrary<string> = fc
  .tuple(BODY, END, fc.nat(9), fc.integer({ min: 0, max: 255 }), fc.nat())
  .map(([body, end, how, byte, n]): string => {
    const foreign = String.fromCharCode(byte);
    const isEnd = byte === 10 || byte === 13 || byte === 126;
    const isDigit = byte >= 48 && byte <= 57;
    const letter = body.charAt(0);
    const rest = body.slice(1);
    const date = rest === '' ? String(OLDEST_S) : rest;
    const at = n % (body.length + 1);
    if (how === 0) return body + end;
    if (how === 1) return `~${'SDLN?VHETR~'.includes(foreign) ? 'x' : foreign}${rest}${end}`;
    if (how === 2) return letter === '?' ? `~/${end}` : `~${letter.toLowerCase()}${rest}${end}`;
    if (how === 3) return letter === 'D' ? `~D${end}` : `~${letter}${n}${letter === 'S' ? '' : ','}${end}`;
    if (how === 4) return `~D${n % 2 === 0 ? n % OLDEST_S : NEWEST_S + 1 + (n % 1_000_000)}${end}`;
    if (how === 5) return `~D${date}${n}${end}`;
    if (how === 6) {
      const inside = isEnd || isDigit ? ' ' : foreign;
      return at === 0 ? `~ ${body}${end}` : `~${body.slice(0, at)}${inside}${body.slice(at)}${end}`;
    }
    if (how === 7) return `~${body}`;
    if (how === 8) return `~${end}`;
    return `~${body}${isEnd || isDigit ? ' ' : foreign}${end}`;
  });

/** What is dropped is only searched for a STOP, and stops with half of one. */
function isForeign(text: string): boolean {
  return !text.includes('~S') && !/~[SDLN?VHEPT]\d*[\r\n]/.test(text) && !text.endsWith('~');
}

describe('poisoned frames', () => {
  const cuts = fc.array(fc.nat(), { maxLength: 3 });

  it(
    'valid ones are all understood, in whatever pieces they come',
    () => {
      fc.assert(
        fc.property(BODY, END, cuts, (body, end, places) => {
          ready();
          send(`~${body}${end}`, places);
          expect(understood(body)).toBe(true);
        }),
        tries(31),
      );
    },
    PATIENCE_MS,
  );

  it(
    'with one thing broken none does anything, and the next good one is understood',
    () => {
      fc.assert(
        fc.property(BROKEN, cuts, BODY, END, (bad, places, next, end) => {
          ready();
          const before = state();
          send(bad, places);
          expect(state()).toEqual(before);
          send(`~${next}${end}`, []);
          expect(understood(next)).toBe(true);
        }),
        tries(32),
      );
    },
    PATIENCE_MS,
  );

  it(
    'a flood of them does nothing either, and a good one gets through as soon as it is over',
    () => {
      fc.assert(
        fc.property(
          fc.array(BROKEN.filter(isForeign), { minLength: 5, maxLength: 40 }),
          BODY,
          (many, next) => {
            ready();
            const before = state();
            const flood = many.join('');
            // two that are foreign by themselves may make a frame together
            fc.pre(isForeign(flood));
            receive(core, flood);
            serveLink(core);
            expect(state()).toEqual(before);
            send(`~${next}\n`, []);
            expect(understood(next)).toBe(true);
          },
        ),
        tries(33),
      );
    },
    PATIENCE_MS,
  );
});

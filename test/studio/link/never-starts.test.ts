/**
 * Nothing that the page can say starts a cuff or raises its pressure. Every text that goes out in any of its works is caught on the way and said
 * to devices in every phase; and on the way itself, on the shipped image, no pressure comes. One thing is granted, by a commissioning alone: the lease
 * under which a press fills a build that has not passed.
 */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ImageLevel } from '../../../sim/board/image-level.ts';
import type { Question } from '../../../sim/commission/bench.ts';
import { JOLT_PINS } from '../../../sim/commission/pins.ts';
import type { CuffClient } from '../../../sim/studio/link/cuff-client.ts';
import { emptyLog, pullLog } from '../../../sim/studio/link/pull-log.ts';
import { commissionCuff, flashBoard, openSettings } from '../../../sim/studio/link/service-work.ts';
import { receive, serveLink, serveTexts } from '../../../src/link/link.ts';
import { PHASE_IDLE } from '../../../src/phases.ts';
import { BENCH_LEASE_MS, isBenchAsked } from '../../../src/session/bench-lease.ts';
import { wantedBoard } from '../../../tools/board/board-names.ts';
import { ASK_SERVICE } from '../../../tools/board/open-board.ts';
import { smallFirmware } from '../../flash/small-firmware.ts';
import { deviceIn, guarded, guardedBesideLease, PHASES } from '../../link/guarded.ts';
import type { SerialCable } from './fake-serial.ts';
import { connected, over, powered, until } from './stand.ts';

/** Every text that the page has said in the works below. */
const SAID = new Set<string>();
/** Those of the work under test. */
let here = new Set<string>();
const grants = (text: string): boolean => text.includes('~C');
const JOLT = wantedBoard('jolt');
let cable: SerialCable | undefined;
let highest = 0;
let level: ImageLevel;
let client: CuffClient;

beforeEach(async () => {
  vi.useFakeTimers();
  highest = 0;
  level = await powered();
  level.board.onTick = (view) => {
    highest = Math.max(highest, level.rig.p2, view.setpoint);
  };
  const stand = await connected(level);
  ({ cable, client } = stand);
  here = new Set();
  client.line.onSend = (text) => {
    SAID.add(text);
    here.add(text);
  };
});
afterEach(() => {
  cable?.stop();
  vi.useRealTimers();
});

/** Does what a person is asked to do for service mode, and nothing else. */
function holdButton(text: string): void {
  if (text !== ASK_SERVICE) return;
  const at = level.board.nowMs + 500;
  level.button(1, true, at);
  level.button(1, false, at + 5400);
}

/** No lease of a commissioning was asked for. */
function grantsNothing(): void {
  expect([here.size > 5, [...here].filter(grants)]).toEqual([true, []]);
}

describe('no pressure comes of', () => {
  it('asking, dating, stopping and reading', async () => {
    await over(client.ask((link) => link.date(1_790_000_000)));
    for (const letter of ['L', 'N', 'E', 'V'] as const)
      await over(client.ask((link) => link.question(letter)));
    await over(client.ask((link) => link.greet()));
    await over(client.ask((link) => link.live()));
    client.stop();
    await until(() => client.stopper.state.value.at === 'vented', 'vented');
    await over(
      pullLog(
        emptyLog(''),
        (n) => client.ask((link) => link.text(n)),
        () => {},
      ),
    );
    expect([level.view.phase, highest < 2]).toEqual([PHASE_IDLE, true]);
    grantsNothing();
  });

  it('flashing', async () => {
    const firmware = smallFirmware('two', '9.9.9');
    const work = {
      board: JOLT,
      firmware,
      say: holdButton,
      planned: () => {},
      step: () => {},
      progress: () => {},
    };
    const done = await over(client.work('flash', (open, port) => flashBoard(open, port, work)));
    expect([done?.running, client.connection.value]).toMatchObject([
      expect.stringMatching(/9\.9\.9 runs/),
      { at: 'opening' },
    ]);
    expect(highest).toBeLessThan(2);
    grantsNothing();
  });

  it('writing settings', async () => {
    const done = await over(
      client.work('settings', async (open, port) => {
        const place = await openSettings(open, port, { board: JOLT, say: holdButton });
        await place.write({ ...place.settings, maxMmHg: 120 });
        await place.close();
        return place.settings.maxMmHg;
      }),
    );
    expect(done).toBe(120);
    await until(() => client.connection.value.at === 'ready', 'it runs again');
    expect([level.view.phase, highest < 2]).toEqual([PHASE_IDLE, true]);
    grantsNothing();
  });

  it('settings that are still being edited when STOP is pressed, or when the reader disconnects', async () => {
    for (const leave of [() => client.stop(), () => void client.disconnect()]) {
      let edits = false;
      const work = client.work('settings', async (open, port) => {
        const place = await openSettings(open, port, { board: JOLT, say: holdButton });
        edits = true;
        await client.line.interruption();
        await place.close();
      });
      await until(() => edits, 'the settings are read');
      leave();
      await over(work);
      await vi.advanceTimersByTimeAsync(5000);
      expect(['console', 'off']).toContain(client.connection.value.at);
      level.board.powerOff();
      level.board.powerOn();
      await vi.advanceTimersByTimeAsync(1000);
      await over(client.connect('usb'));
      expect(client.connection.value).toMatchObject({ at: 'ready' });
      expect(highest).toBeLessThan(2);
    }
    grantsNothing();
  });

  it('a commissioning in which nobody presses to start, up to the first run', async () => {
    const heard: string[] = [];
    const person = {
      say: (text: string) => {
        heard.push(text);
        holdButton(text);
      },
      yes: () => Promise.resolve(true),
      number: (id: Question) => Promise.resolve(id === 'relief-full' ? 306 : 301),
    };
    const report = await over(
      client.work('commission', (open, port, lent) =>
        commissionCuff(open, port, lent, { board: JOLT, pins: JOLT_PINS, person }),
      ),
      2_000_000,
    );
    expect([report?.passed, report?.endedBy]).toEqual([false, 'STOP vents (bottle)']);
    expect(highest).toBeLessThan(3);
    expect([...here].filter(grants)).toEqual(['\n~C\n']);
  });
});

describe.each(PHASES)('all that was said, to a device in phase %s', (phase) => {
  it('changes nothing but that a STOP stops', () => {
    expect(SAID.size).toBeGreaterThan(60);
    expect([...SAID].some((text) => text.includes('cuffWrite'))).toBe(true);
    const d = deviceIn(phase);
    const before = guarded(d);
    const lease = d.core.bench.until;
    for (const text of SAID) {
      if (text.includes('~S') || grants(text)) continue;
      receive(d.core, text);
      serveLink(d.core);
      serveTexts(d.core);
      if (guarded(d) !== before || d.core.bench.until !== lease)
        throw new Error(`${JSON.stringify(text)} changed something`);
    }
    for (const text of SAID) {
      receive(d.core, text);
      d.tick();
    }
    expect([d.core.tick.outVent, d.core.tick.setpoint, d.pump]).toEqual([true, null, 0]);
  });

  it('grants the lease of a commissioning and nothing else, for as long as it says', () => {
    const texts = [...SAID].filter(grants);
    expect(texts.length).toBe(1);
    const d = deviceIn(phase);
    const before = guardedBesideLease(d);
    for (const text of texts) receive(d.core, text);
    expect(guardedBesideLease(d)).toBe(before);
    expect(d.core.bench.until - d.core.tick.now).toBe(BENCH_LEASE_MS);
  });
});

describe('the lease of a commissioning', () => {
  it('starts nothing on a device at rest, as long as it is asked for', () => {
    const d = deviceIn('idle');
    for (let k = 0; k < 400; k++) {
      for (const text of SAID) if (grants(text)) receive(d.core, text);
      d.tick();
      expect([d.core.session.phase, d.core.tick.setpoint, d.pump]).toEqual([PHASE_IDLE, null, 0]);
    }
    expect(isBenchAsked(d.core.bench, d.core.tick.now)).toBe(true);
  });
});

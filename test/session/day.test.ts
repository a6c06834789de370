import { describe, expect, it } from 'vitest';
import {
  MAX_ARM_MS,
  MAX_DAY_PRESSURE_MS,
  MAX_LEG_MS,
  MAX_SESSION_PRESSURE_MS,
  RELEASE_MS,
} from '../../src/limits.ts';
import { INHIBIT_DAY, inhibitNumber } from '../../src/safety/inhibits.ts';
import {
  createDay,
  dayText,
  isDayUsed,
  notePressed,
  noteUnknown,
  pressedToday,
} from '../../src/session/day.ts';
import { inhibitsNow } from '../../src/wearer/readiness.ts';
import { Device, working } from '../loop/device.ts';

const DATE_S = 1_790_000_000;
const DAY_MS = 24 * 3_600_000;
const MINUTE = 60_000;
const MOST = MAX_DAY_PRESSURE_MS - MAX_SESSION_PRESSURE_MS;

/** Sessions of `ms` that ended at these times since power-up. */
function trained(ms: number, ...times: number[]) {
  const day = createDay(undefined);
  for (let i = 0; i < times.length; i++) notePressed(day, (i + 1) * ms, times[i] ?? 0);
  return { day, pressedMs: times.length * ms };
}

describe('the time under pressure of a day', () => {
  it('is 2 h, and is kept by refusing what could pass it', () => {
    expect([MAX_DAY_PRESSURE_MS, MAX_DAY_PRESSURE_MS > MAX_LEG_MS, MAX_LEG_MS > MAX_ARM_MS]).toEqual([
      7_200_000,
      true,
      true,
    ]);
    const day = createDay(undefined);
    expect([
      isDayUsed(day, MOST, 0, 0),
      isDayUsed(day, MOST + 1, 0, 0),
      isDayUsed(day, Number.NaN, 0, 0),
    ]).toEqual([false, true, true]);
  });
  it('counts each session for 24 h by the own clock, date or none, and whatever the date says', () => {
    const { day, pressedMs } = trained(20 * MINUTE, 0, 3_600_000);
    for (const nowS of [0, DATE_S, DATE_S + 10_000_000]) {
      expect(pressedToday(day, pressedMs, nowS, DAY_MS - 1)).toBe(40 * MINUTE);
      expect(pressedToday(day, pressedMs, nowS, DAY_MS)).toBe(20 * MINUTE);
      expect(pressedToday(day, pressedMs, nowS, DAY_MS + 3_600_000)).toBe(0);
    }
  });
  it('counts what is not noted yet, and what is noted once', () => {
    const { day, pressedMs } = trained(MINUTE, 0);
    expect(pressedToday(day, pressedMs + 5000, 0, 1000)).toBe(MINUTE + 5000);
    notePressed(day, pressedMs + 5000, 1000);
    notePressed(day, pressedMs + 5000, 2000);
    expect([pressedToday(day, pressedMs + 5000, 0, 3000), day.pressed.length]).toEqual([MINUTE + 5000, 2]);
  });
  it('a session that was cut off counts as the longest stretch that is allowed', () => {
    const day = createDay(undefined);
    noteUnknown(day, MAX_LEG_MS, 0);
    expect(pressedToday(day, 0, 0, 1000)).toBe(MAX_LEG_MS);
  });
  it('more than eight are taken together, nothing is lost, and none is forgotten early', () => {
    const times = Array.from({ length: 12 }, (_, i) => i * 1000);
    const { day, pressedMs } = trained(MINUTE, ...times);
    expect(day.pressed.length).toBe(8);
    expect(pressedToday(day, pressedMs, 0, DAY_MS - 1)).toBe(12 * MINUTE);
    expect(pressedToday(day, pressedMs, 0, DAY_MS + 3999)).toBe(12 * MINUTE);
    expect(pressedToday(day, pressedMs, 0, DAY_MS + 4000)).toBe(7 * MINUTE);
  });
});

describe('what is kept of it', () => {
  it('is dated back by the own clock, and counts in the next power-up until 24 h are over', () => {
    const { day } = trained(20 * MINUTE, 0, 3_600_000);
    const text = dayText(day, DATE_S, 7_200_000);
    expect(text).toBe(`1,${DATE_S - 7200},1200,${DATE_S - 3600},1200`);
    const next = createDay(text);
    expect(pressedToday(next, 0, DATE_S, 0)).toBe(40 * MINUTE);
    expect(pressedToday(next, 0, DATE_S - 7200 + 86_400, 0)).toBe(20 * MINUTE);
    expect(dayText(next, DATE_S + 60, 60_000)).toBe(text);
    // a date that was wrong for a while erases nothing
    expect(dayText(next, DATE_S + 30 * 86_400, 0)).toBe(text);
  });
  it('says nothing without a date, and counts where a date was set back by less than a day', () => {
    const next = createDay(`1,${DATE_S},1200`);
    expect(pressedToday(next, 0, 0, 0)).toBe(0);
    const counted = [DATE_S - 86_400, DATE_S - 86_399, DATE_S - 1, DATE_S, DATE_S + 86_399, DATE_S + 86_400];
    expect(counted.map((nowS) => pressedToday(next, 0, nowS, 0) / MINUTE)).toEqual([0, 20, 20, 20, 20, 0]);
  });
  it('is what is remembered, the date of this power-up by its own clock', () => {
    const { day } = trained(20 * MINUTE, 0);
    expect(dayText(day, DATE_S, DAY_MS - 1000)).toBe(`1,${DATE_S - 86_399},1200`);
    expect(dayText(day, DATE_S, 2 * DAY_MS)).toBe(`1,${DATE_S - 2 * 86_400},1200`);
  });
  it('leaves one session for 24 h where it is damaged or of another version', () => {
    const damaged = ['', 'x', '2,1790000000,1200', '1,5', '1,x,y', '1,x,1200', '1,0,1200', '1,1790000000,-5'];
    for (const text of [...damaged, '1,1790000000,1200,7']) {
      const day = createDay(text);
      expect(
        [isDayUsed(day, 0, 0, 0), isDayUsed(day, 1, 0, DAY_MS - 1), isDayUsed(day, 1, 0, DAY_MS)],
        text,
      ).toEqual([false, true, false]);
    }
    for (const text of [undefined, '1']) expect(createDay(text).pressed).toEqual([]);
  });
});

describe('a device', () => {
  const day = (d: Device): number => inhibitsNow(d.core) & INHIBIT_DAY;

  it('refuses a start with number 23 once less than a whole session is left, and drives nothing', () => {
    const d = new Device().settle();
    Object.assign(d.core.supervisor, { pressedMs: MOST });
    expect(day(d)).toBe(0);
    Object.assign(d.core.supervisor, { pressedMs: MOST + 1 });
    const calls = d.told(() => d.tap().run(5000));
    expect([d.phase, inhibitNumber(d.core.readiness.inhibits)]).toEqual(['idle', 23]);
    expect(calls.filter((c) => /^(pump [1-9]|valve \d)/.test(c))).toEqual([]);
  });
  it('does not stop a session that is under way', () => {
    const d = new Device().work();
    Object.assign(d.core.supervisor, { pressedMs: MAX_DAY_PRESSURE_MS });
    expect(day(d)).toBe(0);
  });
  it('counts from the shut command to the empty cuff, over releases, and keeps it where it has a date', () => {
    const d = new Device();
    d.core.date.trusted = true;
    d.core.date.baseS = DATE_S;
    d.fill(working(30)).until('done').run(3000);
    const { pressedMs, usedMs } = d.core.supervisor;
    expect(pressedMs).toBe(usedMs);
    expect(pressedMs).toBeGreaterThan(30_000);
    expect(d.files['cuff.day']).toMatch(new RegExp(`^1,\\d{10},${Math.ceil(pressedMs / 1000)}$`));
    d.run(RELEASE_MS);
    expect([d.core.supervisor.usedMs, d.core.supervisor.pressedMs]).toEqual([0, pressedMs]);
    d.fill(working(30)).until('done').run(3000);
    expect(d.core.supervisor.pressedMs).toBe(pressedMs + d.core.supervisor.usedMs);
    expect(pressedToday(d.core.day, d.core.supervisor.pressedMs, 0, d.now)).toBe(d.core.supervisor.pressedMs);
  });
  it('without a date writes nothing of it', () => {
    const d = new Device().fill(working(10)).until('done').run(3000);
    expect([d.files['cuff.day'], d.core.day.pressed.length]).toEqual([undefined, 1]);
  });
  it('takes a session that was cut off for the longest that there is, and the lock-out that it owes for none', () => {
    const cut = new Device({ files: { 'cuff.lock': '1' } }).run(RELEASE_MS + 20_000);
    expect(pressedToday(cut.core.day, cut.core.supervisor.pressedMs, 0, cut.now)).toBe(
      MAX_SESSION_PRESSURE_MS,
    );
    const owed = new Device({ files: { 'cuff.lock': '2' } }).run(RELEASE_MS + 20_000);
    expect(pressedToday(owed.core.day, owed.core.supervisor.pressedMs, 0, owed.now)).toBe(0);
  });
  it('what was kept counts once the date is known, and a wrong date loosens nothing of this power-up', () => {
    const d = new Device({ files: { 'cuff.day': `1,${DATE_S - 3600},${MOST / 1000}` } }).settle();
    Object.assign(d.core.supervisor, { pressedMs: 1000 });
    expect(day(d)).toBe(0);
    d.core.date.trusted = true;
    d.core.date.baseS = DATE_S;
    expect(day(d)).toBe(INHIBIT_DAY);
    Object.assign(d.core.supervisor, { pressedMs: MOST + 1 });
    d.core.date.baseS = DATE_S + 10_000_000;
    expect(day(d)).toBe(INHIBIT_DAY);
  });
});

import { describe, expect, it } from 'vitest';
import {
  ADVICE_NONE,
  ADVICE_REST,
  ADVICE_WEEK,
  adviceNow,
  createProgress,
  decodeProgress,
  encodeProgress,
  FELT_HARD,
  FELT_TOO_MUCH,
  feltLike,
  progressText,
  sessionDone,
  stageExtra,
  stageProtocol,
} from '../../src/session/progress.ts';

describe('progression', () => {
  it('introduction twice, then 5 x 3 six times, then longer, faster, and pressure last', () => {
    const p = createProgress();
    const seen: string[] = [];
    for (let i = 0; i < 25; i++) {
      seen.push(`${stageProtocol(p.stage, false)}+${stageExtra(p.stage, false)}`);
      sessionDone(p, true, 0);
    }
    expect(seen.slice(0, 3)).toEqual(['1+0', '1+0', '0+0']);
    expect([...new Set(seen)]).toEqual(['1+0', '0+0', '2+0', '3+0', '2+50', '2+100']);
  });

  it('an unfinished session counts as a session and leads nowhere', () => {
    const p = createProgress();
    for (let i = 0; i < 10; i++) sessionDone(p, false, 0);
    expect(p).toMatchObject({ sessions: 10, completed: 0, stage: 0, good: 0 });
  });

  it('a hard session does not count as a good one', () => {
    const p = createProgress();
    sessionDone(p, true, 0);
    feltLike(p, FELT_HARD);
    sessionDone(p, true, 0);
    expect(p.stage).toBe(0);
  });

  it('nor where it would have ended a stage, and an unfinished one takes nothing away', () => {
    const p = createProgress();
    sessionDone(p, true, 0);
    sessionDone(p, true, 0);
    expect(p.stage).toBe(1);
    feltLike(p, FELT_HARD);
    expect(p).toMatchObject({ sessions: 2, completed: 2, stage: 0, good: 1 });
    const q = decodeProgress('2,5,5,1,3,0,0,0,0');
    sessionDone(q, false, 0);
    feltLike(q, FELT_HARD);
    expect(q).toMatchObject({ sessions: 6, stage: 1, good: 3 });
  });

  it('too much counts from the stage that the session was done in', () => {
    const p = decodeProgress('2,7,7,1,5,0,0,0,0');
    sessionDone(p, true, 0);
    expect(p.stage).toBe(2);
    feltLike(p, FELT_TOO_MUCH);
    expect(p).toMatchObject({ stage: 0, good: 0, lessMmHg: 10 });
  });

  it('too much: one stage back and 10 mmHg less, at most 60', () => {
    const p = decodeProgress('1,9,9,2,1,0,0');
    feltLike(p, FELT_TOO_MUCH);
    expect(p).toMatchObject({ stage: 1, good: 0, lessMmHg: 10 });
    for (let i = 0; i < 9; i++) feltLike(p, FELT_TOO_MUCH);
    expect(p).toMatchObject({ stage: 0, lessMmHg: 60 });
  });

  it('survives the store, and anything damaged is a fresh start', () => {
    const p = decodeProgress('2,12,9,2,1,10,1790000000,1789000000,0');
    expect(decodeProgress(encodeProgress(p))).toEqual(p);
    for (const text of [
      '',
      '3,12,9,2,1,10,0,0,0',
      '2,12,9,2,1,10,0',
      '1,12,9',
      '1,12,9,2,-1,10,0',
      '1,a,9,2,1,10,0',
      '1,12,9.9,2,1,10,0',
      '1,1e3,9,2,1,10,0',
      '1,0x10,0,2,1,10,0',
      '1,12,9,2,1,10, 0',
      '1,12,09,2,1,10,0',
      '2,12,9,2,1,10,0,0,0 ',
      '1,8,9,2,1,10,0',
      undefined,
    ]) {
      expect(decodeProgress(text)).toEqual(createProgress());
    }
  });

  it('never reads a stage or a step down beyond its table', () => {
    expect(decodeProgress('1,12,9,77,1,500,0')).toMatchObject({ stage: 5, lessMmHg: 60 });
  });

  it('says what comes next in one sentence', () => {
    expect(progressText(decodeProgress('1,3,3,1,1,10,0'), 'run-5x3', false)).toBe(
      'Next: run-5x3, 10 mmHg below the plan as you asked; 5 more good sessions before it grows (longer first, then faster, pressure last).',
    );
  });

  it('an arm does the one protocol for arms, the pressure last', () => {
    const rows = [0, 1, 2, 3, 4, 5].map((stage) => [stageProtocol(stage, true), stageExtra(stage, true)]);
    expect(rows).toEqual([
      [13, 0],
      [13, 0],
      [13, 0],
      [13, 50],
      [13, 50],
      [13, 100],
    ]);
  });

  it('reads the text of version 1, which kept one date', () => {
    expect(decodeProgress('1,12,9,2,1,10,1790000000')).toEqual({
      sessions: 12,
      completed: 9,
      stage: 2,
      good: 1,
      stageBefore: 2,
      goodBefore: 1,
      lessMmHg: 10,
      lastS: 1790000000,
      beforeS: 0,
      thirdS: 0,
    });
  });

  it('advises a rest day within 36 h, at most three a week, and says nothing without dates', () => {
    const day = 86400;
    const p = createProgress();
    const monday = 1790000000;
    sessionDone(p, true, monday);
    expect(adviceNow(p, monday + 129599)).toBe(ADVICE_REST);
    expect(adviceNow(p, monday + 129600)).toBe(ADVICE_NONE);
    sessionDone(p, true, monday + 2 * day);
    sessionDone(p, false, monday + 4 * day);
    expect(adviceNow(p, monday + 6 * day)).toBe(ADVICE_WEEK);
    expect(adviceNow(p, monday + 7 * day)).toBe(ADVICE_NONE);
    expect(adviceNow(p, 0)).toBe(ADVICE_NONE);
    expect(adviceNow(createProgress(), monday)).toBe(ADVICE_NONE);
    expect(adviceNow(p, monday - day)).toBe(ADVICE_NONE);
  });

  it('reads what it wrote: every number in its own place', () => {
    expect(decodeProgress('2,12,9,3,1,10,30,20,7')).toEqual({
      sessions: 12,
      completed: 9,
      stage: 3,
      good: 1,
      stageBefore: 3,
      goodBefore: 1,
      lessMmHg: 10,
      lastS: 30,
      beforeS: 20,
      thirdS: 7,
    });
    expect(decodeProgress('2,4294967295,9,3,1,10,30,20,7').sessions).toBe(4294967295);
    expect(decodeProgress('2,4294967296,9,3,1,10,30,20,7').sessions).toBe(0);
  });

  it('has no row beyond its table: the introduction, nothing on top, one good session to leave', () => {
    expect([stageProtocol(6, false), stageExtra(6, false), stageExtra(-1, true)]).toEqual([1, 0, 0]);
    const p = createProgress();
    p.stage = -1;
    sessionDone(p, true, 0);
    expect(p.stage).toBe(0);
  });

  it('the last stage is never left', () => {
    const p = decodeProgress('2,2000,2000,5,998,0,0,0,0');
    for (let i = 0; i < 5; i++) sessionDone(p, true, 0);
    expect([p.stage, p.good]).toEqual([5, 1003]);
  });

  it('a session without a date moves no date', () => {
    const p = decodeProgress('2,3,3,1,1,0,30,20,10');
    sessionDone(p, true, 0);
    expect([p.lastS, p.beforeS, p.thirdS]).toEqual([30, 20, 10]);
    sessionDone(p, true, 40);
    expect([p.lastS, p.beforeS, p.thirdS]).toEqual([40, 30, 20]);
  });

  it('what felt right, or was not said, changes nothing', () => {
    for (const felt of [0, 1, 9]) {
      const p = decodeProgress('2,3,3,1,1,0,0,0,0');
      sessionDone(p, true, 0);
      feltLike(p, felt);
      expect(p).toMatchObject({ stage: 1, good: 2, lessMmHg: 0 });
    }
  });

  it('each step down is 10 mmHg, 60 at most', () => {
    const p = createProgress();
    const seen = Array.from({ length: 8 }, () => {
      feltLike(p, FELT_TOO_MUCH);
      return p.lessMmHg;
    });
    expect(seen).toEqual([10, 20, 30, 40, 50, 60, 60, 60]);
  });

  it('the sentence has one session in the singular, an estimate, and an end', () => {
    const text = (kept: string, estimated = false): string =>
      progressText(decodeProgress(kept), 'x', estimated);
    expect(text('1,3,3,1,5,0,0')).toBe(
      'Next: x; 1 more good session before it grows (longer first, then faster, pressure last).',
    );
    expect(text('1,3,3,1,4,0,0', true)).toMatch(
      /^Next: x, by an estimated occlusion pressure.*; 2 more good sessions/,
    );
    expect(text('1,3,3,5,4,0,0')).not.toContain('more good');
  });

  it('a date that is now, and none, are told apart', () => {
    const p = decodeProgress('2,3,3,1,1,0,500000,0,0');
    expect(adviceNow(p, 500_000)).toBe(ADVICE_REST);
    expect(adviceNow(p, 499_999)).toBe(ADVICE_NONE);
    expect(adviceNow(p, -1)).toBe(ADVICE_NONE);
    expect(adviceNow(createProgress(), 100)).toBe(ADVICE_NONE);
  });
});

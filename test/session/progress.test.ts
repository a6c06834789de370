import { describe, expect, it } from 'vitest';
import {
  createProgress,
  decodeProgress,
  encodeProgress,
  FELT_HARD,
  FELT_TOO_MUCH,
  feltLike,
  progressText,
  restAdvised,
  sessionDone,
  stageExtra,
  stageProtocol,
} from '../../src/session/progress.ts';

describe('progression', () => {
  it('introduction twice, then 5 x 3 six times, then longer, faster, and pressure last', () => {
    const p = createProgress();
    const seen: string[] = [];
    for (let i = 0; i < 25; i++) {
      seen.push(`${stageProtocol(p.stage)}+${stageExtra(p.stage)}`);
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

  it('too much: one stage back and 10 mmHg less, at most 60', () => {
    const p = decodeProgress('1,9,9,2,1,0,0');
    feltLike(p, FELT_TOO_MUCH);
    expect(p).toMatchObject({ stage: 1, good: 0, lessMmHg: 10 });
    for (let i = 0; i < 9; i++) feltLike(p, FELT_TOO_MUCH);
    expect(p).toMatchObject({ stage: 0, lessMmHg: 60 });
  });

  it('survives the store, and anything damaged is a fresh start', () => {
    const p = decodeProgress('1,12,9,2,1,10,1790000000');
    expect(decodeProgress(encodeProgress(p))).toEqual(p);
    for (const text of ['', '2,12,9,2,1,10,0', '1,12,9', '1,12,9,2,-1,10,0', '1,a,9,2,1,10,0', undefined]) {
      expect(decodeProgress(text)).toEqual(createProgress());
    }
  });

  it('never reads a stage or a step down beyond its table', () => {
    expect(decodeProgress('1,12,9,77,1,500,0')).toMatchObject({ stage: 5, lessMmHg: 60 });
  });

  it('says what comes next in one sentence', () => {
    expect(progressText(decodeProgress('1,3,3,1,1,10,0'), 'run-5x3')).toBe(
      'Next: run-5x3, 10 mmHg below the plan as you asked; 5 more good sessions before it grows (longer first, then faster, pressure last).',
    );
  });

  it('advises a rest day within 36 h, and says nothing without dates', () => {
    const p = decodeProgress('1,3,3,1,1,0,1790000000');
    expect(restAdvised(p, 1790000000 + 129599)).toBe(true);
    expect(restAdvised(p, 1790000000 + 129600)).toBe(false);
    expect(restAdvised(p, 0)).toBe(false);
    expect(restAdvised(createProgress(), 1790000000)).toBe(false);
  });
});

/**
 * Refusals and notices of a measurement in words, with their numbers and the next step. For logs and displays. Must never
 * be what a refusal depends on: verdict.ts refuses.
 */
import {
  type Finding,
  NOTICE_ARRHYTHMIA,
  NOTICE_MOTION,
  REFUSED_BEATS,
  REFUSED_CEILING,
  REFUSED_DISAGREE,
  REFUSED_EDGE,
  REFUSED_FILL,
  REFUSED_MAXIMUM,
  REFUSED_MOTION,
  REFUSED_NOISE,
  REFUSED_SENSOR,
  REFUSED_SHAPE,
  REFUSED_SPREAD,
  REFUSED_TOP,
  REFUSED_UNREST,
  REFUSED_WEAK,
} from './verdict.ts';

interface Reason {
  code: number;
  what: string;
  next: string;
}

/** Reasons in words: what, then (from the finding) measured and allowed, then the next step. */
const REASONS: Reason[] = [
  {
    code: REFUSED_SENSOR,
    what: 'this sensor is too noisy (mmHg) or too slow (ms) for a measurement',
    next: 'enter a Doppler reading or use a formula',
  },
  {
    code: REFUSED_FILL,
    what: 'the pressure (mmHg) was not reached in time',
    next: 'check cuff, hose and battery',
  },
  {
    code: REFUSED_TOP,
    what: 'the pulse was still there at the highest pressure that could be of use (mmHg)',
    next: 'use a wider cuff or measure by Doppler',
  },
  {
    code: REFUSED_WEAK,
    what: 'the pulse (mmHg) is too small',
    next: 'fit the cuff snugly on bare skin or thin cloth',
  },
  {
    code: REFUSED_NOISE,
    what: 'the signal is too noisy (mmHg): sensor or trembling',
    next: 'rest the limb on something and try again',
  },
  {
    code: REFUSED_EDGE,
    what: 'the fall of the pulse lies outside the pressures tried',
    next: 'try again, sitting still',
  },
  {
    code: REFUSED_SPREAD,
    what: 'three readings of the same run lie too far apart (mmHg)',
    next: 'try again, sitting still',
  },
  {
    code: REFUSED_UNREST,
    what: 'too much movement (windows, mmHg of pulse or % of misfit)',
    next: 'sit still, do not talk, try again',
  },
  {
    code: REFUSED_SHAPE,
    what: 'the largest pulse lies in an unlikely place (% of the result)',
    next: 'try again, sitting still',
  },
  {
    code: REFUSED_CEILING,
    what: 'the result (mmHg) is above what a sweep of this cuff can show, its highest pressure less 20',
    next: 'use a wider cuff or enter a Doppler reading',
  },
  {
    code: REFUSED_MOTION,
    what: 'movement noticed (points of unrest)',
    next: 'sit still and try again, or measure in careful mode (two runs that must agree)',
  },
  {
    code: REFUSED_MAXIMUM,
    what: 'maxMmHg in the settings (mmHg) holds for a measurement too and is too low for it',
    next: 'raise it (from 200 on it is for training alone), or enter a Doppler reading',
  },
  { code: REFUSED_DISAGREE, what: 'two runs disagree (mmHg)', next: 'rest five minutes, then try again' },
  {
    code: REFUSED_BEATS,
    what: 'no steady pulse found (alikeness of beats, %)',
    next: 'sit still, try again; with a known arrhythmia use Doppler',
  },
];

function oneDecimal(x: number): string {
  return '' + Math.floor(10 * x + 1 / 2) / 10;
}

/** Why there is no number, with the numbers behind it; '' when there is one. */
export function refusalText(d: Finding): string {
  for (let i = 0; i < REASONS.length; i = i + 1) {
    const r = REASONS[i] as Reason;
    if (r.code === d.refusal)
      return (
        'LOP refused: ' +
        r.what +
        ': ' +
        oneDecimal(d.measured) +
        ', allowed ' +
        oneDecimal(d.allowed) +
        '; ' +
        r.next
      );
  }
  return '';
}

/** What was noticed on the way, in words; '' when nothing. */
export function noticeText(d: Finding): string {
  const moved = (d.notices & NOTICE_MOTION) > 0 ? 'movement noticed' : '';
  const beat =
    (d.notices & NOTICE_ARRHYTHMIA) > 0
      ? 'irregular heart beat noticed: results scatter more, take a second run'
      : '';
  return moved === '' ? beat : beat === '' ? moved : moved + '; ' + beat;
}

/**
 * Row of the rule on a fill that nothing answers. Texts and numbers only; the rule is in fill-rules.ts.
 * Must never hold a condition: a rule reads its limits here and decides in its own file.
 */
import type { TripRow } from './row.ts';

export const TRIP_FILL_UNANSWERED = 30;
/** A rise below this share of what the fill has shown before is no answer, percent. */
export const ANSWER_SHARE = 25;
/** Windows in a row without an answer after which it is looked into; in the slack cuff. */
export const DEAD_WINDOWS = 2;
export const SLACK_DEAD = 4;
/** A rise of this while the pump is held off, mmHg, in so many looks in a row, is a line that lags. */
export const LAG_MMHG = 4 / 10;
export const LAG_LOOKS = 3;

export const FILL_ROWS: readonly TripRow[] = [
  {
    code: TRIP_FILL_UNANSWERED,
    name: 'fill-unanswered',
    severity: 'hazard',
    clear: 'vented',
    lamp: 'sensor',
    message: 'The reading does not follow the pump: {m} mmHg, where {a} were due.',
    hint: 'Open the cuff by hand, then hold the button for 2 s. Look for a pinched, wet or loose line to the sensor, or a pump that does not run.',
    hazard: 'sense line pinched, wet or off: the sensor is alive and does not see the cuff',
    harm: 'cuff is filled unseen',
    hardware: 'relief valve',
    control:
      'windows of pump time without a rise are looked into with the pump off; early in each fill it is held off for 0.3 s besides: a reading that goes on rising lags. The cuff counts as full until the wearer says that it is open',
    limits: [
      ['rise as a share of what the fill has shown before', ANSWER_SHARE, '%', 'our decision'],
      ['windows without it', DEAD_WINDOWS, '', 'one window is a cough'],
      ['the same in a slack cuff', SLACK_DEAD, '', 'folds take air without pressure'],
      ['rise with the pump off', LAG_MMHG, 'mmHg', 'no cuff fills by itself'],
      ['looks in a row in which it rises', LAG_LOOKS, '', 'a cough is double'],
    ],
    test: 'blind.test.ts: a fill must be answered',
  },
];

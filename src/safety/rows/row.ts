/**
 * What a safety rule's row says: everything about the rule but the rule itself. The image keeps of a row what
 * `trip-table.ts` holds; the texts are for people and stay on the computer. Must never import a rule.
 */

/** `stop` ends the session, vented. `hazard` also tells the wearer to open the cuff: the vent alone may not do. */
export type Severity = 'stop' | 'hazard';

/** What clears the latch: a press once the cuff is vented, or only a restart of the device. */
export type ClearCondition = 'vented' | 'restart';

/** What the lamp blinks for a trip, in this order: 1 = pressure. */
export const LAMP_CLASSES = [
  'pressure',
  'sensor',
  'air',
  'vent',
  'power and outputs',
  'time',
  'firmware',
] as const;

export type LampClass = (typeof LAMP_CLASSES)[number];

/** A number of the rule: what it is, its value (a text where the part or a setting gives it), unit, source or reason. */
export type Limit = readonly [name: string, value: number | string, unit: string, source: string];

export interface TripRow {
  /** Number in records and telemetry; never used again for another rule. */
  readonly code: number;
  /** Stable name, in logs and documents. */
  readonly name: string;
  /** Its name in records of older firmware. */
  readonly formerName?: string;
  readonly severity: Severity;
  readonly clear: ClearCondition;
  readonly lamp: LampClass;
  /** Sentence with `{m}` = measured and `{a}` = allowed. */
  readonly message: string;
  /** What the wearer should do next. */
  readonly hint: string;
  /** What goes wrong, and what causes it. */
  readonly hazard: string;
  /** What it does to the wearer; '' = nothing. */
  readonly harm: string;
  /** What stops it without firmware; '' = nothing. */
  readonly hardware: string;
  /** What the rule does, in a sentence. */
  readonly control: string;
  /** The numbers of the rule. */
  readonly limits: readonly Limit[];
  /** The test that fails without the rule: file in test/safety/, colon, beginning of the test's name. */
  readonly test: string;
}

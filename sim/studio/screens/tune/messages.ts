/** What the screen "Tune" asks of its workers, and what they answer. Every order has one answer; all of it is plain data. */
import type { Settings } from '../../../../src/settings.ts';
import type { Exercise } from '../../../plant/limb-params.ts';
import type { AlikePlant } from '../../../tune/alike.ts';
import type { Identified } from '../../../tune/identify.ts';
import type { Figures } from '../../../tune/trial.ts';
import type { Task } from '../../../tune/trial-task.ts';
import type { Finding } from '../../../tune/verdict.ts';
import type { WhatIf } from './what-if.ts';

export interface Seen {
  readonly source: string;
  readonly limb: 'thigh' | 'arm';
  readonly settings: Settings;
  /** What pump, valve and cuff do; undefined where it could not be read. */
  readonly identified: Identified | undefined;
  readonly findings: readonly Finding[];
  /** No settings make it fit to be worn. */
  readonly refused: boolean;
  readonly problems: readonly string[];
}

/** Lowest and highest true pressure of each second of a trial, as a share of the setpoint. */
export interface CloudLine {
  readonly low: Float32Array;
  readonly high: Float32Array;
  readonly figures: Figures;
}

export type TuneOrder =
  | { readonly kind: 'plant'; readonly name: string; readonly seed: number }
  | { readonly kind: 'log'; readonly name: string; readonly bytes: Uint8Array; readonly arm: boolean }
  | {
      readonly kind: 'alike';
      readonly seen: Identified;
      readonly limb: 'thigh' | 'arm';
      readonly motion: Exercise;
      readonly lopMmHg: number;
      readonly seed: number;
      readonly count: number;
    }
  | { readonly kind: 'trial'; readonly task: Task }
  | {
      readonly kind: 'cloud';
      readonly on: AlikePlant;
      readonly settings: Settings;
      readonly motion: Exercise;
      readonly whatIf: WhatIf;
    };

/** The answer of each kind of order. */
export interface TuneAnswers {
  readonly plant: Seen;
  readonly log: Seen;
  readonly alike: readonly AlikePlant[];
  readonly trial: readonly Figures[];
  readonly cloud: CloudLine;
}

export type TuneReply =
  | { readonly id: number; readonly answer: TuneAnswers[keyof TuneAnswers] }
  | { readonly id: number; readonly problem: string };

/** Devices as published (Swain 2025, leg press at 80 % LOP): share of time within 10 % in exercise, within 5 % at rest, peaks and valleys in % LOP. */
export interface Published {
  readonly name: string;
  readonly move10: number;
  readonly rest5: number;
  readonly peak?: number;
  readonly valley?: number;
}

export const PUBLISHED: readonly Published[] = [
  { name: 'Delfi PTS', move10: 95, rest5: 99, peak: 89, valley: 72 },
  { name: 'Suji', move10: 34, rest5: 0 },
  { name: 'SmartCuffs', move10: 26, rest5: 0 },
  { name: 'Saga', move10: 25, rest5: 0 },
];

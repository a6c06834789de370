/** Tuning in words, for a terminal. */
import colors from 'picocolors';
import { settingRows } from '../../src/settings.ts';
import type { Proposal } from './propose.ts';
import { summaryOf } from './statistics.ts';
import type { Figures } from './trial.ts';
import type { Finding } from './verdict.ts';

const MARKS = {
  good: colors.green('ok    '),
  warn: colors.yellow('look  '),
  refuse: colors.red('REFUSE'),
  told: '      ',
} as const;

export function findingLines(findings: readonly Finding[]): string[] {
  return findings.flatMap((f) => [
    `  ${MARKS[f.grade]} ${f.what.padEnd(34)} ${f.measured}   ${colors.dim(`allowed: ${f.allowed}`)}`,
    ...(f.next === '' ? [] : [`         ${f.next}`]),
  ]);
}

const SHOWN: readonly (readonly [keyof Figures, string, string])[] = [
  ['move10', 'within ±10 % while moving', '%'],
  ['rest5', 'within ±5 % at rest', '%'],
  ['overshoot', 'overshoot of the fill', 'mmHg'],
  ['fillS', 'fill', 's'],
  ['peak', 'peaks', '% LOP'],
  ['pumpS', 'pump in the trial', 's'],
  ['starts', 'pump starts', 'a minute'],
  ['actions', 'valve actions', 'a minute'],
];

function cell(all: readonly Figures[], name: keyof Figures): string {
  const s = summaryOf(all, name);
  return Number.isNaN(s.median)
    ? 'none'
    : `${s.median.toFixed(1)} (${s.low.toFixed(1)} to ${s.high.toFixed(1)})`;
}

/** Figures side by side: median, and from the 5th to the 95th percentile of plants like the identified one. */
export function compareLines(
  before: readonly Figures[],
  after: readonly Figures[],
  changed: boolean,
): string[] {
  const head = `  ${''.padEnd(28)}${'as set'.padEnd(26)}${changed ? 'as proposed' : ''}`;
  return [
    colors.bold(head),
    ...SHOWN.map(
      ([name, what, unit]) =>
        `  ${what.padEnd(28)}${cell(before, name).padEnd(26)}${changed ? cell(after, name).padEnd(26) : ''}${colors.dim(unit)}`,
    ),
  ];
}

/** The proposal as a diff with reasons, or why nothing is proposed. */
export function proposalLines(proposal: Proposal): string[] {
  if (proposal.changes.length === 0) return [`  settings kept: ${proposal.kept ?? 'nothing to change'}`];
  const rows = settingRows();
  return proposal.changes.flatMap((change) => {
    const unit = rows.find((row) => row[0] === change.name)?.[4] ?? '';
    return [
      colors.red(`  - ${change.name}: ${change.from} ${unit}`.trimEnd()),
      colors.green(`  + ${change.name}: ${change.to} ${unit}`.trimEnd()),
      `    ${change.why}`,
    ];
  });
}

/** `npm run tune`: from a subject to a printed proposal. */
import { writeFileSync } from 'node:fs';
import cliProgress from 'cli-progress';
import colors from 'picocolors';
import type { Exercise } from '../plant/limb-params.ts';
import { AIMS, type Aim, type AimName } from './aims.ts';
import { compareLines, findingLines, proposalLines } from './print.ts';
import { type Proposal, type ProposeOptions, plannedTrials, propose } from './propose.ts';
import type { Subject } from './simulated-subject.ts';
import { type SubjectOptions, subjectOf } from './subject.ts';
import { tightenings } from './supply.ts';
import { runOnCores } from './task.ts';
import { type Finding, findingsOf, isRefused, recordAdvice } from './verdict.ts';

export interface ProposeGiven extends SubjectOptions {
  readonly aim: AimName;
  readonly motion: Exercise;
  readonly n: number;
  readonly give: number;
  readonly jobs?: number;
  readonly quick: boolean;
  readonly quiet: boolean;
  readonly json?: string;
  readonly out?: string;
}

const QUICK_PLANTS = 6;

interface Outcome {
  readonly subject: Subject;
  readonly findings: readonly Finding[];
  readonly proposal: Proposal | undefined;
  readonly problems: readonly string[];
}

function writeJson(path: string, aim: Aim, outcome: Outcome): void {
  const { subject, findings, proposal, problems } = outcome;
  const data = {
    source: subject.source,
    aim: aim.name,
    ok: problems.length === 0,
    problems,
    identified: subject.identified ?? null,
    findings,
    refused: isRefused(findings),
    proposal: proposal?.changes ?? [],
    kept: proposal?.kept ?? (problems.length > 0 ? problems.join('; ') : null),
    before: proposal?.before ?? [],
    after: proposal?.after ?? [],
  };
  writeFileSync(path, `${JSON.stringify(data, null, 2)}\n`);
}

async function search(subject: Subject, aim: Aim, given: ProposeGiven): Promise<Proposal | undefined> {
  const seen = subject.identified;
  if (seen === undefined) return undefined;
  const bar =
    process.stderr.isTTY && !given.quiet
      ? new cliProgress.SingleBar({
          format: '{bar} {value}/{total} plants',
          clearOnComplete: true,
          hideCursor: true,
        })
      : null;
  const options: ProposeOptions = {
    limb: subject.limb,
    motion: given.motion,
    count: given.quick ? QUICK_PLANTS : given.n,
    seed: given.seed,
    give: given.give,
    run: runOnCores(given.jobs),
    onTrial: () => bar?.increment(),
  };
  bar?.start(plannedTrials(aim, options), 0);
  try {
    const found = await propose(seen, subject.settings, aim, options);
    const tight = tightenings(seen, subject.settings);
    if (tight.length === 0) return found;
    const settings = { ...found.settings, ...Object.fromEntries(tight.map((c) => [c.name, c.to])) };
    return { ...found, changes: [...found.changes, ...tight], settings };
  } finally {
    bar?.stop();
  }
}

function print(outcome: Outcome, aim: Aim, given: ProposeGiven): void {
  const { subject, findings, proposal, problems } = outcome;
  const say = (lines: readonly string[]): void => console.log(lines.join('\n'));
  say([colors.bold(`${subject.source}: ${aim.what}`), '']);
  if (findings.length > 0) say([colors.bold('  identified'), ...findingLines(findings), '']);
  if (subject.record !== undefined) say(recordAdvice(subject.record).map((line) => `  ${line}`));
  for (const problem of problems) say([`  ${colors.red('settings kept:')} ${problem}`]);
  if (proposal === undefined) return;
  say([colors.bold('  proposed'), ...proposalLines(proposal)]);
  if (proposal.changes.length > 0 && proposal.kept !== undefined) say([`    and besides: ${proposal.kept}`]);
  const plants = proposal.before.length;
  const tried = proposal.before !== proposal.after;
  say(['', `  ${given.motion}, ${plants} plants like it: median (5th to 95th percentile)`]);
  say([...compareLines(proposal.before, proposal.after, tried), '']);
  if (proposal.changes.length > 0)
    say([
      '  Nothing was applied. Write it with --out FILE, then: npm run settings -- diff FILE, npm run settings -- write FILE',
    ]);
}

/** Returns the exit code. */
export async function proposeCommand(given: ProposeGiven): Promise<number> {
  const aim = AIMS.find(({ name }) => name === given.aim) as Aim;
  const subject = subjectOf(given);
  const seen = subject.seen;
  const findings = seen === undefined ? [] : findingsOf(seen, subject.settings.minRailMv, false);
  const refused = isRefused(findings);
  const problems = [...subject.problems];
  if (refused) {
    const why = findings.filter((f) => f.grade === 'refuse').map((f) => `${f.what} ${f.measured}`);
    problems.push(`the build is refused (${why.join('; ')}): no settings make it fit to be worn`);
  }
  const proposal = problems.length === 0 ? await search(subject, aim, given) : undefined;
  const outcome: Outcome = { subject, findings, proposal, problems };
  if (given.quiet) for (const problem of problems) console.error(`settings kept: ${problem}`);
  else print(outcome, aim, given);
  if (given.json !== undefined) writeJson(given.json, aim, outcome);
  if (given.out !== undefined && proposal !== undefined && proposal.changes.length > 0) {
    const changes = Object.fromEntries(proposal.changes.map((change) => [change.name, change.to]));
    writeFileSync(given.out, `${JSON.stringify(changes, null, 2)}\n`);
  }
  return problems.length === 0 ? 0 : 1;
}

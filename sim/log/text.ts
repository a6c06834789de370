/** Records in words and columns. */
import { highestShare, lowestShare, MODEL_PERMILLE } from '../../src/occlusion/uncertainty.ts';
import { phaseName } from '../../src/phases.ts';
import { settingRows } from '../../src/settings.ts';
import { clock } from '../report/figures.ts';
import { type Span, together } from './envelope.ts';
import { dateText, exitText, feltText, heldText } from './record-words.ts';
import type { SessionRecord } from './records.ts';

export function listLines(records: readonly SessionRecord[]): string[] {
  const head =
    '  no  date        protocol          lop        worked  in band  peak  pressure  felt      end';
  const rows = records.map((r) => {
    const lop = `${r.estimated === 1 ? '~' : ''}${r.lop}${r.less > 0 ? `-${r.less}` : ''}`;
    return [
      String(r.n).padStart(4),
      `  ${dateText(r.dateS).padEnd(10)}`,
      `  ${r.protocol.padEnd(16)}`,
      `  ${lop.padEnd(8)}`,
      clock(r.moveS).padStart(9),
      `${heldText(r) === '' ? '' : '!'}${(r.moveInPermille / 10).toFixed(1)} %`.padStart(9),
      String(r.peak).padStart(6),
      clock(r.pressureS).padStart(10),
      `  ${feltText(r.felt).padEnd(8)}`,
      `  ${exitText(r)}`,
    ].join('');
  });
  return [
    head,
    ...rows,
    '',
    '  ~ = estimated occlusion pressure; pressures in mmHg, by the device’s own sensor.',
    ...(records.some((r) => heldText(r) !== '')
      ? ['  ! = could not be held well: "show" says what to do.']
      : []),
  ];
}

/** Phases in which a pressure is held. */
const HELD: readonly string[] = ['work', 'rest'];

/** Phase, step and seconds, three numbers a phase. */
export function phasesOf(r: SessionRecord): { name: string; step: number; seconds: number }[] {
  const out: { name: string; step: number; seconds: number }[] = [];
  for (let i = 0; i + 2 < r.phases.length; i += 3)
    out.push({
      name: phaseName(r.phases[i] ?? -1),
      step: r.phases[i + 1] ?? -1,
      seconds: r.phases[i + 2] ?? 0,
    });
  return out;
}

/** What a measured pressure's uncertainty does to a share of it. */
function shareText(mmHg: number): string {
  const off = (mmHg * MODEL_PERMILLE) / 1000;
  const percent = (permille: number): number => Math.round(permille / 10);
  return `+- ${Math.round(off)} mmHg: 50 % of it may be ${percent(lowestShare(500, mmHg, off))} to ${percent(highestShare(500, mmHg, off))} %`;
}

/** Lowest, mean and highest reading of each phase that was held, by the envelope. */
function envelopeTexts(r: SessionRecord, spans: readonly Span[]): string[] {
  const texts: string[] = [];
  let at = -(phasesOf(r)[0]?.seconds ?? 0);
  for (const { name, step, seconds } of phasesOf(r)) {
    const all = together(spans, at, at + seconds);
    at += seconds;
    if (all === undefined || !HELD.includes(name)) continue;
    const [low, mean, high] = [all.low, all.mean, all.high].map((mmHg) => mmHg.toFixed(0));
    texts.push(`${name} ${step + 1}: ${low} to ${high}, mean ${mean} mmHg`);
  }
  return texts;
}

/** What there is to say of a session: name and text of each line, in order. */
export function showRows(r: SessionRecord, spans: readonly Span[] = []): [string, string][] {
  const known = r.estimated === 1 ? 'estimated' : `measured by this cuff, ${shareText(r.lop)}`;
  const units = new Map(settingRows().map(([name, , , , unit]) => [name as string, unit]));
  const of = (permille: number): string => (permille / 10).toFixed(1);
  const cause = r.trip === '' ? '' : `, ${r.measured} measured, ${r.allowed} allowed`;
  const then = r.hazard === '' ? '' : `, then ${r.hazard}`;
  const held = heldText(r);
  const released = r.releases > 0 ? `, released ${r.releases} times for a new zero` : '';
  const readings = envelopeTexts(r, spans);
  const set = Object.entries(r.settings).map(([name, value]) =>
    `${name}=${value} ${units.get(name) ?? ''}`.trim(),
  );
  return [
    ['protocol', `${r.protocol}, stage ${r.stage} after it`],
    ['occlusion', `${r.lop} mmHg, ${known}${r.less > 0 ? `; ${r.less} mmHg taken off` : ''}`],
    ...(r.asked === '' ? [] : [['asked before', `${r.asked} (answered with yes)`] as [string, string]]),
    [
      'end',
      `${exitText(r)}${cause}${then}; step ${r.step + 1}, ${r.leftS} s left, ${r.pauses} pauses${released}`,
    ],
    ['work', `${clock(r.moveS)}, ${of(r.moveInPermille)} % within ±10 % of the setpoint`],
    ['rest, cuff on', `${clock(r.restS)}, ${of(r.restInPermille)} % within ±5 %`],
    [
      'pressure',
      `peak ${r.peak} mmHg, mean error ${(r.meanErrorTenths / 10).toFixed(1)} mmHg, ${clock(r.pressureS)} with the valve shut`,
    ],
    ...(readings.length === 0 ? [] : [['readings', readings.join('; ')] as [string, string]]),
    [
      'pump',
      `${r.pumpS} s in ${r.pumpStarts} starts, ${r.bleeds} bleeds, too weak in ${r.weak} of ${r.cycles} cycles`,
    ],
    ...(held === '' ? [] : [['could not hold', held] as [string, string]]),
    ['felt', feltText(r.felt)],
    [
      'phases',
      phasesOf(r)
        .map((p) => `${p.name} ${p.seconds} s`)
        .join(', '),
    ],
    ['settings', set.join(', ')],
  ];
}

/** Which session it was, when, on which firmware. */
export function headText(r: SessionRecord): string {
  return `Session ${r.n}, ${dateText(r.dateS)}${r.dateS > 0 ? ' (clock set by a link)' : ' (no trusted clock)'}, ${clock(r.poweredS)} after power-up, firmware ${r.fw}`;
}

export function showLines(r: SessionRecord, spans: readonly Span[] = []): string[] {
  return [headText(r), ...showRows(r, spans).map(([name, text]) => `  ${name.padEnd(14)} ${text}`)];
}

const FLAT = [
  'n',
  'dateS',
  'poweredS',
  'fw',
  'protocol',
  'stage',
  'lop',
  'estimated',
  'less',
  'exit',
  'trip',
  'measured',
  'allowed',
  'hazard',
  'step',
  'leftS',
  'pauses',
  'releases',
  'moveS',
  'moveInPermille',
  'restS',
  'restInPermille',
  'meanErrorTenths',
  'peak',
  'pressureS',
  'pumpS',
  'pumpStarts',
  'bleeds',
  'cycles',
  'low',
  'high',
  'weak',
  'held',
  'felt',
  'asked',
] as const;

/** RFC 4180; fields as in docs/log-format.md. */
export function csvOf(records: readonly SessionRecord[]): string {
  const cell = (value: unknown): string => {
    const text = value === null ? '' : String(value);
    return /[",\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
  };
  const lines = records.map((r) => FLAT.map((name) => cell(r[name])).join(','));
  return `${[FLAT.join(','), ...lines].join('\n')}\n`;
}

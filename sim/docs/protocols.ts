/** docs/protocols.md, made from the library and its notes. */
import { MAX_STEPS } from '../../src/session/protocol.ts';
import { FIRST_STORED, STORED_COUNT } from '../../src/session/stored.ts';
import { builtIns } from '../../tools/protocol/built-ins.ts';
import { NOTES } from '../../tools/protocol/library-notes.ts';
import { ACTIVITIES, RANGES } from '../../tools/protocol/schema.ts';
import { clockText, foldedSteps, timelineOf, totalsOf } from '../../tools/protocol/timeline.ts';

const WIDTH = 72;

function section({ protocol, title, index }: ReturnType<typeof builtIns>[number]): string {
  const note = NOTES[protocol.id];
  if (note === undefined) throw new Error(`${protocol.id}: no note in tools/protocol/library-notes.ts`);
  const t = totalsOf(protocol);
  return [
    `## ${index + 1}. ${protocol.id}: ${title}`,
    '',
    `${note.for[0]?.toUpperCase()}${note.for.slice(1)}. Open from stage ${protocol.stage}; ${ACTIVITIES[protocol.activity]}.`,
    `${clockText(t.seconds)} and the fills, ${clockText(t.onSeconds)} of it with pressure, at most ${clockText(t.pressureSeconds)} without a full release.`,
    '',
    '```',
    ...timelineOf(protocol, WIDTH).map((line) => line.trimEnd()),
    '```',
    '',
    ...foldedSteps(protocol, 0).map((line) => `- ${line}`),
    '',
    `Source: ${note.source}`,
    '',
  ].join('\n');
}

function ranges(): string[] {
  return Object.entries(RANGES).map(([name, [min, max, unit]]) => `| \`${name}\` | ${min}..${max} ${unit} |`);
}

export function protocolsDoc(): string {
  return `# Protocols

Made by \`npm run docs\` from \`src/session/library.ts\` and \`tools/protocol/library-notes.ts\`; do not edit.

Pressures are shares of the limb occlusion pressure (LOP) of the wearer. In the drawings W is work, r is rest, and m is moving with the
cuff released. The bars show the pressure; a full one is 80 % LOP. The time of a fill is not part of a step. A released rest ends early
by as long as the last fill took, but never before the cuff is empty.

Ischaemic preconditioning is not among them. It needs full occlusion for minutes, and its effect on performance is small (g = 0.13, Zhang
2026).

The number in front is what the setting \`protocol\` takes. The lamp blinks it when the protocol is chosen by hand. Limits are checked when
a file is read, when it is written to a device, before every start, and by the supervisor in every tick.

${builtIns().map(section).join('\n')}
# Your own

Write a file after [example.json](protocols/example.json), which has every field. \`npm run protocol -- check FILE\` checks it; \`show\` and
\`draw\` show it. \`npm run sim -- --protocol FILE\` runs it in the simulator. \`npm run protocol -- store FILE\` makes the text that a device
keeps: whole numbers with a check sum. A device keeps up to ${STORED_COUNT} of them, numbers ${FIRST_STORED + 1}..${FIRST_STORED + STORED_COUNT}. A text that is damaged or beyond a limit is
refused whole: the lamp blinks 11, "protocol".

| field | meaning |
|---|---|
| \`cuffloop\`, \`version\` | \`"protocol"\`, 1 |
| \`name\`, \`title\`, \`source\` | short name (a-z, 0-9, -), a line for people, where it comes from |
| \`activity\` | ${ACTIVITIES.join(', ')}: decides which posture the LOP must have been taken in |
| \`limb\` | leg (default) or arm: 20 or 15 min without a full release |
| \`stage\` | stage of the progression from which it can be chosen, default 0 |
| \`cues\` | false: no signal in the last 3 s of a step |
| \`warmUpS\`, \`coolDownS\` | moving with the cuff released, before and after |
| \`phases\` | a list of the phases below, at most ${MAX_STEPS} steps when unrolled |

| phase | fields |
|---|---|
| \`{"kind":"work"}\` | \`seconds\`, or \`reps\` and \`tempoS\` (time by count); \`cuff\`; \`rampMmHgPerS\` |
| \`{"kind":"rest"}\` | \`seconds\`, \`cuff\`, \`rampMmHgPerS\` |
| \`{"kind":"easy"}\` | \`seconds\`: moving, released |
| \`{"kind":"repeat"}\` | \`times\`, \`phases\`; \`openEnd\` true leaves out the last phase of the last round; \`risePercentLop\` is added in each further round |

\`cuff\` is \`"off"\` (released), \`"on"\` (as in the last phase with pressure), \`{"percentLop": n}\` or \`{"mmHg": n}\`. For a
cuff that is on in the rests only, give work \`"off"\` and rest a pressure. For less pressure in the rests, give rest a smaller one.

| field | range |
|---|---|
${ranges().join('\n')}
`;
}

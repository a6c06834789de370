/** docs/settings.md, made from the one table. */
import { SETTINGS_VERSION, type SettingRow, settingRows } from '../../src/settings.ts';
import { SETTING_HELP } from './help.ts';

const HEAD = `# Settings

Made from the table in \`src/settings.ts\` by \`npm run docs\`; do not edit it by hand. Version ${SETTINGS_VERSION}.

Settings are whole numbers. They can tighten the firmware's hard limits, never loosen them; no setting switches a safety rule off.
A file that breaks one rule is refused whole, and so is one that could be read in two ways (a name that is there twice, a number that
is not written with digits alone); the device keeps the last good set: it has two copies, the newer whole one counts.
`;

const TAIL = `
## By file

A settings file is JSON with the names above; what it leaves out stays as it is on the device.

\`\`\`json
{ "limb": 1, "lopMmHg": 190, "lopSource": 3, "maxMmHg": 150 }
\`\`\`

| command | what it does |
|---|---|
| \`npm run settings -- print\` | prints the set on the board (or the defaults, with no board named: \`--defaults\`) |
| \`npm run settings -- dump --out FILE\` | the same as the JSON that the commands below take; without \`--out\` on the screen |
| \`npm run settings -- check FILE\` | checks a file against the table, needs no board |
| \`npm run settings -- diff FILE\` | what would change on the board |
| \`npm run settings -- write FILE\` | checks, writes, reads back |
| \`npm run settings -- restore FILE\` | puts a dump back, whole: what it does not name gets its default |

\`check\`, \`diff\`, \`write\` and \`restore\` also ask about values that are each allowed and yet hardly right together: an occlusion pressure far above
what a formula says for this limb, posture and cuff (\`--circumference\`, \`--systolic\`, \`--diastolic\`, \`--age\`, \`--sex\` make it yours), or above an
earlier result (\`--earlier\`, or what the board holds). A question stops nothing; it is for you to answer before somebody wears the cuff.

They find the board as \`flash.sh\` does, or take \`--port\`; the board must be in service mode (training button held 5 s while it is
idle, cuff off). \`--image FILE.storage\` works on a Storage file of a release, or on a store as JSON, instead. \`write --replace\` starts from the defaults
instead of from what is there: the way out when the board holds a damaged set or one of another version.
`;

export function settingsDocument(): string {
  const rows = settingRows().map(
    (row) =>
      `| \`${row[0]}\` | ${row[1]} | ${rangeText(row)} | ${row[4]} | ${SETTING_HELP[row[0]].replaceAll('|', '\\|')} |`,
  );
  return [HEAD, '| name | default | allowed | unit | meaning |', '|---|---|---|---|---|', ...rows, TAIL].join(
    '\n',
  );
}

/** As the checker has it: 0 is allowed beside the range where the row says so. */
export function rangeText(row: SettingRow): string {
  return `${row[5] === true ? '0 or ' : ''}${row[2]}..${row[3]}`;
}

/** `npm run settings -- …`: print, check, diff and write the device's settings. */
import { Command } from 'commander';
import { defaultSettings, type Settings } from '../src/settings.ts';
import { wantedBoard } from './board/board-names.ts';
import { onlyPort } from './board/find-port.ts';
import { listPorts, openWire } from './board/open-wire.ts';
import { choices, referenceChoice } from './build/project.ts';
import { onlyOnce } from './input/once.ts';
import { lastWord } from './last-word.ts';
import { boardPlace } from './settings/board-place.ts';
import { diffText, earlierAt, readSettings, settingsText, writeSettings } from './settings/commands.ts';
import type { Place } from './settings/place.ts';
import { questionsAbout } from './settings/questions.ts';
import { parseSettingsFile } from './settings/settings-file.ts';
import { storagePlace } from './settings/storage-place.ts';
import {
  decimalOption,
  earlierOf,
  type WearerOptions,
  wearerOf,
  withWearer,
} from './settings/wearer-option.ts';
import { writeWhole } from './settings/write-whole.ts';

interface Where extends WearerOptions {
  port?: string;
  image?: string;
  board: string;
  wait: number;
  defaults?: boolean;
  replace?: boolean;
  /** Nothing but the settings goes to standard output. */
  quiet?: boolean;
}

const program = new Command('npm run settings --')
  .description('Settings of the device: on a board in service mode, or in a Storage file of a release.')
  .exitOverride()
  .showSuggestionAfterError();

function placed(name: string, description: string): Command {
  return program
    .command(name)
    .description(description)
    .option('--port <port>', 'serial port or tcp://host:port of the board; found by itself when left out')
    .option('--image <file>', 'a .storage file of a release, or a store as JSON, instead of a board')
    .option('--board <name>', `board: ${choices('boards').join(', ')}`, referenceChoice('boards'))
    .option('--wait <s>', 'how long to wait for service mode, s', decimalOption(1, 3600, 's'), 180);
}

async function withPlace(where: Where, work: (place: Place) => Promise<void>): Promise<void> {
  const place =
    where.image !== undefined
      ? storagePlace(where.image)
      : await boardPlace({
          open: openWire,
          port: where.port ?? onlyPort(await listPorts()),
          board: wantedBoard(where.board),
          waitS: where.wait,
          say: (text) => (where.quiet === true ? console.error(text) : console.log(text)),
        });
  try {
    await work(place);
  } finally {
    await place.close();
  }
}

async function baseAt(place: Place, where: Where): Promise<Settings> {
  return where.replace === true ? defaultSettings() : (await readSettings(place)).settings;
}

/** Never in the way, never left out: on standard error, whatever else is printed. */
function ask(questions: readonly string[]): void {
  for (const question of questions) console.error(`question: ${question}`);
}

/** The settings of `file` on top of what is at `place`, with what is to be asked about them. */
async function nextAt(place: Place, file: string, where: Where): Promise<{ old: Settings; next: Settings }> {
  const old = await baseAt(place, where);
  const next = parseSettingsFile(file, old);
  const earlier = [...earlierOf(where, next.lopPosture), ...(await earlierAt(place, old, next))];
  ask(questionsAbout(old, next, wearerOf(where), earlier));
  return { old, next };
}

placed('print', 'print the settings')
  .option('--defaults', 'print the defaults, no board needed')
  .action(async (where: Where) => {
    if (where.defaults) return console.log(settingsText(defaultSettings()));
    await withPlace(where, async (place) => {
      const { settings, note } = await readSettings(place);
      console.log(`${note}\n${settingsText(settings)}`);
    });
  });

placed('dump', 'print the settings as the JSON that check, diff, write and restore take')
  .option('--defaults', 'the defaults, no board needed')
  .option('--out <file>', 'into a file instead')
  .action(async (where: Where & { out?: string }) => {
    const give = (settings: Settings): void => {
      const text = `${JSON.stringify(settings, null, 2)}\n`;
      if (where.out === undefined) process.stdout.write(text);
      else writeWhole(where.out, text);
    };
    if (where.defaults) return give(defaultSettings());
    await withPlace({ ...where, quiet: true }, async (place) => give((await readSettings(place)).settings));
  });

withWearer(
  program
    .command('check <file>')
    .description('check a settings file against the table, no board needed; asks about what is hardly right'),
).action((file: string, options: WearerOptions) => {
  const old = defaultSettings();
  const next = parseSettingsFile(file, old);
  const questions = questionsAbout(old, next, wearerOf(options), earlierOf(options, next.lopPosture));
  ask(questions);
  const open = questions.length > 0 ? `, but ask yourself: ${questions.length} question(s)` : '';
  console.log(`${file} is good${open}`);
});

withWearer(placed('diff <file>', 'what a file would change'))
  .option('--replace', 'from the defaults instead of from what is there')
  .action(async (file: string, where: Where) => {
    await withPlace(where, async (place) => {
      const { old, next } = await nextAt(place, file, where);
      console.log(diffText(old, next) || 'no difference');
    });
  });

withWearer(
  placed('write <file>', 'check a file and write it; the last good set stays until the new one stands'),
)
  .option('--replace', 'start from the defaults instead of from what is there')
  .action(async (file: string, where: Where) => {
    await withPlace(where, async (place) => {
      const { old, next } = await nextAt(place, file, where);
      await writeSettings(place, next);
      console.log(`written to ${place.name} and read back\n${diffText(old, next) || 'no difference'}`);
    });
  });

withWearer(placed('restore <file>', 'put a dump back, whole: what it does not name gets its default')).action(
  async (file: string, where: Where) => {
    await withPlace(where, async (place) => {
      const { old, next } = await nextAt(place, file, { ...where, replace: true });
      await writeSettings(place, next);
      console.log(
        `restored to ${place.name} and read back\n${diffText(old, next) || 'these are the defaults'}`,
      );
    });
  },
);

try {
  await onlyOnce(program).parseAsync();
} catch (error) {
  process.exitCode = lastWord('settings', error);
}

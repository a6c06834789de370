/** `npm run settings -- …`: print, check, diff and write the device's settings. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { defaultSettings, type Settings } from '../src/settings.ts';
import { choices, ROOT, referenceChoice, shortPath } from './build/project.ts';
import { listPorts, openCli } from './flash/espruino-cli.ts';
import { FlashFailure, failureText } from './flash/failure.ts';
import { onlyPort } from './flash/find-port.ts';
import { diffText, parseSettings, readSettings, settingsText, writeSettings } from './settings/commands.ts';
import { settingsDocument } from './settings/document.ts';
import { boardPlace, type Place, storagePlace } from './settings/place.ts';

interface Where {
  port?: string;
  image?: string;
  board: string;
  wait: string;
  defaults?: boolean;
  replace?: boolean;
}

const program = new Command('npm run settings --').description(
  'Settings of the device: on a board in service mode, or in a Storage file of a release.',
);

function placed(name: string, description: string): Command {
  return program
    .command(name)
    .description(description)
    .option('--port <port>', 'serial port or tcp://host:port of the board; found by itself when left out')
    .option('--image <file>', 'a .storage file of a release instead of a board')
    .option('--board <name>', `board: ${choices('boards').join(', ')}`, referenceChoice('boards'))
    .option('--wait <s>', 'how long to wait for service mode, s', '180');
}

async function withPlace(where: Where, work: (place: Place) => Promise<void>): Promise<void> {
  const place =
    where.image !== undefined
      ? storagePlace(where.image)
      : await boardPlace({
          open: openCli,
          port: where.port ?? onlyPort(await listPorts()),
          board: where.board,
          waitS: Number(where.wait),
          say: (text) => console.log(text),
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

placed('print', 'print the settings')
  .option('--defaults', 'print the defaults, no board needed')
  .action(async (where: Where) => {
    if (where.defaults) return console.log(settingsText(defaultSettings()));
    await withPlace(where, async (place) => {
      const { settings, note } = await readSettings(place);
      console.log(`${note}\n${settingsText(settings)}`);
    });
  });

program
  .command('check <file>')
  .description('check a settings file against the table, no board needed')
  .action((file: string) => {
    parseSettings(file, readFileSync(file, 'utf8'), defaultSettings());
    console.log(`${file} is good`);
  });

placed('diff <file>', 'what a file would change')
  .option('--replace', 'from the defaults instead of from what is there')
  .action(async (file: string, where: Where) => {
    await withPlace(where, async (place) => {
      const old = await baseAt(place, where);
      const next = parseSettings(file, readFileSync(file, 'utf8'), old);
      console.log(diffText(old, next) || 'no difference');
    });
  });

placed('write <file>', 'check a file and write it; the last good set stays until the new one stands')
  .option('--replace', 'start from the defaults instead of from what is there')
  .action(async (file: string, where: Where) => {
    await withPlace(where, async (place) => {
      const old = await baseAt(place, where);
      const next = parseSettings(file, readFileSync(file, 'utf8'), old);
      await writeSettings(place, next);
      console.log(`written to ${place.name} and read back\n${diffText(old, next) || 'no difference'}`);
    });
  });

program
  .command('document')
  .description('write docs/settings.md from the table')
  .action(() => {
    const file = join(ROOT, 'docs/settings.md');
    writeFileSync(file, settingsDocument());
    console.log(`wrote ${shortPath(file)}`);
  });

try {
  await program.parseAsync();
} catch (error) {
  console.error(error instanceof FlashFailure ? failureText(error) : `settings: ${(error as Error).message}`);
  process.exitCode = 1;
}

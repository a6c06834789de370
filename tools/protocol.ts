/** `npm run protocol -- ...`: check, show, draw and hand over training protocols. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { Command } from 'commander';
import { FIRST_STORED, STORED_COUNT } from '../src/session/stored.ts';
import { wholeNumber } from './input/number-words.ts';
import { onlyOnce } from './input/once.ts';
import { lastWord } from './last-word.ts';
import { builtIns } from './protocol/built-ins.ts';
import type { WearerLimits } from './protocol/check.ts';
import { protocolHtml, protocolSvg } from './protocol/draw.ts';
import { BadProtocol, namedProtocol } from './protocol/named.ts';
import { inPlace, type Where, withWhere } from './protocol/open-place.ts';
import { storedFile } from './protocol/stored-file.ts';
import { describe } from './protocol/timeline.ts';

const MAX_WIDTH = 100;

function numberOf(option: string, text: string | undefined, min: number, max: number): number | undefined {
  if (text === undefined) return undefined;
  const value = wholeNumber(text);
  if (value !== undefined && value >= min && value <= max) return value;
  throw new BadProtocol(`${option} "${text}": allowed are whole numbers ${min}..${max}`);
}

interface WearerOptions {
  lop?: string;
  max?: string;
}

function wearerOf(options: WearerOptions): WearerLimits | undefined {
  const lopMmHg = numberOf('--lop', options.lop, 80, 300);
  const maxMmHg = numberOf('--max', options.max, 50, 250) ?? 250;
  return lopMmHg === undefined ? undefined : { lopMmHg, maxMmHg };
}

function width(): number {
  return Math.min(MAX_WIDTH, (process.stdout.columns ?? 80) - 1);
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  console.log(`wrote ${path}`);
}

const program = new Command('npm run protocol --')
  .description('Training protocols: the built-in ones and your own JSON files (docs/sessions.md).')
  .exitOverride()
  .showSuggestionAfterError();

program
  .command('list')
  .description('the built-in library')
  .action(() => {
    for (const { protocol, title, index } of builtIns())
      console.log(
        `${String(index + 1).padStart(2)}  ${protocol.id.padEnd(16)} stage ${protocol.stage}  ${title}`,
      );
  });

program
  .command('check <file|name>')
  .description('list every problem; exit code 1 when there is one')
  .option('--lop <mmHg>', 'also against the limits of this occlusion pressure')
  .option('--max <mmHg>', 'and this highest setpoint')
  .action((given: string, options: WearerOptions) => {
    const { protocol } = namedProtocol(given, wearerOf(options));
    console.log(`${given}: good, ${protocol.steps.length} steps`);
  });

program
  .command('show <file|name>')
  .description('totals, timeline and steps in the terminal')
  .option('--lop <mmHg>', 'show pressures for this occlusion pressure')
  .option('--max <mmHg>', 'highest setpoint')
  .action((given: string, options: WearerOptions) => {
    const wearer = wearerOf(options);
    const { protocol, title, source } = namedProtocol(given, wearer);
    console.log(
      [title, ...describe(protocol, wearer?.lopMmHg ?? 0, width()), '', source].join('\n').trimEnd(),
    );
  });

program
  .command('draw <file|name>')
  .description('a picture (.svg) or a page (.html)')
  .option('--lop <mmHg>', 'pressures for this occlusion pressure')
  .option('--max <mmHg>', 'highest setpoint')
  .option('--out <file>', 'where to', '')
  .action((given: string, options: WearerOptions & { out: string }) => {
    const wearer = wearerOf(options);
    const { protocol, title, source } = namedProtocol(given, wearer);
    const lop = wearer?.lopMmHg ?? 0;
    const out = options.out === '' ? `build/${protocol.id}.svg` : options.out;
    if (!/\.(svg|html)$/.test(out)) throw new BadProtocol(`--out "${out}": must end in .svg or .html`);
    write(
      out,
      out.endsWith('.svg') ? protocolSvg(protocol, title, lop) : protocolHtml(protocol, title, source, lop),
    );
  });

program
  .command('store <file>')
  .description('the text that a device keeps of it, as {"name": "...", "text": "..."}')
  .option('--place <n>', `place 0..${STORED_COUNT - 1}`, '0')
  .option('--lop <mmHg>', 'also against the limits of this occlusion pressure')
  .option('--max <mmHg>', 'and this highest setpoint')
  .action((given: string, options: WearerOptions & { place: string }) => {
    const place = numberOf('--place', options.place, 0, STORED_COUNT - 1) ?? 0;
    const { protocol } = namedProtocol(given, wearerOf(options));
    console.log(JSON.stringify(storedFile(protocol, place)));
    console.error(
      `choose it with the setting protocol=${FIRST_STORED + place + 1}, or by two presses until it blinks ${FIRST_STORED + place + 1}`,
    );
  });

withWhere(
  program
    .command('write <file>')
    .description('check a file and write it into a board in service mode, or into a Storage file')
    .option('--place <n>', `place 0..${STORED_COUNT - 1}`, '0')
    .option('--lop <mmHg>', 'also against the limits of this occlusion pressure')
    .option('--max <mmHg>', 'and this highest setpoint'),
).action(async (given: string, options: WearerOptions & Where & { place: string }) => {
  const place = numberOf('--place', options.place, 0, STORED_COUNT - 1) ?? 0;
  const { protocol } = namedProtocol(given, wearerOf(options));
  const { name, text } = storedFile(protocol, place);
  await inPlace(options, async (target) => {
    await target.write(name, text);
    if ((await target.read(name)) !== text)
      throw new BadProtocol(
        `${target.name}: ${name} reads back otherwise than it was written; write it again`,
      );
    console.log(
      `${protocol.id} written to ${target.name} as number ${FIRST_STORED + place + 1} and read back`,
    );
  });
});

try {
  await onlyOnce(program).parseAsync();
} catch (error) {
  process.exitCode = lastWord('protocol', error);
}

/** Builds the device image: bundled, checked against the dialect, minified. */
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { decodedMappings, originalPositionFor, TraceMap } from '@jridgewell/trace-mapping';
import MagicString from 'magic-string';
import { type Plugin, rollup } from 'rollup';
import { type MangleOptions, minify } from 'terser';
import { checkDialect } from '../dialect/check.ts';
import { explain, type Finding } from '../dialect/finding.ts';
import { lacksOf, periodOf, refuseUnguarded } from './board-checks.ts';
import { type DeviceChoice, DialectError, deviceSources } from './device-source.ts';
import { hotFirst, imageScope } from './hot-first.ts';
import HOT_NAMES from './hot-names.json' with { type: 'json' };
import { type CallName, inlineCalls } from './inline.ts';
import INLINE_CALLS from './inline-calls.json' with { type: 'json' };
import { keptImage } from './kept-images.ts';
import { type Choice, choices, projectVersion, ROOT, referenceChoice, shortPath } from './project.ts';
import { unfoldQuotients } from './quotients.ts';
import { refuseShortRange, sensorTraits } from './sensor-range.ts';
import { shortForms } from './short-forms.ts';
import { shortestNames, shortNames } from './short-names.ts';

export interface ImageOptions {
  /** A name of `choices('boards')`; the reference build's when left out. */
  board?: string;
  /** A name of `choices('sensors')`; the reference build's when left out. */
  sensor?: string;
  /** Keeps the console of the board. */
  dev?: boolean;
  /** Leaves names as and where they are, to count which ones a tick uses. */
  plain?: boolean;
  /** Calls that are written out; those of `inline-calls.json` when left out. */
  inline?: readonly CallName[];
  /** The file whose default export the image is; the firmware's own when left out. */
  entry?: string;
  /** Folder with the `src` and `hal` to build from; the project's own when left out. */
  root?: string;
}

export interface Image {
  version: string;
  board: string;
  sensor: string;
  dev: boolean;
  /** One expression in ASCII; its value is the default export of `src/main.ts`. */
  code: string;
  bytes: number;
  gzipBytes: number;
  /** Its own names, and where each comes from: `file name`. */
  names: ReadonlyMap<string, string>;
  /** Bytes of the image that came from each source file, largest first. */
  modules: { file: string; bytes: number }[];
}

/**
 * The device image for one choice of board and sensor: the same bytes for the same sources, kept from an earlier build of them.
 * Throws `DialectError` naming file, line and what to write instead; an unknown board or sensor is refused with the list,
 * a sensor whose range is too short with what is needed, one that the board has no pins for, a board without a dead-man unless `dev`.
 */
export async function buildImage(options: ImageOptions = {}): Promise<Image> {
  const whole = { ...options, ...choiceOf(options) };
  return await keptImage(whole, () => makeImage(whole));
}

/** What is built where options leave it out, said in full: the same image is not built twice under two descriptions. */
function choiceOf(options: ImageOptions): Required<Pick<ImageOptions, 'board' | 'sensor' | 'dev'>> {
  const root = options.root ?? ROOT;
  return {
    board: options.board ?? referenceChoice('boards', root),
    sensor: options.sensor ?? referenceChoice('sensors', root),
    dev: options.dev ?? false,
  };
}

async function makeImage(options: ImageOptions): Promise<Image> {
  const { bundle, ...chosen } = await bundled(options);
  // the lists are of the firmware's own names
  const plain = options.plain === true || options.entry !== undefined || options.root !== undefined;
  const minified = await minifyDevice(bundle, plain ? false : shortNames(bundle.code));
  const names = namesOf(minified);
  const first = unfoldQuotients(hotFirst(minified.code, plain ? [] : HOT_NAMES, names));
  const code = plain ? first : shortForms(first);
  refuseIn(minified, code);
  const bytes = Buffer.byteLength(code);
  const gzipBytes = gzipSync(code, { level: 9 }).length;
  return { ...chosen, code, bytes, gzipBytes, names, modules: sizesBySource(minified) };
}

/** The firmware as one text with the names of the sources, an expression too; no call is written out. Refused like an image. */
export async function buildBundle(options: ImageOptions = {}): Promise<string> {
  const { bundle } = await bundled({ ...options, inline: [] });
  return expressionOf(bundle.code);
}

interface Bundled {
  readonly bundle: { readonly code: string; readonly map: string };
  readonly version: string;
  readonly board: string;
  readonly sensor: string;
  readonly dev: boolean;
}

async function bundled(options: ImageOptions): Promise<Bundled> {
  const root = options.root ?? ROOT;
  const asked = choiceOf(options);
  const { dev } = asked;
  const board = choose('boards', asked.board, root);
  const sensor = choose('sensors', asked.sensor, root);
  refuseShortRange(sensor, sensorTraits(sensor, root, board));
  // a loader drives nothing
  if (options.entry === undefined) refuseUnguarded(board, dev, root);
  const version = projectVersion();
  const define = {
    BUILD_VERSION: JSON.stringify(version),
    BUILD_BOARD: JSON.stringify(board),
    BUILD_SENSOR: JSON.stringify(sensor),
    BUILD_DEV: String(dev),
    BUILD_PERIOD_MS: String(periodOf(board, root)),
    BUILD_LACKS: JSON.stringify(lacksOf(board, root)),
  };
  const bundle = await bundleDevice(
    options.entry ?? join(root, 'src/main.ts'),
    { board, sensor, root },
    define,
    options.inline ?? (options.entry === undefined && options.root === undefined ? INLINE_CALLS : []),
  );
  return { bundle, version, board, sensor, dev };
}

function choose(kind: Choice, name: string, root: string): string {
  const known = choices(kind, root);
  if (known.includes(name)) return name;
  throw new Error(`--${kind.slice(0, -1)} ${name}: not known; choose one of: ${known.join(', ')}`);
}

interface Code {
  code: string;
  map: TraceMap;
}

async function bundleDevice(
  entry: string,
  choice: DeviceChoice,
  define: Record<string, string>,
  inline: readonly CallName[],
): Promise<{ code: string; map: string }> {
  const refusals: string[] = [];
  const bundle = await rollup({
    input: entry,
    plugins: [deviceSources(choice, define, refusals), writtenOut(inline)],
    onwarn(warning) {
      if (warning.code === 'CIRCULAR_DEPENDENCY') refusals.push(explainCycle(warning.ids ?? []));
      else if (warning.code !== 'EMPTY_BUNDLE') refusals.push(warning.message);
    },
  });
  const { output } = await bundle.generate({
    format: 'iife',
    name: 'cuff',
    exports: 'default',
    strict: false,
    sourcemap: true,
    file: join(ROOT, 'build/image.js'),
  });
  await bundle.close();
  if (refusals.length > 0) throw new DialectError(refusals);
  const { code, map } = output[0];
  if (map === null) throw new Error('rollup gave no source map');
  return { code, map: map.toString() };
}

/** Writes out the calls of the list in the bundle, before names become short. */
function writtenOut(calls: readonly CallName[]): Plugin {
  return {
    name: 'written-out',
    renderChunk(code) {
      if (calls.length === 0) return null;
      const text = new MagicString(code);
      for (const { start, end, text: body } of inlineCalls(code, calls)) text.overwrite(start, end, body);
      return { code: text.toString(), map: text.generateMap({ hires: true }) };
    },
  };
}

function explainCycle(ids: readonly string[]): string {
  const files = ids.map(shortPath);
  const finding: Finding = { rule: 'import-cycle', line: 1, column: 0, what: files.join(' -> ') };
  return explain(files[0] ?? '', finding);
}

function expressionOf(bundle: string): string {
  return bundle
    .replace(/^var cuff = /, (text) => ' '.repeat(text.length))
    .replace(/^\/\/# sourceMappingURL=.*$/m, '');
}

/**
 * The recipe under which the interpreter gives Node's results: functions first (it does not hoist), no `case`
 * merged into `default`, no small function turned into a literal that is made anew at each call. The bundle's
 * `var cuff =` is blanked out, so that the image is one expression: a copy cut off half-way runs nothing.
 */
async function minifyDevice(
  bundle: { code: string; map: string },
  properties: NonNullable<MangleOptions['properties']>,
): Promise<Code> {
  const { code, map } = await minify(expressionOf(bundle.code), {
    ecma: 2015,
    toplevel: true,
    compress: {
      hoist_funs: true,
      switches: false,
      reduce_funcs: false,
      inline: 0,
      expression: true,
      negate_iife: false,
    },
    mangle: { properties, reserved: ['of'] },
    ...(properties === false ? {} : { nameCache: shortestNames(bundle.code) }),
    format: { ascii_only: true, comments: false },
    sourceMap: { content: bundle.map },
  });
  if (code === undefined || typeof map !== 'string') throw new Error('terser gave no code');
  return { code: code.replace(/;\s*$/, ''), map: new TraceMap(map) };
}

/** Each name of the image's own, and what it was in the sources. */
function namesOf(minified: Code): Map<string, string> {
  const starts = [0];
  for (const line of minified.code.split('\n')) starts.push((starts.at(-1) ?? 0) + line.length + 1);
  const names = new Map<string, string>();
  for (const [name, offset] of imageScope(minified.code).names) {
    const line = starts.findLastIndex((start) => start <= offset);
    const at = originalPositionFor(minified.map, { line: line + 1, column: offset - (starts[line] ?? 0) });
    if (at.source !== null && at.name !== null) names.set(name, `${sourceName(at.source)} ${at.name}`);
  }
  return names;
}

/** Refuses what the minifier may have brought in; places come from the code before `unfoldQuotients`. */
function refuseIn(minified: Code, unfolded: string): void {
  const left = new Set(checkDialect(unfolded, 'script').map((f) => f.rule));
  if (left.size === 0) return;
  const findings = checkDialect(minified.code, 'script').filter((f) => left.has(f.rule));
  throw new DialectError(
    findings.map((f) => {
      const at = originalPositionFor(minified.map, { line: f.line, column: f.column });
      if (at.source === null) return explain('image', f);
      return `${explain(sourceName(at.source), { ...f, line: at.line, column: at.column })} (in the emitted image)`;
    }),
  );
}

function sourceName(source: string): string {
  return shortPath(join(ROOT, 'build', source));
}

function sizesBySource(minified: Code): { file: string; bytes: number }[] {
  const sizes = new Map<string, number>();
  const lines = minified.code.split('\n');
  decodedMappings(minified.map).forEach((segments, line) => {
    segments.forEach((segment, i) => {
      const end = segments[i + 1]?.[0] ?? lines[line]?.length ?? segment[0];
      const source = segment.length === 1 ? null : minified.map.sources[segment[1]];
      const file = source ? sourceName(source) : '(wrapper)';
      sizes.set(file, (sizes.get(file) ?? 0) + end - segment[0]);
    });
  });
  return [...sizes].map(([file, bytes]) => ({ file, bytes })).sort((a, b) => b.bytes - a.bytes);
}

/** How the studio's page is made and served: Vite over `sim/studio`, JSX by esbuild, every path relative so that any folder of any host serves it. */
import { join } from 'node:path';
import { minify } from 'terser';
import type { InlineConfig, Plugin } from 'vite';
import { viteSingleFile } from 'vite-plugin-singlefile';
import { ESPRUINO_NAMES } from '../board/board-names.ts';
import { drivePins } from '../build/drive-pins.ts';
import { projectVersion, ROOT } from '../build/project.ts';
import { rowsForAPage } from './rows-for-a-page.ts';

/** Outputs of each board, read off its object, which a page cannot do. */
const PINS = Object.fromEntries(Object.keys(ESPRUINO_NAMES).map((name) => [name, drivePins(name)]));

export const STUDIO_ROOT = join(ROOT, 'sim', 'studio');
/** The rule of the page for what it may load; in index.html. */
export const PAGE_RULE = /(http-equiv="Content-Security-Policy"\s+content=)"[^"]*"/;

/** A development server puts its styles into the page as elements, which the page's own rule forbids. */
function styleElementsAllowed(): Plugin {
  return {
    name: 'style-elements-allowed',
    apply: 'serve',
    transformIndexHtml: (html) =>
      html.replace("default-src 'self';", "default-src 'self'; style-src 'self' 'unsafe-inline';"),
  };
}

/** `new Worker(new URL('./x.ts', import.meta.url), options)`, as every worker of the page is started. */
const WORKER = /new Worker\(\s*new URL\('([^']+)', import\.meta\.url\),/g;

/** A page that is one file has no file of a worker beside it: each worker lies in the page itself. */
function workersInside(): Plugin {
  return {
    name: 'workers-inside',
    enforce: 'pre',
    transform: (code, id) => {
      if (!id.startsWith(STUDIO_ROOT) || !/\.tsx?$/.test(id)) return null;
      const found: string[] = [];
      const changed = code.replace(WORKER, (_, path: string) => `new InlineWorker${found.push(path) - 1}(`);
      if (found.length === 0) return null;
      const imports = found.map((path, i) => `import InlineWorker${i} from '${path}?worker&inline';\n`);
      return { code: imports.join('') + changed, map: null };
    },
  };
}

function common(built: boolean): InlineConfig {
  return {
    root: STUDIO_ROOT,
    configFile: false,
    base: './',
    logLevel: 'error',
    esbuild: { jsx: 'automatic', jsxImportSource: 'preact' },
    worker: { format: 'es' },
    define: {
      STUDIO_BOARDS: JSON.stringify(ESPRUINO_NAMES),
      STUDIO_PINS: JSON.stringify(PINS),
      __CUFFLOOP_VERSION__: JSON.stringify(projectVersion()),
      __CUFFLOOP_BUILT__: JSON.stringify(built),
    },
  };
}

/** Served from the sources; `host` has the port. */
export function servedConfig(port: number): InlineConfig {
  return { ...common(false), plugins: [styleElementsAllowed()], server: { host: '127.0.0.1', port } };
}

/** Parts that the first picture waits for: the worker that runs, the frame of the page, and what page and worker share. */
const FIRST = ['engine-worker', 'index', 'stored', 'sensor-params', 'lamps-in-words', 'inhibits'];
/** And the screen that is opened first; every screen's part has the same name. */
const FIRST_SCREEN = 'screens/try/screen.tsx';

/** Makes them a twentieth smaller than esbuild alone does: of what esbuild has written, as it would undo half of it. */
function smaller(): Plugin {
  return {
    name: 'smaller',
    generateBundle: {
      order: 'post',
      handler: async (_options, bundle) => {
        for (const part of Object.values(bundle)) {
          if (part.type !== 'chunk') continue;
          const isFirst = FIRST.includes(part.name) || part.moduleIds.some((id) => id.endsWith(FIRST_SCREEN));
          if (isFirst) part.code = (await minify(part.code, { module: true })).code ?? part.code;
        }
      },
    },
  };
}

/** `outDir`: the folder of the built page; it is emptied first. */
export function pageConfig(outDir: string): InlineConfig {
  return {
    ...common(true),
    plugins: [rowsForAPage(), smaller()],
    worker: { format: 'es', plugins: () => [rowsForAPage(), smaller()] },
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2022',
      // inlined files would be data addresses, which the page's rule forbids for scripts and workers
      assetsInlineLimit: 0,
      reportCompressedSize: false,
      modulePreload: { polyfill: false },
    },
  };
}

/** The page as one file, which opens without any host. */
export function oneFileConfig(outDir: string): InlineConfig {
  const plain = common(false);
  return {
    ...plain,
    // a page without a host may not start workers that are modules
    worker: { format: 'iife', rollupOptions: { output: { inlineDynamicImports: true } } },
    publicDir: false,
    plugins: [workersInside(), viteSingleFile({ removeViteModuleLoader: true })],
    build: { outDir, emptyOutDir: true, target: 'es2022', reportCompressedSize: false },
  };
}

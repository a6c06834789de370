/** How the studio's page is made and served: Vite over `sim/studio`, JSX by esbuild, every path relative so that any folder of any host serves it. */
import { join } from 'node:path';
import type { InlineConfig, Plugin } from 'vite';
import { ROOT } from '../build/project.ts';
import { ESPRUINO_NAMES } from '../flash/board-names.ts';

export const STUDIO_ROOT = join(ROOT, 'sim', 'studio');

/** A development server puts its styles into the page as elements, which the page's own rule forbids. */
function styleElementsAllowed(): Plugin {
  return {
    name: 'style-elements-allowed',
    apply: 'serve',
    transformIndexHtml: (html) =>
      html.replace("default-src 'self';", "default-src 'self'; style-src 'self' 'unsafe-inline';"),
  };
}

/** `outDir`: the folder of the built page; it is emptied first. */
export function pageConfig(outDir: string): InlineConfig {
  return {
    root: STUDIO_ROOT,
    configFile: false,
    base: './',
    logLevel: 'warn',
    esbuild: { jsx: 'automatic', jsxImportSource: 'preact' },
    define: { STUDIO_BOARDS: JSON.stringify(ESPRUINO_NAMES) },
    worker: { format: 'es' },
    plugins: [styleElementsAllowed()],
    // Inlined files would be data addresses, which the page's rule forbids for scripts and workers.
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2022',
      assetsInlineLimit: 0,
      reportCompressedSize: false,
      modulePreload: { polyfill: false },
    },
  };
}

/** Makes the studio's page: plain files that any web server, or a folder of one, can serve. */
import { build } from 'vite';
import { pageConfig } from './page-config.ts';

/** Writes the page to `outDir`, which is emptied first. */
export async function buildPage(outDir: string): Promise<void> {
  await build(pageConfig(outDir));
}

/** Makes the pictures of docs/studio.md from the built page: `node --import tsx test/studio/pictures.ts`. */
import { join } from 'node:path';
import { ROOT } from '../../tools/build/project.ts';
import { openStudio } from './studio-page.ts';

const studio = await openStudio();
const { page, close } = await studio.open();
await page.getByRole('heading', { name: 'Knobs' }).waitFor();
await page.locator('.clock strong', { hasText: '1:4' }).waitFor();
await page.screenshot({ path: join(ROOT, 'docs', 'img', 'studio-try.png') });
await close();
await studio.close();

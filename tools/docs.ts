/** `npm run docs`: write the documents that are made from tables in the sources. A test asserts that they are fresh. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './build/project.ts';
import { MADE_DOCS } from './protocol/made-docs.ts';

for (const { file, make } of MADE_DOCS) {
  const path = join(ROOT, file);
  const text = make();
  let old = '';
  try {
    old = readFileSync(path, 'utf8');
  } catch {
    // not there yet
  }
  if (old === text) console.log(`${file} is fresh`);
  else {
    writeFileSync(path, text);
    console.log(`wrote ${file}`);
  }
}

/** `npm run docs:pictures [-- NAME…]`: draws the pictures of the documents anew. */
import { writePictures } from './tune/pictures.ts';

try {
  for (const path of writePictures(process.argv.slice(2))) console.log(`wrote ${path}`);
} catch (error) {
  if (!(error instanceof RangeError)) throw error;
  console.error(`error: ${error.message}`);
  process.exitCode = 2;
}

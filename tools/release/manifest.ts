/** The table of contents of a release: what it must hold, and what is looked up in it. */
import * as z from 'zod';

// a page's rule forbids code that is made at run time; trying it would be an error in its console
z.config({ jitless: true });

export const MANIFEST = 'manifest.json';
export const SUMS = 'SHA256SUMS';

const releaseFile = z.object({
  /** Beside the manifest: no folder in it. */
  file: z.string().regex(/^\w[\w.+-]*$/),
  /** What it is: an image for a slot, the text of `.bootcde`, or the whole Storage of a first flash. */
  kind: z.enum(['image', 'loader', 'storage']),
  board: z.string(),
  /** '' for a loader, which knows no sensor. */
  sensor: z.string(),
  bytes: z.number().int(),
  crc32: z.string(),
  sha256: z.string(),
});

export type ReleaseFile = z.infer<typeof releaseFile>;

/** What a manifest must hold. */
export const manifestSchema = z.object({
  name: z.literal('cuffloop'),
  version: z.string(),
  settingsVersion: z.number().int(),
  /** Oldest Espruino that runs it, and Espruino's names of the boards. */
  espruino: z.string(),
  espruinoBoards: z.record(z.string(), z.string()),
  files: z.array(releaseFile),
});

export type Manifest = z.infer<typeof manifestSchema>;

/** The file of a release for a board and sensor. Throws where there is none, and says what there is. */
export function fileFor(
  manifest: Manifest,
  kind: ReleaseFile['kind'],
  board: string,
  sensor: string,
): ReleaseFile {
  const found = manifest.files.find((f) => f.kind === kind && f.board === board && f.sensor === sensor);
  if (found !== undefined) return found;
  const there = manifest.files.filter((f) => f.kind === 'image').map((f) => `${f.board} + ${f.sensor}`);
  throw new Error(`the release has nothing for ${board} + ${sensor}; it has ${there.join(', ')}`);
}

/** What is said of a file whose sum is another. */
export function wrongSum(file: ReleaseFile, sha256: string): Error {
  return new Error(
    `${file.file} is not what the manifest says (sha256 ${sha256}, expected ${file.sha256}); fetch the release again`,
  );
}

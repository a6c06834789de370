import { findInterpreter, type Interpreter } from '../../../sim/interpreter/binary.ts';
import { deviceFiles } from '../../../sim/interpreter/device-files.ts';
import type { RunSpec } from '../../../sim/setup/resolve.ts';
import { resolveSpec } from '../../../sim/setup/spec.ts';
import { loaderText } from '../../../tools/board/loader.ts';
import { buildImage, type Image } from '../../../tools/build/image.ts';

export function needInterpreter(): Interpreter {
  const found = findInterpreter();
  if (found === undefined) throw new Error('ESPRUINO is not set: start these with `npm run test:espruino`');
  return found;
}

/** A library scenario with a seed. */
export function specOf(scenario: string, seed: number): RunSpec {
  return resolveSpec({ scenario, set: [], fault: [], seed, level: 'core' });
}

let built: Promise<{ image: Image; loader: string }> | undefined;

async function build(): Promise<{ image: Image; loader: string }> {
  return { image: await buildImage(), loader: await loaderText('jolt') };
}

/** The flash of a device with the reference image and the scenario's stored texts. */
export async function flashOf(spec: Pick<RunSpec, 'files'>): Promise<Record<string, string>> {
  built ??= build();
  const { image, loader } = await built;
  return deviceFiles(loader, image, spec.files);
}

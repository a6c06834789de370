import { describe, expect, test } from 'vitest';
import { importsOf, sourceFiles, textOf } from './sources.ts';

/**
 * The layers of src/ from left to right: each file or folder may use itself and what stands to its left, and nothing else; type
 * imports count.
 */
const ORDER =
  `units limits files phases ports settings date tick demand sensing control safety occlusion record outputs session
  wearer pace link core view loop main`.split(/\s+/);

const FILES = sourceFiles().filter((file) => file.startsWith('src/'));

/** `src/safety/gate.ts` is in `safety`, `src/loop.ts` in `loop`. */
function layerOf(path: string): string {
  const place = path.split('/')[1] ?? '';
  return place.replace(/\.ts$/, '');
}

interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly file: string;
}

function arrows(): Arrow[] {
  return FILES.flatMap((file) =>
    importsOf(file)
      .filter((i) => i.isPath && i.target.startsWith('src/'))
      .map((i) => ({ from: layerOf(file), to: layerOf(i.target), file: `${file} imports ${i.target}` })),
  );
}

describe('the layers of src', () => {
  test('are all in the order, and the order names none that is not there', () => {
    expect([...new Set(FILES.map(layerOf))].sort()).toEqual([...ORDER].sort());
  });

  test('import to the left only, type imports included', () => {
    const up = arrows().filter((a) => ORDER.indexOf(a.to) > ORDER.indexOf(a.from));
    expect(up.map((a) => a.file)).toEqual([]);
  });

  test('stand on the architecture page in this order', () => {
    const page = textOf('docs/architecture.md').replace(/\s+/g, ' ');
    expect(page).toContain(`${ORDER.join(', ')}.`);
  });

  test('are joined by enough arrows for the order to mean something', () => {
    expect(arrows().filter((a) => a.from !== a.to).length).toBeGreaterThan(100);
  });

  test('hal/ is named by main.ts alone', () => {
    const others = FILES.filter((file) => importsOf(file).some((i) => i.target.startsWith('hal/')));
    expect(others).toEqual(['src/main.ts']);
  });
});

/**
 * The rows of the safety rules as a page needs them: what only the safety case shows (harm, hardware, control, limits, test) is left out,
 * kilobytes that the first picture would wait for. Must never touch a code, a severity or a text that a wearer sees.
 */
import type { AnyNode } from 'acorn';
import MagicString from 'magic-string';
import type { Plugin } from 'vite';
import { walk } from '../dialect/walk.ts';

const SHOWN_IN_THE_CASE_ONLY = ['harm', 'hardware', 'control', 'limits', 'test'];

export function rowsForAPage(): Plugin {
  return {
    name: 'rows-for-a-page',
    enforce: 'post',
    transform(code, id) {
      if (!/\/src\/safety\/rows\/[a-z]+\.ts$/.test(id)) return null;
      const text = new MagicString(code);
      walk(this.parse(code) as AnyNode, (node) => {
        if (node.type !== 'Property' || node.key.type !== 'Identifier') return;
        if (SHOWN_IN_THE_CASE_ONLY.includes(node.key.name))
          text.overwrite(node.value.start, node.value.end, 'undefined');
      });
      return { code: text.toString(), map: text.generateMap({ hires: true }) };
    },
  };
}

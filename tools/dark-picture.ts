/**
 * Gives a finished SVG a second set of colours for dark screens. Print and viewers without styles keep the light ones, which stand in
 * the picture itself. A colour that is not in the table stays as it is.
 */

/** Light colour and what takes its place on a dark screen. */
const DARK: Readonly<Record<string, string>> = {
  // paper, words, lines of a grid
  '#ffffff': '#14181b',
  '#fff': '#14181b',
  '#111': '#f4f6f7',
  '#222': '#eef2f4',
  '#333': '#dfe4e7',
  '#444': '#cfd6db',
  '#4a545c': '#c3ccd2',
  '#666': '#a9b4bc',
  '#777': '#a9b4bc',
  '#aab2b8': '#5d6972',
  '#dfe3e6': '#2f383e',
  '#e2e6e9': '#2f383e',
  '#e3e6e8': '#2f383e',
  '#eef0f2': '#252d32',
  // bands
  '#d6e9f5': '#1b3547',
  '#b3d6ec': '#24506d',
  '#e4f0f8': '#1b3547',
  '#c9e0f0': '#24506d',
  // lines
  '#0072b2': '#56b4e9',
  '#0b6fb8': '#56b4e9',
  '#2b6c99': '#56b4e9',
  '#c2410c': '#ff9a5c',
  '#d55e00': '#ff8a3d',
  '#a84a00': '#ffa868',
  '#a05a00': '#d8a35a',
  '#8a4d00': '#f0c070',
  '#cc79a7': '#dd9dc2',
  '#7a4f9d': '#c3a1e0',
  // phases and kinds
  '#eceff1': '#2a3136',
  '#dddddd': '#3a4248',
  '#e3e3e3': '#3a4248',
  '#d9dde0': '#3a4248',
  '#ccc': '#4a545b',
  '#f3d98b': '#6b5719',
  '#9fd3f0': '#1f5878',
  '#5aa9d6': '#2f79a3',
  '#bfe3d4': '#245c48',
  '#9fcbb4': '#2f7359',
  '#e3bcd2': '#663f54',
  '#e8a27c': '#84451f',
  '#d9d2e9': '#4d4370',
};

function rules(svg: string): string[] {
  const found = new Set(
    [...svg.matchAll(/(?:fill|stroke)="(#[0-9a-f]{3,6})"/gi)].map(([, color]) => color ?? ''),
  );
  return [...found].sort().flatMap((light) => {
    const dark = DARK[light];
    if (dark === undefined) return [];
    const at = (what: string): string =>
      `.adapts[${what}="${light}"],.adapts [${what}="${light}"]{${what}:${dark}}`;
    return [
      ...(svg.includes(`fill="${light}"`) ? [at('fill')] : []),
      ...(svg.includes(`stroke="${light}"`) ? [at('stroke')] : []),
    ];
  });
}

/** The same picture with a style sheet as its first child. `svg` begins with its `<svg …>` tag. */
export function forDarkToo(svg: string): string {
  const end = svg.indexOf('>');
  const head = svg.slice(0, end).replace('<svg ', '<svg class="adapts" ');
  const style = `<style>@media screen and (prefers-color-scheme:dark){${rules(svg).join('')}}</style>`;
  return `${head}>${style}${svg.slice(end + 1)}`;
}

/** Boxes, lines and words of the drawn pictures: readable printed and in dark mode, without a font of their own. */

/** Colours by what flows: air, battery, signal; thickness and words say it too. Paper is always light, whatever the screen is. */
const STYLE = `<style>
text{font:14px system-ui,sans-serif;fill:#1a1a1a}
.s{font-size:12px;fill:#444}
.t{font-weight:600}
rect,circle{fill:#fff;stroke:#1a1a1a;stroke-width:1.5}
.b{fill:#eef3f8}
.w{fill:none;stroke:#1a1a1a;stroke-width:1.5}
.p{fill:none;stroke:#b34700;stroke-width:2.5}
.a{fill:none;stroke:#00629b;stroke-width:4}
.n{fill:none;stroke:#00629b;stroke-width:1.5}
.d{stroke-dasharray:6 4}
.g{fill:#fff;stroke:none}
.l{stroke:none}
.lr{fill:#c62828}.lg{fill:#2e7d32}.lb{fill:#1565c0}.lz{fill:#6b6b6b}
@media screen and (prefers-color-scheme:dark){text{fill:#eee}.s{fill:#bbb}rect,circle{fill:#1c1f24;stroke:#ddd}.b{fill:#26303b}.w{stroke:#ddd}.p{stroke:#ff9f5a}.a,.n{stroke:#6cc4ff}.g{fill:#14161a;stroke:none}.l{stroke:none}.lr{fill:#ff6b60}.lg{fill:#5fd06a}.lb{fill:#62a8ff}.lz{fill:#a8a8a8}}
</style>`;

export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

export function picture(width: number, height: number, title: string, parts: readonly string[]): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(title)}">`,
    `<title>${escaped(title)}</title>`,
    STYLE,
    `<rect class="g" width="${width}" height="${height}"/>`,
    ...parts,
    '</svg>\n',
  ].join('\n');
}

/** A box with a title and small lines below it. */
export function box(
  x: number,
  y: number,
  w: number,
  h: number,
  title: string,
  lines: readonly string[] = [],
): string {
  const words = lines.map(
    (line, i) => `<text class="s" x="${x + 10}" y="${y + 40 + 16 * i}">${escaped(line)}</text>`,
  );
  return [
    `<rect x="${x}" y="${y}" width="${w}" height="${h}" rx="6" class="b"/>`,
    `<text class="t" x="${x + 10}" y="${y + 22}">${escaped(title)}</text>`,
    ...words,
  ].join('');
}

/** A line through corners: class w = wire, p = battery current, a = wide air, n = thin air; with d dashed. */
export function line(kind: string, corners: readonly (readonly [number, number])[]): string {
  return `<polyline class="${kind}" points="${corners.map(([x, y]) => `${x},${y}`).join(' ')}"/>`;
}

export function words(x: number, y: number, text: string, small = true, end = false): string {
  return `<text${small ? ' class="s"' : ''} x="${x}" y="${y}"${end ? ' text-anchor="end"' : ''}>${escaped(text)}</text>`;
}

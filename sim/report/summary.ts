/** The summary table of the terminal. Blue tick and orange cross instead of green and red; picocolors obeys NO_COLOR and FORCE_COLOR. */
import colors from 'picocolors';
import type { Figure } from './figures.ts';

const MARK: Readonly<Record<Figure['verdict'], string>> = { good: '✓', bad: '✗', plain: ' ' };

function paint(figure: Figure, text: string): string {
  if (figure.verdict === 'good') return colors.cyan(text);
  if (figure.verdict === 'bad') return colors.bold(colors.yellow(text));
  return text;
}

/** Breaks at spaces, at most `width` characters a line where words allow. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return line === '' && lines.length > 0 ? lines : [...lines, line];
}

/** Lines of the table, at most `width` characters wide (60 at least). */
export function summaryLines(figures: readonly Figure[], width = 100): string[] {
  const labels = Math.max(...figures.map((figure) => figure.label.length));
  const values = Math.max(...figures.map((figure) => figure.value.length));
  const columns = Math.max(60, width) - labels - values - 9;
  const lines: string[] = [];
  for (const figure of figures) {
    const notes = wrap(figure.note, Math.max(20, columns));
    const head = `  ${figure.label.padEnd(labels)}  ${paint(figure, `${figure.value.padStart(values)} ${MARK[figure.verdict]}`)}`;
    lines.push(`${head}  ${colors.dim(notes[0] ?? '')}`.trimEnd());
    for (const more of notes.slice(1)) lines.push(`${' '.repeat(labels + values + 8)}${colors.dim(more)}`);
  }
  return lines;
}

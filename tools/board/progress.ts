/** Progress of a long step: a line that is drawn over on a terminal, else a line each quarter. */
export function progressOn(stream: NodeJS.WriteStream): (done: number, total: number) => void {
  let shown = 0;
  return (done, total) => {
    const percent = Math.floor((100 * done) / total);
    if (stream.isTTY) {
      const bar = '#'.repeat(Math.floor(percent / 4)).padEnd(25, '.');
      stream.write(`\r  [${bar}] ${String(percent).padStart(3)} %${done >= total ? '\n' : ''}`);
    } else if (percent >= shown + 25) {
      shown = percent - (percent % 25);
      stream.write(`  ${percent} %\n`);
    }
    if (done >= total) shown = 0;
  };
}

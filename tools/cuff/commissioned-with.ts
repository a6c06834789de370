/** With which firmware, board and sensor a cuff was commissioned, and which of them is another now. Pure; the firmware judges for itself. */

/** What a report holds for: the device refuses it with any other. */
export interface BuildParts {
  /** Of the firmware. */
  readonly version: string;
  readonly board: string;
  readonly sensor: string;
}

/** The parts in a kept text (src/session/commissioned.ts); undefined where there is none. */
export function partsIn(text: string | undefined): BuildParts | undefined {
  const [, , , version, board, sensor] = text?.split('\n')[0]?.split(',') ?? [];
  return version === undefined || board === undefined || sensor === undefined
    ? undefined
    : { version, board, sensor };
}

/** Parts that are not those of a report. */
export function changedSince(then: BuildParts, now: BuildParts): ('firmware' | 'board' | 'sensor')[] {
  const changed: ('firmware' | 'board' | 'sensor')[] = [];
  if (then.version !== now.version) changed.push('firmware');
  if (then.board !== now.board) changed.push('board');
  if (then.sensor !== now.sensor) changed.push('sensor');
  return changed;
}

/** What a person reads of it; '' where nothing is another. */
export function changedLine(then: BuildParts | undefined, now: BuildParts): string {
  if (then === undefined) return '';
  const changed = changedSince(then, now);
  if (changed.length === 0) return '';
  const words = (p: BuildParts): string => `firmware ${p.version}, ${p.board} + ${p.sensor}`;
  const after = changed.map((part) => `--after ${part}`).join(' or ');
  return `commissioned with ${words(then)}, and this is ${words(now)}: npm run cuff -- commission ${after} measures what is another`;
}

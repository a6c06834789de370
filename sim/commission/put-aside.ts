/**
 * The wearer's own texts while the commissioning has its own in their places. They stand on the device itself, where its report will stand, so
 * that a wizard that was broken off gives them back the next time. Such a text never says "passed". Must never take what the wizard itself
 * has put there for the wearer's.
 */

const HEAD = 'put aside';

/** `undefined` = there was none. */
export interface PutAside {
  readonly settings: string | undefined;
  readonly protocol: string | undefined;
}

/** The text for the place of the report: a line each. */
export function putAsideText(own: PutAside): string {
  return [HEAD, ...[own.settings, own.protocol].map((text) => encodeURIComponent(text ?? ''))].join('\n');
}

/** What a wizard that was broken off has left; undefined where none was. */
export function leftBehind(text: string | undefined): PutAside | undefined {
  const [head, settings = '', protocol = ''] = text?.split('\n') ?? [];
  if (head !== HEAD) return undefined;
  return { settings: textIn(settings), protocol: textIn(protocol) };
}

function textIn(line: string): string | undefined {
  return line === '' ? undefined : decodeURIComponent(line);
}

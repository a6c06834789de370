/** Bytes as a text of one character each, and back: how a board's files travel as texts. */

/** Of a character only the low byte is kept. */
export function latin1Bytes(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

export function latin1Text(bytes: Uint8Array): string {
  let text = '';
  // a call takes some ten thousand arguments at most
  for (let at = 0; at < bytes.length; at += 8192)
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return text;
}

/** The bytes that base64 stands for; undefined where the text is no base64. */
export function base64Bytes(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return latin1Bytes(atob(text));
  } catch {
    return undefined;
  }
}

export function base64Of(bytes: Uint8Array): string {
  return btoa(latin1Text(bytes));
}

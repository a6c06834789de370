/** Texts whose characters are bytes, as boards and serial lines have them: to bytes and back, and from base64. In Node and in a browser alike. */

/** One byte a character; what is above 255 loses its upper bits. */
export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

/** Longer lists of arguments than this are refused by some engines. */
const PIECE = 8192;

/** One character a byte. */
export function textOf(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += PIECE)
    text += String.fromCharCode(...bytes.subarray(at, at + PIECE));
  return text;
}

/** The text behind base64; '' where it is none. */
export function textOfBase64(base64: string): string {
  try {
    return atob(base64);
  } catch {
    return '';
  }
}

/** Base64 of bytes. */
export function base64Of(bytes: Uint8Array): string {
  return btoa(textOf(bytes));
}

/**
 * Bytes as text: one character for each byte, with its value as code. So nginx compares: a path of the routing and that of
 * a request are the same if their bytes are, whatever they stand for.
 */
export function bytesOf(text: string): string {
  if (!BEYOND_ASCII.test(text)) return text;
  let bytes = '';
  for (const byte of new TextEncoder().encode(text)) bytes += String.fromCharCode(byte);
  return bytes;
}

/** Bytes as a person reads them: UTF-8, with U+FFFD for what is none. */
export function textOf(bytes: string): string {
  if (!BEYOND_ASCII.test(bytes)) return bytes;
  return new TextDecoder().decode(Uint8Array.from(bytes, byte => byte.charCodeAt(0)));
}

const BEYOND_ASCII = /[^\0-\x7f]/;

/** How a text is written in a file; those with a mark begin with one. */
export type Encoding = 'utf8' | 'utf8-with-mark' | 'utf16le-with-mark' | 'utf16be-with-mark';

/** The encoding of a file that was decoded. */
export function encodingOf(bytes: Buffer): Encoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf16le-with-mark';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf16be-with-mark';
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 'utf8-with-mark' : 'utf8';
}

const MARK = '\uFEFF';

export function encoded(text: string, encoding: Encoding): Buffer {
  switch (encoding) {
    case 'utf8':
      return Buffer.from(text);
    case 'utf8-with-mark':
      return Buffer.from(MARK + text);
    case 'utf16le-with-mark':
      return Buffer.from(MARK + text, 'utf16le');
    case 'utf16be-with-mark':
      return Buffer.from(MARK + text, 'utf16le').swap16();
  }
}

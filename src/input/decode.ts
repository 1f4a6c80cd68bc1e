import { isAscii, isUtf8 } from 'node:buffer';

import type { Finding } from '../diagnostics/diagnostic.ts';
import { binaryFile, notUtf8 } from './rules/files.ts';

/** A NUL within the first bytes makes a file binary; later ones are left to the parser, which gives their place. */
const SNIFFED = 8 * 1024;

/** The text of a file without its byte order mark, or why it is none. */
export type Decoded = { readonly text: string } | { readonly problem: Omit<Finding, 'at'> };

/** Decodes UTF-8, and UTF-16 when it has a byte order mark (as PowerShell writes it). */
export function decode(bytes: Buffer, name: string): Decoded {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { text: bytes.toString('utf16le', 2) };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { text: swapped(bytes).toString('utf16le') };
  if (bytes.subarray(0, SNIFFED).includes(0)) {
    const help = 'leave it out, or unpack it first if it is an archive';
    return { problem: { rule: binaryFile, message: `"${name}" is a binary file`, help } };
  }
  if (isAscii(bytes)) return { text: bytes.toString('latin1') };
  if (!isUtf8(bytes)) {
    const help = 'convert it, for example with iconv -f ISO-8859-1 -t UTF-8';
    return { problem: { rule: notUtf8, message: `"${name}" is not UTF-8: ${firstWrongByte(bytes)}`, help } };
  }
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return { text: bytes.toString('utf8', hasMark ? 3 : 0) };
}

function swapped(bytes: Buffer): Buffer {
  const even = bytes.length - (bytes.length % 2);
  return Buffer.from(bytes.subarray(2, even)).swap16();
}

/** Only reached for files that are refused, so it may be slow. */
function firstWrongByte(bytes: Buffer): string {
  let start = 0;
  for (let line = 1; ; line++) {
    const lineEnd = bytes.indexOf(10, start);
    const end = lineEnd === -1 ? bytes.length : lineEnd;
    if (!isUtf8(bytes.subarray(start, end)) || lineEnd === -1) {
      for (let at = start; at < end; at++) {
        const length = sequenceLength(bytes[at] ?? 0);
        if (!isUtf8(bytes.subarray(at, Math.min(at + length, end))))
          return `byte 0x${bytes.toString('hex', at, at + 1)} in line ${line}`;
        at += length - 1;
      }
      return `line ${line}`;
    }
    start = end + 1;
  }
}

function sequenceLength(lead: number): number {
  if (lead < 0xc0) return 1;
  return lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

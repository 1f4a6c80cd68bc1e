import { StringDecoder } from 'node:string_decoder';

/** Objects have 1.5 MB at most in the store of an API server; whatever is longer is not a line of one. */
const LONGEST_LINE = 64 * 1024 * 1024;

export interface LineDecoder {
  /** Takes the next bytes; false when a line is too long to be one. */
  write(chunk: Buffer): boolean;
}

/**
 * Cuts a stream of bytes into lines, however they are cut in chunks. What stands behind the last line end was cut off
 * and is dropped.
 */
export function decodeLines(onLine: (line: string) => void): LineDecoder {
  const decoder = new StringDecoder('utf8');
  // Chunks of a line that has not ended: adding them to one string and searching it again would be quadratic.
  let pending: string[] = [];
  let pendingLength = 0;
  return {
    write(chunk) {
      const text = decoder.write(chunk);
      let start = 0;
      for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
        const line = pending.join('') + text.slice(start, end);
        pending = [];
        pendingLength = 0;
        start = end + 1;
        if (line.trim() !== '') onLine(line);
      }
      if (start < text.length) pending.push(text.slice(start));
      pendingLength += text.length - start;
      return pendingLength <= LONGEST_LINE;
    },
  };
}

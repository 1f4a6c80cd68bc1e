import { bytesOf } from '../options/size.ts';
import type { Weakness } from '../options/weak-value.ts';
import { largeBodyBuffer } from './rules/sizes.ts';

const MEBIBYTE = 1024 ** 2;
/** Few machines have room for a hundred of these. */
const LARGE = 64 * MEBIBYTE;

/** How much of a request body is held in memory. */
export function weakBodyBuffer(text: string): Weakness | undefined {
  const bytes = bytesOf(text.trim().toLowerCase());
  if (bytes < LARGE) return undefined;
  return {
    rule: largeBodyBuffer,
    says: `"${text}": each upload may take ${Math.floor(bytes / MEBIBYTE)} MiB of memory`,
    help: 'write less, such as "1m": what is larger goes to a file; proxy-body-size is how large an upload may be',
  };
}

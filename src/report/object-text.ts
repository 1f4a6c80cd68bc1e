import { objectText } from '../diagnostics/place.ts';
import type { Located } from '../diagnostics/located.ts';

/** `Ingress shop/web: ` before a message that does not name its object itself; else nothing. */
export function objectPrefix({ at, message }: Pick<Located, 'at' | 'message'>): string {
  if (at?.object === undefined) return '';
  const text = objectText(at.object);
  // What is read from a cluster has its object where others have a file.
  return at.file === text || isNamed(text, message) ? '' : `${text}: `;
}

/** `Ingress shop/web2` does not name `Ingress shop/web`. */
function isNamed(text: string, message: string): boolean {
  const [, ...rests] = message.split(text);
  return rests.some(rest => !/^[.-]*[a-z0-9]/i.test(rest));
}

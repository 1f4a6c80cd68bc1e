import { isNear } from '../diagnostics/suggest.ts';
import { PREFIX } from './annotation-ref.ts';

/** The two parts of a key, which may have a dot, a dash or an underscore where the slash behind its prefix belongs. */
export function splitKey(key: string): { readonly prefix: string; readonly name: string } {
  const [, before, after] = /^(?:(.*)\/|(.*\bkubernetes\.io)[._-])/s.exec(key) ?? [];
  const prefix = before ?? after;
  return prefix === undefined ? { prefix: '', name: key } : { prefix, name: key.slice(prefix.length + 1) };
}

const BARE = PREFIX.slice(0, -1);

/** Whether the prefix of the controller was meant by this one, without slash. */
export function isNearPrefix(prefix: string): boolean {
  return isNear(prefix, BARE, 2);
}

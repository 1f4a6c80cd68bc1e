import { isNear } from '../diagnostics/suggest.ts';
import { ANNOTATIONS_PREFIX, type Ingress } from '../resources/model.ts';

const USUAL = ANNOTATIONS_PREFIX.slice(0, -1);

/** Whether a prefix, without slash, is the one of a controller that is not told another one. */
function isUsualPrefix(prefix: string): boolean {
  return prefix === USUAL;
}

/** The two parts of a key, which may have a dot, a dash or an underscore where the slash behind its prefix belongs. */
export function splitKey(key: string): { readonly prefix: string; readonly name: string } {
  const [, before, after] = /^(?:(.*)\/|(.*\bkubernetes\.io)[._-])/s.exec(key) ?? [];
  const prefix = before ?? after;
  return prefix === undefined ? { prefix: '', name: key } : { prefix, name: key.slice(prefix.length + 1) };
}

/** What people write for the usual prefix, with more than some letters amiss. */
const MISTAKEN =
  /^(?:nginx[-.]ingress|ingress[-.]nginx)(?:\.kubernetes(?:\.io|\.com)?|\.k8s\.io|\.io)?$|^nginx\.(?:kubernetes|k8s)\.io$|^kubernetes\.io\/ingress[-.]nginx$/i;

/** Whether the prefix of the controller was meant by this one, without slash; the usual one is meant by whoever writes it. */
export function isNearPrefix(prefix: string, { annotationsPrefix }: Pick<Ingress, 'annotationsPrefix'>): boolean {
  const own = annotationsPrefix.slice(0, -1);
  if (isNear(prefix, own, own.length < 12 ? 1 : 2)) return true;
  return own === USUAL ? MISTAKEN.test(prefix) : isUsualPrefix(prefix);
}

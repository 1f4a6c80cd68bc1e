import { createHash } from 'node:crypto';

/** `namespace/name`, the key of all look-ups. */
export function keyOfObject(namespace: string, name: string): string {
  return `${namespace}/${name}`;
}

/** Eight hexadecimal digits that stand for a text: enough to tell a few names apart. */
export function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}

/**
 * A file name for what an object holds, without folder and ending. Kubernetes names hold no underscore, so that two
 * objects never share a name (`a-b/c` and `a/b-c` did in the controller, CVE-2020-8553). Namespace and name must have
 * passed validation. Long names are cut and told apart by a hash, since file systems take 255 bytes.
 */
export function fileStem(namespace: string, name: string, suffix = ''): string {
  const stem = suffix === '' ? `${namespace}_${name}` : `${namespace}_${name}_${suffix}`;
  return stem.length <= 200 ? stem : `${stem.slice(0, 180)}_${shortHash(stem)}`;
}

/** A reference such as `namespace/name` or `name`; undefined if it is neither. The parts are not checked any further. */
export function parseReference(
  text: string,
  ownNamespace: string,
): { readonly namespace: string; readonly name: string } | undefined {
  const parts = text.split('/');
  const [first, second] = parts;
  if (parts.length > 2 || first === undefined || first === '' || second === '') return undefined;
  return second === undefined ? { namespace: ownNamespace, name: first } : { namespace: first, name: second };
}

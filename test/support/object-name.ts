import type { ObjectName } from '../../src/diagnostics/place.ts';

/** The name that `Ingress shop/web` says. */
export function objectNamed(text: string): ObjectName {
  const [, kind = '', namespace = '', name = ''] = /^(\S+) ([^/]+)\/(.+)$/.exec(text) ?? [];
  return { kind, namespace, name };
}

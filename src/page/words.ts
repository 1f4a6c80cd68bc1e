import type { Severity } from '../diagnostics/rule.ts';

/** Parts of names that are no words, as people write them. */
const SPECIAL = ['TLS', 'CORS', 'HTTP', 'HTTP2', 'HSTS', 'OCSP', 'IP', 'URL', 'URI', 'GeoIP2', 'gRPC'];

const BY_NAME: ReadonlyMap<string, string> = new Map(SPECIAL.map(text => [text.toLowerCase(), text]));

/** `basicAuth` as people read it: `basic auth`. */
export function nameText(name: string): string {
  const words = name.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2').split(' ');
  return words.map(word => BY_NAME.get(word.toLowerCase()) ?? word.toLowerCase()).join(' ');
}

/** `3 paths`, `1 path`. */
export function countText(count: number, singular: string, plural = `${singular}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? singular : plural}`;
}

export const SEVERITY_TEXT: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };

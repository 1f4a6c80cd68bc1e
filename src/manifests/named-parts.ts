import type { Span } from './cut.ts';

/** An object of a text that others name, found without parsing it. */
export interface NamedPart {
  readonly kind: 'Service' | 'Endpoints' | 'EndpointSlice' | 'Secret' | 'ConfigMap';
  /** Of a slice the Service that it belongs to, which may be none. */
  readonly name: string | undefined;
}

/** How most documents begin. */
const HEAD =
  /(?:---\n)?(?:#[^\n]*\n){0,9}(?:apiVersion: ["']?([a-z0-9./]+)["']?\nkind: ([A-Za-z]+)|kind: ([A-Za-z]+)\napiVersion: ["']?([a-z0-9./]+)["']?)\n/y;
/** A key at the left edge, in its usual form. */
const KEY = /(?!kind:|apiVersion:)[a-z][A-Za-z]*:(?: |\n|$)/y;
const METADATA = 'metadata:\n';
/** What may put a key there that does not stand there, or hides it. */
const UNCLEAR = /\t|^ *(?:<<|\?|["'](?:name\b|kubernetes\.io|[^"'\n]*\\))/m;
/** A quote that goes on in the next line, which may look like a key. */
const UNCLOSED = /(?:^|[:-] ) *(?:"(?:[^"\\\n]|\\.)*|'(?:[^'\n]|'')*)$/m;
const UNCLEAR_LABELS = /^ *labels:(?! *$)/m;
const VALUE = /^ ?(?:"([\w.-]+)"|'([\w.-]+)'|([\w.-]+))$/;
const SERVICE_LABEL = 'kubernetes.io/service-name';

/**
 * What a document is and how it is named, if it is one object of a kind that is looked up by its name. Undefined where
 * that is not sure: then it must be parsed.
 */
export function namedPart(text: string, { start, end }: Span): NamedPart | undefined {
  HEAD.lastIndex = start;
  const head = HEAD.exec(text);
  if (head === null || HEAD.lastIndex > end) return undefined;
  const kind = kindOf(head[1] ?? head[4] ?? '', head[2] ?? head[3] ?? '');
  if (kind === undefined) return undefined;
  const metadata = metadataIn(text, { start: HEAD.lastIndex, end });
  if (metadata === undefined || UNCLEAR.test(metadata)) return undefined;
  if (kind === 'EndpointSlice') return serviceIn(metadata);
  const name = nameIn(metadata);
  return name === undefined ? undefined : { kind, name };
}

function kindOf(apiVersion: string, kind: string): NamedPart['kind'] | undefined {
  switch (kind) {
    case 'Service':
    case 'Endpoints':
    case 'Secret':
    case 'ConfigMap':
      return apiVersion === 'v1' ? kind : undefined;
    case 'EndpointSlice':
      return /^discovery\.k8s\.io\/v1(?:beta1)?$/.test(apiVersion) ? kind : undefined;
    default:
      return undefined;
  }
}

/** The lines below `metadata:`, if all lines at the left edge are keys of the usual form, comments and items of lists. */
function metadataIn(text: string, { start, end }: Span): string | undefined {
  let found: { readonly from: number; readonly to: number } | undefined;
  let from = -1;
  for (let at = start; at < end; at = lineAfter(text, at, end)) {
    const first = text.charAt(at);
    if (first === ' ' || first === '\n' || first === '#' || (first === '-' && text.charAt(at + 1) === ' ')) continue;
    KEY.lastIndex = at;
    if (!KEY.test(text)) return undefined;
    if (from !== -1) found = { from, to: at };
    from = -1;
    if (!text.startsWith('metadata:', at)) continue;
    if (found !== undefined || !text.startsWith(METADATA, at)) return undefined;
    from = at + METADATA.length;
  }
  const { from: begin, to } = found ?? { from, to: end };
  return begin === -1 || UNCLOSED.test(text.slice(start, to)) ? undefined : text.slice(begin, to);
}

function lineAfter(text: string, at: number, end: number): number {
  const next = text.indexOf('\n', at);
  return next === -1 ? end : next + 1;
}

/** The value of the only `name` among the keys of a mapping. */
function nameIn(metadata: string): string | undefined {
  const indent = /^ +(?=[^ #\n])/m.exec(metadata)?.[0];
  if (indent === undefined) return undefined;
  const key = `\n${indent}name`;
  const lines = `\n${metadata}`;
  const at = lines.indexOf(`${key}:`);
  if (at === -1 || lines.includes(`${key}:`, at + 1) || lines.includes(`${key} `)) return undefined;
  return valueAt(lines, at + key.length + 1);
}

function serviceIn(metadata: string): NamedPart | undefined {
  const kind = 'EndpointSlice';
  if (UNCLEAR_LABELS.test(metadata)) return undefined;
  const at = metadata.indexOf(SERVICE_LABEL);
  if (at === -1) return { kind, name: undefined };
  const behind = at + SERVICE_LABEL.length;
  if (metadata.charAt(behind) !== ':' || metadata.includes(SERVICE_LABEL, behind)) return undefined;
  const name = valueAt(metadata, behind + 1);
  return name === undefined ? undefined : { kind, name };
}

/** What stands behind the colon of a key, if it is plain text, in quotes or not. */
function valueAt(text: string, at: number): string | undefined {
  const value = VALUE.exec(text.slice(at, lineAfter(text, at, text.length)).trimEnd());
  return value?.[1] ?? value?.[2] ?? value?.[3];
}

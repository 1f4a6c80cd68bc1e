import type { PlainValue } from '../json/value.ts';
import { isList, isRecord, parseJson } from '../json/value.ts';
import type { Origin } from '../diagnostics/place.ts';
import type { SourceText } from '../input/source.ts';
import { Refusal } from '../manifests/events.ts';
import { childrenOf, skipSpace, skipValue, tokenAt } from '../manifests/json-scan.ts';
import type { Span } from '../manifests/cut.ts';
import { places } from '../manifests/lines.ts';

/** A finding that was there when the baseline was written. All but its fingerprint is for people. */
export interface BaselineEntry {
  readonly fingerprint: string;
  /** The id of its rule. */
  readonly rule: string;
  readonly name: string;
  readonly object?: string;
  /** From the root of the repository; what it was found in then. */
  readonly file?: string;
  readonly message: string;
}

/** The findings that nobody wants to hear of again. */
export interface Baseline {
  /** As messages call it. */
  readonly file: string;
  readonly entries: readonly (BaselineEntry & { readonly at: Origin })[];
}

export type ReadBaseline =
  | { readonly kind: 'baseline'; readonly baseline: Baseline }
  | { readonly kind: 'broken'; readonly problem: string; readonly at: Origin };

const FORMAT_VERSION = 1;

/** The text of a baseline: a line for each finding, in an order that nothing but the findings decides. */
export function baselineText(entries: readonly BaselineEntry[]): string {
  const keyed = entries.map(entry => ({ entry, key: sortKey(entry) }));
  const lines = keyed.toSorted((a, b) => (a.key < b.key ? -1 : 1)).map(({ entry }) => `    ${lineOf(entry)}`);
  const list = lines.length === 0 ? '[]' : `[\n${lines.join(',\n')}\n  ]`;
  return `{\n  "formatVersion": ${FORMAT_VERSION},\n  "findings": ${list}\n}\n`;
}

function sortKey({ rule, object, file, message, fingerprint }: BaselineEntry): string {
  return [rule, object ?? '', file ?? '', message, fingerprint].join('\0');
}

function lineOf({ rule, name, object, file, message, fingerprint }: BaselineEntry): string {
  return JSON.stringify({ rule, name, object, file, message, fingerprint });
}

/** Reads what `baselineText` wrote; a field that it does not know does not matter. */
export function readBaseline(source: SourceText): ReadBaseline {
  const scan = openScan(source);
  const value = parseJson(source.text);
  if (value === undefined) return { kind: 'broken', ...whyNoJson(scan) };
  const problem = problemOf(value, scan);
  if (problem !== undefined) return { kind: 'broken', ...problem };
  const findings = isRecord(value) && isList(value['findings']) ? value['findings'] : [];
  const entries = findings.flatMap((item, index) => {
    const entry = entryOf(item);
    return entry === undefined ? [] : [{ ...entry, at: scan.placeOf('findings', index) }];
  });
  return { kind: 'baseline', baseline: { file: source.name, entries } };
}

interface Scan {
  readonly source: SourceText;
  readonly placeAt: (span: Span) => Origin;
  /** Of a field, or of an item of a field. */
  readonly placeOf: (field?: string, index?: number) => Origin;
}

interface Problem {
  readonly problem: string;
  readonly at: Origin;
}

function openScan(source: SourceText): Scan {
  const { text } = source;
  const toOrigin = places();
  const placeAt = (span: Span): Origin => toOrigin(source, span);
  const root = skipSpace(text, 0);
  let fields: ReturnType<typeof childrenOf> | undefined;
  const items = new Map<string, ReturnType<typeof childrenOf>>();
  const itemsOf = (field: string, at: number): ReturnType<typeof childrenOf> => {
    const known = items.get(field) ?? childrenOf(text, at);
    items.set(field, known);
    return known;
  };
  return {
    source,
    placeAt,
    placeOf(field, index) {
      fields ??= childrenOf(text, root);
      const at = field === undefined ? root : (fields.get(field)?.value ?? root);
      const item = field === undefined || index === undefined ? undefined : itemsOf(field, at).get(index)?.value;
      return placeAt(tokenAt(text, item ?? at));
    },
  };
}

function whyNoJson({ source: { text }, placeAt }: Scan): Problem {
  try {
    const end = skipSpace(text, skipValue(text, skipSpace(text, 0)));
    return { problem: 'not valid JSON: something stands behind its end', at: placeAt({ start: end, end }) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { problem: `not valid JSON: ${error.message}`, at: placeAt({ start: error.offset, end: error.offset }) };
  }
}

const WRITE_IT = 'write it with --write-baseline';

function problemOf(value: PlainValue, { placeOf }: Scan): Problem | undefined {
  if (!isRecord(value)) return { problem: `no baseline: it must be an object; ${WRITE_IT}`, at: placeOf() };
  const { formatVersion, findings } = value;
  if (formatVersion !== FORMAT_VERSION) {
    const problem = `no baseline that can be read: formatVersion must be ${FORMAT_VERSION}; ${WRITE_IT}`;
    return { problem, at: placeOf('formatVersion') };
  }
  if (!isList(findings))
    return { problem: `no baseline: findings must be a list; ${WRITE_IT}`, at: placeOf('findings') };
  const wrong = findings.findIndex(item => entryOf(item) === undefined);
  if (wrong === -1) return undefined;
  const problem = 'this entry must have the texts fingerprint (64 digits of SHA-256), rule, name and message';
  return { problem, at: placeOf('findings', wrong) };
}

const FINGERPRINT = /^[0-9a-f]{64}$/;

function entryOf(item: unknown): BaselineEntry | undefined {
  if (!isRecord(item)) return undefined;
  const { fingerprint, rule, name, object, file, message } = item;
  const isNamed = typeof rule === 'string' && typeof name === 'string' && typeof message === 'string';
  if (!isNamed || typeof fingerprint !== 'string' || !FINGERPRINT.test(fingerprint)) return undefined;
  return {
    fingerprint,
    rule,
    name,
    message,
    ...(typeof object === 'string' ? { object } : {}),
    ...(typeof file === 'string' ? { file } : {}),
  };
}

import type { FieldFix } from '../diagnostics/fix.ts';
import type { FieldPath } from '../diagnostics/place.ts';
import { onlyBeginning, onlyNear } from '../diagnostics/suggest.ts';
import { meant } from '../fixes/meaning.ts';
import type { PlainValue } from '../json/value.ts';
import { isRecord } from '../json/value.ts';
import { childOf } from './plain.ts';
import { schemaErrors } from './schema-errors.ts';
import type { Kind, Subject } from './subject.ts';

/** What makes a text of a value without quotes, or a number or a truth value of one with them. */
export function typeFix(subject: Subject, path: FieldPath, types: readonly string[]): FieldFix | undefined {
  const value = path.reduce<PlainValue | undefined>(childOf, subject.value);
  if (isTextWithoutQuotes(path, value, subject)) {
    return { title: 'put the value in quotes', effect: 'meant', edits: [{ kind: 'quote', at: path }] };
  }
  const bare = typeof value === 'string' ? withoutQuotes(value, types) : undefined;
  if (bare === undefined) return undefined;
  const edits = [{ kind: 'set', at: path, value: bare }] as const;
  return { title: `write ${String(bare)} without quotes`, effect: 'meant', edits };
}

/** Whether a number or a truth value stands where only texts may: in annotations, labels and the data of ConfigMaps. */
function isTextWithoutQuotes(path: FieldPath, value: PlainValue | undefined, { document }: Subject): boolean {
  if (typeof value !== 'number' && typeof value !== 'boolean') return false;
  const [first, second] = path;
  if (first === 'metadata') return path.length === 3 && (second === 'annotations' || second === 'labels');
  return first === 'data' && path.length === 2 && document.kind === 'ConfigMap';
}

function withoutQuotes(text: string, types: readonly string[]): number | boolean | undefined {
  if (types.includes('integer') && /^(?:0|[1-9][0-9]{0,8})$/.test(text)) return Number(text);
  return types.includes('boolean') && (text === 'true' || text === 'false') ? text === 'true' : undefined;
}

/** What writes a value that a field takes in place of one that is nearly it. */
export function wordFix(text: string, path: FieldPath, allowed: readonly string[]): FieldFix | undefined {
  const value = onlyNear(text, allowed);
  if (value === undefined) return undefined;
  return { title: `write "${value}"`, effect: 'meant', edits: [{ kind: 'set', at: path, value }] };
}

/** What gives a field the name that there is, if its value is one for that field. */
export function fieldNameFix(
  subject: Subject,
  kind: Kind,
  path: FieldPath,
  known: readonly string[],
): FieldFix | undefined {
  const name = String(path.at(-1));
  const holder = path.slice(0, -1).reduce<PlainValue | undefined>(childOf, subject.value);
  const key = onlyNear(name, known) ?? onlyBeginning(name, known);
  const schema = kind.versions[subject.document.apiVersion];
  if (key === undefined || schema === undefined || !isRecord(holder) || Object.hasOwn(holder, key)) return undefined;
  const edit = { kind: 'rename', at: path, key } as const;
  const pointer = [...path.slice(0, -1), key].map(
    step => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`,
  );
  const place = pointer.join('');
  const after = schemaErrors(schema, meant(subject.value, [{ edit, path }]));
  const isGood = after.every(({ instancePath }) => instancePath !== place && !instancePath.startsWith(`${place}/`));
  return isGood ? { title: `write \`${key}\``, effect: 'meant', edits: [edit] } : undefined;
}

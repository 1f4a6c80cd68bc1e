import { posix } from 'node:path';
import type { PlainObject } from '../json/value.ts';
import type { FieldPath } from '../diagnostics/place.ts';
import { placeholderIn, unfilled } from './placeholders.ts';
import { isGiven } from './plain.ts';
import { quote } from './quote.ts';
import { invalidPath } from './rules/ingress.ts';
import type { Subject } from './subject.ts';

const FORBIDDEN_INSIDE = ['//', '/./', '/../', '%2f', '%2F'];
const FORBIDDEN_AT_END = ['/..', '/.'];

/** Paths of type Exact and Prefix must be absolute and in their shortest form; of other types, absolute or empty. */
export function checkPath(subject: Subject, item: PlainObject, path: FieldPath): void {
  const written = item['path'];
  if (typeof written === 'string' && placeholderIn(written) !== undefined) {
    subject.complain(unfilled([...path, 'path']));
    return;
  }
  const type = item['pathType'];
  if (type !== 'Exact' && type !== 'Prefix') return;
  const text = item['path'] ?? '';
  if (typeof text !== 'string') return;
  const at = isGiven(item['path']) ? [...path, 'path'] : path;
  if (text === '') {
    subject.complain({
      rule: invalidPath,
      message: `a path of type ${type} cannot be empty`,
      help: 'write `path: /`',
      path: at,
    });
  }
  // One without a slash in front is reported already.
  if (!text.startsWith('/')) return;
  const found = [
    ...FORBIDDEN_INSIDE.filter(part => text.includes(part)).map(part => `contains ${quote(part)}`),
    ...FORBIDDEN_AT_END.filter(part => text.endsWith(part)).map(part => `ends in ${quote(part)}`),
  ];
  if (found.length === 0) return;
  const message = `${quote(text)} ${found.join(' and ')}, which a path of type ${type} may not`;
  subject.complain({ rule: invalidPath, message, help: shortestForm(text), path: at });
}

function shortestForm(text: string): string {
  if (/%2f/i.test(text)) return 'write "/" for an encoded slash, or use `pathType: ImplementationSpecific`';
  return `write ${quote(posix.normalize(`/${text}`))}`;
}

import { posix } from 'node:path';
import type { PlainObject } from '../json/value.ts';
import { placeholderIn, unfilled } from './placeholders.ts';
import { isGiven } from './plain.ts';
import { quote } from './quote.ts';
import { invalidPath } from './rules/ingress.ts';
import type { Problem } from './subject.ts';

const FORBIDDEN_INSIDE = ['//', '/./', '/../', '%2f', '%2F'];
const FORBIDDEN_AT_END = ['/..', '/.'];
/** All of them have one of these. */
const SUSPICIOUS = /\/[/.]|%2f/i;

/**
 * Paths of type Exact and Prefix must be absolute and in their shortest form; of other types, absolute or empty. The place
 * of the problem counts from the item of `paths`.
 */
export function pathProblem(item: PlainObject): Problem | undefined {
  const written = item['path'];
  if (typeof written === 'string' && placeholderIn(written) !== undefined) return unfilled(['path']);
  const type = item['pathType'];
  if (type !== 'Exact' && type !== 'Prefix') return undefined;
  const text = written ?? '';
  if (typeof text !== 'string') return undefined;
  if (text === '') {
    const message = `a path of type ${type} cannot be empty`;
    return { rule: invalidPath, message, help: 'write `path: /`', path: isGiven(written) ? ['path'] : [] };
  }
  // One without a slash in front is reported already.
  if (!text.startsWith('/') || !SUSPICIOUS.test(text)) return undefined;
  const found = [
    ...FORBIDDEN_INSIDE.filter(part => text.includes(part)).map(part => `contains ${quote(part)}`),
    ...FORBIDDEN_AT_END.filter(part => text.endsWith(part)).map(part => `ends in ${quote(part)}`),
  ];
  if (found.length === 0) return undefined;
  const message = `${quote(text)} ${found.join(' and ')}, which a path of type ${type} may not`;
  return { rule: invalidPath, message, help: shortestForm(text), path: ['path'] };
}

function shortestForm(text: string): string {
  if (/%2f/i.test(text)) return 'write "/" for an encoded slash, or use `pathType: ImplementationSpecific`';
  return `write ${quote(posix.normalize(`/${text}`))}`;
}

import { posix } from 'node:path';
import { domainToASCII } from 'node:url';
import type { PlainObject, PlainValue } from '../json/value.ts';
import { isRecord } from '../json/value.ts';
import { suggest } from '../diagnostics/suggest.ts';
import { isGiven, listOf, textOf } from './plain.ts';

/*
 * What an Ingress asked for that nobody takes as it is written. It is read for one purpose: to close that. So what is
 * most likely meant counts, and what would be closed beside it is no harm.
 */

/** A field under its own name, else under one that looks like it. `others` are fields that it is not mistaken for. */
export function meantField(object: PlainObject, name: string, others: readonly string[] = []): PlainValue | undefined {
  if (isGiven(object[name])) return object[name];
  const key = Object.keys(object).find(each => !others.includes(each) && suggest(each, [name]) !== undefined);
  return key === undefined ? undefined : object[key];
}

/** The entries of a list, or the only one of a list whose dashes were forgotten. */
export function meantList(value: PlainValue | undefined): readonly PlainValue[] {
  if (isRecord(value) || typeof value === 'string') return [value];
  return listOf(value);
}

/**
 * The hosts of a rule: without `host` it holds for all, `''`. What no server can be named after is left out: no request
 * can name it either.
 */
export function meantHosts(value: PlainValue | undefined): readonly string[] {
  if (!isGiven(value) || value === '') return [''];
  const texts = meantList(value).flatMap(host =>
    textOf(host)
      .trim()
      .split(/[\s,;]+/),
  );
  return [...new Set(texts.flatMap(meantHost))];
}

const LONGEST_HOST = 253;
const MOST_STARS = 5;

/**
 * A host as requests name it: without scheme, port and path, in lower case, and in ASCII. With a dot before it, it is
 * one and those below it, as in nginx.
 */
function meantHost(text: string): readonly string[] {
  const bare = text
    .replace(/^[a-z][a-z0-9+.-]*:\/\//i, '')
    .replace(/[/?#].*$/s, '')
    .replace(/:\d*$/, '')
    .replaceAll(/\.{2,}/g, '.')
    .replace(/\.$/, '')
    .replaceAll(/\*{2,}/g, '*');
  if (bare === '*' || bare === '_') return [''];
  const name = bare.replace(/^\./, '');
  // oxlint-disable-next-line no-control-regex -- what is not ASCII is looked for
  const host = (/[^\u0000-\u007f]/.test(name) ? domainToASCII(name) : name).toLowerCase();
  const isName = host.length <= LONGEST_HOST && /^[a-z0-9_*-][a-z0-9._*-]*$/.test(host);
  if (!isName || host.split('*').length - 1 > MOST_STARS) return [];
  return bare.startsWith('.') && !host.startsWith('*') ? [host, `*.${host}`] : [host];
}

/** A path as nginx compares it. Paths of type Exact and Prefix are texts; others may be expressions, and stay as they are. */
export function meantPath(value: PlainValue | undefined, isText: boolean): string {
  const text = typeof value === 'number' || typeof value === 'boolean' ? String(value) : textOf(value);
  const bare = text
    .trim()
    .replace(/^[\s^~=*]+/, '')
    .replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, '');
  const path = bare.startsWith('/') ? bare : `/${bare}`;
  return isText ? posix.normalize(path.replaceAll(/%2f/gi, '/')) : path;
}

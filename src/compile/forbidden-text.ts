import type { Report } from '../diagnostics/diagnostic.ts';
import type { FieldPath, FieldRef } from '../diagnostics/place.ts';
import { below } from '../diagnostics/place.ts';
import type { Ingress } from '../resources/model.ts';
import { isName } from '../resources/names.ts';
import { forbiddenText } from './rules/forbidden-text.ts';

/** Whether a text has a word and, anywhere behind it, a semicolon; in linear time, since texts may be long. */
function hasDirective(text: string, word: string): boolean {
  const at = text.indexOf(word);
  return at !== -1 && text.lastIndexOf(';') > at;
}

/** Source: ingress-nginx 1.15.1, internal/ingress/inspector/rules.go, which drops an Ingress with any of them. */
const FORBIDDEN: readonly { readonly isIn: (text: string) => boolean; readonly what: string }[] = [
  { isIn: text => hasDirective(text, 'alias'), what: 'an alias directive' },
  { isIn: text => hasDirective(text, 'root'), what: 'a root directive' },
  {
    isIn: text => /\/etc\/(?:passwd|shadow|group|nginx|ingress-controller)/.test(text),
    what: 'a file of the system',
  },
  { isIn: text => text.includes('/var/run/secrets'), what: 'the tokens of a pod' },
  { isIn: text => text.includes('_by_lua'), what: 'Lua code' },
];

/** Found in every text that has something of it: most texts are looked at no further. */
const HINT = /[;_]|\/etc\/|\/var\//;

const HOST: FieldPath = ['host'];
const PATH: FieldPath = ['path'];
const SECRET: FieldPath = ['secretName'];

/** What a text must be to be no mistake anyway, which is then said of it. */
type Form = 'host' | 'dns-name' | undefined;

/** Reports the texts of an Ingress that only an attack has; true if there is one. */
export function reportForbiddenText({ rules, tls, isRefused }: Ingress, report: Report): boolean {
  let isForbidden = false;
  const look = (text: string, form: Form, { at }: { readonly at: FieldRef }, steps: FieldPath): void => {
    const found = HINT.test(text) ? FORBIDDEN.find(({ isIn }) => isIn(text)) : undefined;
    if (found === undefined) return;
    isForbidden = true;
    if (isRefused && form !== undefined && !isName(form, text)) return;
    const message = `"${text}" names ${found.what}`;
    report({ rule: forbiddenText, message, help: 'use another path or name', at: below(at, ...steps) });
  };
  for (const rule of rules) {
    look(rule.host, 'host', rule, HOST);
    for (const path of rule.paths ?? []) look(path.path, undefined, path, PATH);
  }
  for (const entry of tls) {
    look(entry.secretName, 'dns-name', entry, SECRET);
    for (const [index, host] of entry.hosts.entries()) look(host, 'host', entry, ['hosts', index]);
  }
  return isForbidden;
}

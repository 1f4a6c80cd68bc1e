import type { Report } from '../diagnostics/diagnostic.ts';
import type { FieldRef } from '../diagnostics/place.ts';
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

interface Text {
  readonly text: string;
  readonly at: FieldRef;
  /** What it must be to be no mistake anyway, which is then said of it. */
  readonly form?: 'host' | 'dns-name';
}

function textsOf(ingress: Ingress): readonly Text[] {
  const texts: Text[] = [];
  for (const rule of ingress.rules) {
    texts.push({ text: rule.host, at: below(rule.at, 'host'), form: 'host' });
    for (const path of rule.paths ?? []) texts.push({ text: path.path, at: below(path.at, 'path') });
  }
  for (const tls of ingress.tls) {
    texts.push({ text: tls.secretName, at: below(tls.at, 'secretName'), form: 'dns-name' });
    for (const [index, host] of tls.hosts.entries()) {
      texts.push({ text: host, at: below(tls.at, 'hosts', index), form: 'host' });
    }
  }
  return texts;
}

/** Reports the texts of an Ingress that only an attack has; true if there is one. */
export function reportForbiddenText(ingress: Ingress, report: Report): boolean {
  let isForbidden = false;
  for (const { text, at, form } of textsOf(ingress)) {
    const found = FORBIDDEN.find(({ isIn }) => isIn(text));
    if (found === undefined) continue;
    isForbidden = true;
    if (ingress.isRefused && form !== undefined && !isName(form, text)) continue;
    report({ rule: forbiddenText, message: `"${text}" names ${found.what}`, help: 'use another path or name', at });
  }
  return isForbidden;
}

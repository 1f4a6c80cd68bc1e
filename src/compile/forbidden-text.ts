import type { Report } from '../diagnostics/diagnostic.ts';
import type { FieldRef } from '../diagnostics/place.ts';
import { below } from '../diagnostics/place.ts';
import type { Ingress } from '../resources/model.ts';
import { forbiddenText } from './rules.ts';

/** Source: ingress-nginx 1.15.1, internal/ingress/inspector/rules.go, which drops an Ingress with any of them. */
const FORBIDDEN: readonly { readonly pattern: RegExp; readonly what: string }[] = [
  { pattern: /alias\s*[^\n]*;/s, what: 'an alias directive' },
  { pattern: /root\s*[^\n]*;/s, what: 'a root directive' },
  { pattern: /\/etc\/(?:passwd|shadow|group|nginx|ingress-controller)/, what: 'a file of the system' },
  { pattern: /\/var\/run\/secrets/, what: 'the tokens of a pod' },
  { pattern: /_by_lua/, what: 'Lua code' },
];

function textsOf(ingress: Ingress): readonly { readonly text: string; readonly at: FieldRef }[] {
  const texts: { text: string; at: FieldRef }[] = [];
  for (const rule of ingress.rules) {
    texts.push({ text: rule.host, at: below(rule.at, 'host') });
    for (const path of rule.paths ?? []) texts.push({ text: path.path, at: below(path.at, 'path') });
  }
  for (const tls of ingress.tls) {
    texts.push({ text: tls.secretName, at: below(tls.at, 'secretName') });
    for (const [index, host] of tls.hosts.entries()) texts.push({ text: host, at: below(tls.at, 'hosts', index) });
  }
  return texts;
}

/** Reports the texts of an Ingress that only an attack has; true if there is one. */
export function reportForbiddenText(ingress: Ingress, report: Report): boolean {
  let isForbidden = false;
  for (const { text, at } of textsOf(ingress)) {
    const found = FORBIDDEN.find(({ pattern }) => pattern.test(text));
    if (found === undefined) continue;
    isForbidden = true;
    report({ rule: forbiddenText, message: `"${text}" names ${found.what}`, help: 'use another path or name', at });
  }
  return isForbidden;
}

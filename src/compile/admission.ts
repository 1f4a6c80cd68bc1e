import { annotationName, annotationRef } from '../annotations/annotation-ref.ts';
import { LEVELS } from '../annotations/snippet-options.ts';
import type { Report } from '../diagnostics/diagnostic.ts';
import type { ControllerConfig } from '../options/config.ts';
import type { Ingress } from '../resources/model.ts';
import { annotationAboveRisk, blockedWord } from './rules/admission.ts';

/** Annotations of a higher risk; those that stand in no list have the lowest one. Snippets have rules of their own. */
const HIGH = [
  'auth-signin',
  'auth-tls-error-page',
  'auth-tls-match-cn',
  'auth-url',
  'mirror-host',
  'mirror-target',
  'modsecurity-transaction-id',
  'proxy-ssl-name',
  'server-alias',
  'upstream-hash-by',
];
const MEDIUM = [
  'affinity-mode',
  'allowlist-source-range',
  'app-root',
  'auth-cache-duration',
  'auth-cache-key',
  'auth-proxy-set-headers',
  'auth-realm',
  'auth-request-redirect',
  'auth-response-headers',
  'auth-secret',
  'auth-signin-redirect-param',
  'auth-tls-secret',
  'auth-tls-verify-client',
  'canary-by-cookie',
  'canary-by-header',
  'canary-by-header-pattern',
  'canary-by-header-value',
  'cors-allow-headers',
  'cors-allow-methods',
  'cors-allow-origin',
  'cors-expose-headers',
  'custom-headers',
  'denylist-source-range',
  'fastcgi-index',
  'fastcgi-params-configmap',
  'force-ssl-redirect',
  'opentelemetry-operation-name',
  'permanent-redirect',
  'preserve-trailing-slash',
  'proxy-body-size',
  'proxy-cookie-domain',
  'proxy-cookie-path',
  'proxy-next-upstream',
  'proxy-redirect-from',
  'proxy-redirect-to',
  'proxy-ssl-ciphers',
  'proxy-ssl-secret',
  'rewrite-target',
  'session-cookie-domain',
  'session-cookie-expires',
  'session-cookie-max-age',
  'session-cookie-name',
  'session-cookie-path',
  'temporal-redirect',
  'whitelist-source-range',
  'x-forwarded-prefix',
];

/** The risk of an annotation, by its name. */
export const RISKS: ReadonlyMap<string, (typeof LEVELS)[number]> = new Map([
  ...HIGH.map(name => [name, 'High'] as const),
  ...MEDIUM.map(name => [name, 'Medium'] as const),
]);

function isAbove(name: string, level: unknown): boolean {
  const risk = RISKS.get(name);
  const highest = LEVELS.findIndex(each => each === level);
  return risk !== undefined && LEVELS.indexOf(risk) > highest;
}

/**
 * Says which annotations the controller refuses whatever they say; why the Ingress drops out, or undefined.
 * Source: ingress-nginx 1.15.1, internal/ingress/annotations/parser/validators.go, CheckAnnotationRisk, and
 * internal/ingress/controller/store/store.go.
 */
export function reportRefusedAnnotations(
  ingress: Ingress,
  { values }: ControllerConfig,
  report: Report,
): string | undefined {
  const level = values['annotations-risk-level'];
  const words: unknown = values['annotation-value-word-blocklist'];
  const blocked = Array.isArray(words) ? words.filter(word => typeof word === 'string') : [];
  if (blocked.length === 0 && (level === 'High' || level === 'Critical')) return undefined;
  let reason: string | undefined;
  for (const [key, text] of Object.entries(ingress.annotations)) {
    const name = annotationName(ingress, key);
    if (name === undefined || text === '') continue;
    const at = annotationRef(ingress, name);
    if (isAbove(name, level)) {
      const message = `${name} has a risk above "${String(level)}", the annotations-risk-level of the ConfigMap`;
      const help = 'remove it, or raise annotations-risk-level';
      report({ rule: annotationAboveRisk, message, help, at });
      reason ??= `the risk of ${name} is too high`;
    }
    const word = blocked.find(each => text.includes(each));
    if (word === undefined) continue;
    const message = `${name} has "${word}", which annotation-value-word-blocklist of the ConfigMap forbids`;
    report({ rule: blockedWord, message, help: 'write it without that', at });
    reason ??= `${name} has a forbidden word`;
  }
  return reason;
}

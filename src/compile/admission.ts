import { annotationName, annotationRef } from '../annotations/annotation-ref.ts';
import { RISKS } from '../annotations/risks.ts';
import { LEVELS } from '../annotations/snippet-options.ts';
import type { Report } from '../diagnostics/diagnostic.ts';
import type { ControllerConfig } from '../options/config.ts';
import type { Ingress } from '../resources/model.ts';
import { keyOf } from '../diagnostics/place.ts';
import { refOf } from '../resources/model.ts';
import { annotationAboveRisk, blockedWord, foreignSnippet } from './rules/admission.ts';

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

/**
 * Says which annotations of others the admission webhook takes for snippets: where these are not allowed, it rejects every
 * key that ends like one. Source: ingress-nginx 1.15.1, internal/ingress/controller/controller.go, CheckIngress.
 */
export function reportForeignSnippets(ingress: Ingress, { values }: ControllerConfig, report: Report): void {
  if (values['allow-snippet-annotations'] === true) return;
  for (const key in ingress.annotations) {
    if (!key.endsWith('-snippet') || annotationName(ingress, key) !== undefined) continue;
    report({
      rule: foreignSnippet,
      message: `the admission webhook of ingress-nginx rejects "${key}": it ends in "-snippet", and snippets are not allowed`,
      help: 'remove it, or allow snippets with allow-snippet-annotations: "true"',
      at: keyOf(refOf(ingress, 'metadata', 'annotations', key)),
    });
  }
}

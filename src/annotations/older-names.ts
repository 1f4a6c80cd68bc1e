import type { Report } from '../diagnostics/diagnostic.ts';
import { keyOf } from '../diagnostics/place.ts';
import type { Ingress } from '../resources/model.ts';
import { annotationName, annotationRef, annotationText, hasAnnotation } from './annotation-ref.ts';
import type { ControllerVersion } from '../options/controller-version.ts';
import { isBefore } from '../options/controller-version.ts';
import { builtAnnotations } from './registry.ts';
import { olderAnnotationName } from './rules/annotations.ts';

const SPECS = builtAnnotations();

/**
 * Says which annotations stand under a name that was replaced and still counts.
 *
 * @param version which may be one that does not know the newer names yet
 */
export function reportOlderNames(ingress: Ingress, version: ControllerVersion | undefined, report: Report): void {
  if (version !== undefined && isBefore(version, '1.9.0')) return;
  for (const key in ingress.annotations) {
    const name = annotationName(ingress, key);
    const spec = name !== undefined && Object.hasOwn(SPECS, name) ? SPECS[name] : undefined;
    const newer = spec?.olderNameOf;
    if (name === undefined || newer === undefined || hasAnnotation(ingress, newer)) continue;
    // The controller takes no notice of an empty one, and closes for an empty one of the newer name. What is wrong with
    // a text is said elsewhere.
    const text = annotationText(ingress, name);
    if (text === '' || spec?.type.parse(text).ok !== true) continue;
    const at = annotationRef(ingress, name);
    const newKey = ingress.annotationsPrefix + newer;
    report({
      rule: olderAnnotationName,
      message: `${name} is the older name of ${newer}`,
      help: `write ${newKey}, which the controller knows since 1.9`,
      at: keyOf(at),
      fix: { title: `write ${newKey}`, effect: 'same', edits: [{ kind: 'rename', at, key: newKey }] },
    });
  }
}

import { bool } from '../options/value-type.ts';
import { suggest } from '../diagnostics/suggest.ts';
import type { FamilyContext } from './family.ts';
import { annotationRef, PREFIX } from './family.ts';
import type { PlannedAnnotation } from './planned.ts';
import { plannedAnnotations, removedAnnotations } from './planned.ts';
import { builtAnnotations } from './registry.ts';
import { keyOf } from '../diagnostics/place.ts';
import {
  invalidAnnotationValue,
  plannedCanary,
  removedAnnotation,
  unknownAnnotation,
  unsupportedAnnotation,
} from './rules.ts';

const CANARY = 'canary';
// Maps, since an object also has what all objects have, such as `constructor`.
const PLANNED = new Map(Object.entries(plannedAnnotations));
const REMOVED = new Map(Object.entries(removedAnnotations));
const BUILT: ReadonlySet<string> = new Set(Object.keys(builtAnnotations()));

/** What an annotation that is not built does meanwhile, in words, and does it. */
function consequenceOf({ meanwhile, ofHost }: PlannedAnnotation, name: string, context: FamilyContext): string {
  if (meanwhile === undefined) return 'it has no effect';
  const reason = `the annotation ${name} is not supported yet`;
  if (ofHost === undefined) {
    context.deny(reason);
    return 'the locations of this Ingress answer 503';
  }
  context.denyHost(reason);
  return 'all locations of its hosts answer 503';
}

/** Says of an annotation that no family builds what is the matter with it. */
function reportUnbuilt(name: string, context: FamilyContext): void {
  const { ingress, report } = context;
  const at = keyOf(annotationRef(ingress, name));
  const planned = PLANNED.get(name);
  if (planned !== undefined) {
    const consequence = consequenceOf(planned, name, context);
    report({ rule: unsupportedAnnotation, message: `${name} is not supported yet: ${consequence}`, at });
    return;
  }
  const removed = REMOVED.get(name);
  if (removed !== undefined) {
    report({ rule: removedAnnotation, message: `${name} was removed from the controller`, help: removed.instead, at });
    return;
  }
  const near = suggest(name, [...BUILT, ...PLANNED.keys()]);
  const help = near === undefined ? 'remove it' : `did you mean ${PREFIX}${near}?`;
  report({ rule: unknownAnnotation, message: `there is no annotation "${PREFIX}${name}"`, help, at });
}

/** Reports the annotations of an Ingress that no family builds: unsupported, removed and unknown ones. */
export function reportUnbuiltAnnotations(context: FamilyContext): void {
  for (const key of Object.keys(context.ingress.annotations)) {
    if (!key.startsWith(PREFIX)) continue;
    const name = key.slice(PREFIX.length);
    if (name !== CANARY && !BUILT.has(name)) reportUnbuilt(name, context);
  }
}

/**
 * Whether an Ingress only takes a share of the requests of another one. Canaries are not built yet: such an Ingress is
 * left out, and said, since as an ordinary one it could take the paths of its primary over.
 */
export function isCanary({ ingress, report }: Pick<FamilyContext, 'ingress' | 'report'>): boolean {
  const text = ingress.annotations[PREFIX + CANARY];
  if (text === undefined) return false;
  const at = annotationRef(ingress, CANARY);
  const parsed = bool.parse(text);
  if (!parsed.ok) {
    report({
      rule: invalidAnnotationValue,
      message: `canary: "${text}" ${parsed.problem}`,
      help: 'write "true" or "false"',
      at,
    });
    return false;
  }
  if (!parsed.value) return false;
  report({ rule: plannedCanary, message: 'canary Ingresses are not supported yet: this one is left out', at });
  return true;
}

import { CLASS_ANNOTATION, refOf } from '../resources/model.ts';
import { suggest } from '../diagnostics/suggest.ts';
import { annotationName, annotationRef, annotationText, hasAnnotation } from './annotation-ref.ts';
import type { Closed } from './closed.ts';
import { closed } from './closed.ts';
import type { Family, PlanContext } from './family.ts';
import { isMeantAsGuard } from './guards.ts';
import { isNearPrefix, isUsualPrefix, splitKey } from './prefix.ts';
import type { PlannedAnnotation } from './planned.ts';
import { plannedAnnotations, removedAnnotations } from './planned.ts';
import type { RefusedAnnotation } from './refused.ts';
import { refusedAnnotations } from './refused.ts';
import { annotationFamilies, builtAnnotations } from './registry.ts';
import { keyOf } from '../diagnostics/place.ts';
import { removedAnnotation, unknownAnnotation, unsupportedAnnotation } from './rules/annotations.ts';

// Maps, since an object also has what all objects have, such as `constructor`.
const PLANNED = new Map(Object.entries(plannedAnnotations));
const REFUSED = new Map(Object.entries(refusedAnnotations));
const REMOVED = new Map(Object.entries(removedAnnotations));
const BUILT: ReadonlySet<string> = new Set(Object.keys(builtAnnotations()));

/** Says of an Ingress what is wrong with it. */
type Context = Pick<PlanContext, 'ingress' | 'report'>;

/** What an annotation that is not built closes meanwhile. */
function closedBy({ meanwhile }: PlannedAnnotation, name: string): Closed | undefined {
  if (meanwhile === undefined) return undefined;
  return closed('location', `the annotation ${name} is not supported yet`);
}

function consequenceOf(closes: Closed | undefined): string {
  if (closes === undefined) return 'it has no effect';
  return closes.closes === 'host'
    ? 'all locations of its hosts answer 403'
    : 'the locations of this Ingress answer 503';
}

/** Whether a value asks for nothing that does not happen anyway. */
function isNothing({ neutral }: PlannedAnnotation | RefusedAnnotation, value: string): boolean {
  return value === '' || neutral?.test(value.trim()) === true;
}

/** Says of an annotation what nginx cannot do. */
function reportRefused(name: string, refused: RefusedAnnotation, { ingress, report }: Context): Closed | undefined {
  if (isNothing(refused, annotationText(ingress, name))) return undefined;
  const { closes, lost } = refused;
  const found = closes === undefined ? undefined : closed(closes, `nginx cannot honour the annotation ${name}`);
  const consequence = found === undefined ? '' : `, so ${consequenceOf(found)}`;
  const at = keyOf(annotationRef(ingress, name));
  report({ rule: unsupportedAnnotation, message: `${name} is not honoured: ${lost}${consequence}`, at });
  return found;
}

/** Says of an annotation that no family builds what is the matter with it. */
function reportUnbuilt(name: string, context: Context): Closed | undefined {
  const { ingress, report } = context;
  const at = keyOf(annotationRef(ingress, name));
  const planned = PLANNED.get(name);
  if (planned !== undefined) {
    if (isNothing(planned, annotationText(ingress, name))) return undefined;
    const closes = closedBy(planned, name);
    const consequence = consequenceOf(closes);
    report({ rule: unsupportedAnnotation, message: `${name} is not supported yet: ${consequence}`, at });
    return closes;
  }
  const refused = REFUSED.get(name);
  if (refused !== undefined) return reportRefused(name, refused, context);
  const removed = REMOVED.get(name);
  if (removed !== undefined) {
    report({ rule: removedAnnotation, message: `${name} was removed from the controller`, help: removed.instead, at });
  } else if (!isMeantAsGuard(name)) {
    // Whether it leaves a door open is known later.
    reportUnknown(ingress.annotationsPrefix + name, context);
  }
  return undefined;
}

/** @param key with its prefix, which may be misspelt */
function reportUnknown(key: string, { ingress, report }: Context): void {
  const at = keyOf(refOf(ingress, 'metadata', 'annotations', key));
  const { annotationsPrefix } = ingress;
  const own = annotationName(ingress, key);
  const name = own ?? splitKey(key).name;
  const near = KNOWN_ANNOTATIONS.has(name) ? name : suggest(name, [...BUILT, ...PLANNED.keys(), ...REFUSED.keys()]);
  const rest = own === undefined ? `did you mean the prefix ${annotationsPrefix}?` : 'remove it';
  const help = near === undefined ? rest : `did you mean ${annotationsPrefix}${near}?`;
  report({ rule: unknownAnnotation, message: `there is no annotation "${key}"`, help, at });
}

/** Says of an annotation of another prefix that it was meant to have the one of the controller. */
function reportMisspeltPrefix(key: string, context: Context): void {
  const { ingress } = context;
  const { prefix, name } = splitKey(key);
  if (key === CLASS_ANNOTATION || !isNearPrefix(prefix, ingress) || isMeantAsGuard(name)) return;
  // Charts write the same annotation for several controllers.
  if (isUsualPrefix(prefix) && hasAnnotation(ingress, name)) return;
  reportUnknown(key, context);
}

/** The annotations that the controller has or had, without the prefix. */
export const KNOWN_ANNOTATIONS: ReadonlySet<string> = new Set([
  ...BUILT,
  ...PLANNED.keys(),
  ...REFUSED.keys(),
  ...REMOVED.keys(),
]);

function isOfShares({ gives }: Family): boolean {
  return gives.share !== undefined || (gives.upstream !== undefined && gives.shared === undefined);
}

/** What makes an Ingress take a share of others, and what it may ask of its own Service all the same. */
const SHARING: ReadonlySet<string> = new Set(
  Object.values<Family>(annotationFamilies)
    .filter(family => family.guardsHost !== undefined || isOfShares(family))
    .flatMap(({ annotations }) => Object.keys(annotations)),
);

/**
 * The annotations that an Ingress would have if it took no share of others, in the order in which they are written: but
 * for what is of a Service or of a whole host, the controller does not look at them. Without the prefix.
 */
export function ignoredOf(ingress: Context['ingress']): readonly string[] {
  return Object.keys(ingress.annotations).flatMap(key => {
    const name = annotationName(ingress, key) ?? '';
    const planned = PLANNED.get(name);
    const refused = REFUSED.get(name);
    const counts = SHARING.has(name) || refused?.closes === 'host';
    return counts || !(BUILT.has(name) || planned !== undefined || refused !== undefined) ? [] : [name];
  });
}

/**
 * Reports the annotations of an Ingress that no family builds: unsupported, removed and unknown ones; and what they close.
 *
 * @param ignored those that nobody looks at
 */
export function reportUnbuiltAnnotations(context: Context, ignored: readonly string[] = []): readonly Closed[] {
  const { ingress } = context;
  const closes: Closed[] = [];
  for (const key of Object.keys(ingress.annotations)) {
    const name = annotationName(ingress, key);
    if (name === undefined) {
      reportMisspeltPrefix(key, context);
      continue;
    }
    const found = BUILT.has(name) || ignored.includes(name) ? undefined : reportUnbuilt(name, context);
    if (found !== undefined) closes.push(found);
  }
  return closes;
}

/** Reports what was meant to keep somebody out, of an Ingress that is closed anyway. */
export function reportUnknownGuards(context: Context): void {
  const { ingress } = context;
  for (const key of Object.keys(ingress.annotations)) {
    const own = annotationName(ingress, key);
    const { prefix, name } = splitKey(key);
    const isOther = own === undefined ? !isNearPrefix(prefix, ingress) : KNOWN_ANNOTATIONS.has(own);
    if (!isOther && isMeantAsGuard(own ?? name)) reportUnknown(key, context);
  }
}

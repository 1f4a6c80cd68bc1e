import { ANNOTATIONS_PREFIX, CLASS_ANNOTATION, refOf } from '../resources/model.ts';
import { suggest } from '../diagnostics/suggest.ts';
import { annotationName, annotationRef, annotationText, hasAnnotation } from './annotation-ref.ts';
import type { Family, PlanContext } from './family.ts';
import { isMeantAsGuard } from './guards.ts';
import { isBefore } from '../options/controller-version.ts';
import { adviceFor } from './name-advice.ts';
import { reportLabels, reportOtherPrefixes } from './other-prefixes.ts';
import { clearName, namesFix } from './name-fix.ts';
import { isNearPrefix, splitKey } from './prefix.ts';
import type { RefusedAnnotation } from './refused.ts';
import { refusedAnnotations } from './refused.ts';
import { removedAnnotations } from './removed.ts';
import { annotationFamilies, builtAnnotations } from './registry.ts';
import { keyOf } from '../diagnostics/place.ts';
import {
  refusedPrefix,
  removedAnnotation,
  removedLater,
  unknownAnnotation,
  unsupportedAnnotation,
} from './rules/annotations.ts';

// Maps, since an object also has what all objects have, such as `constructor`.
const REFUSED = new Map(Object.entries(refusedAnnotations));
const REMOVED = new Map(Object.entries(removedAnnotations));
const HONOURED: ReadonlySet<string> = new Set(Object.keys(builtAnnotations()));

/** Says of an Ingress what is wrong with it. */
type Context = Pick<PlanContext, 'ingress' | 'config' | 'report'>;

/** Whether a value asks for nothing that does not happen anyway. */
function isNothing({ neutral }: RefusedAnnotation, value: string): boolean {
  return value === '' || neutral?.test(value.trim()) === true;
}

function insteadOf({ instead }: { readonly instead: string }): string {
  return instead.startsWith('nothing') ? `remove it: ${instead}` : `write ${instead}`;
}

/** Says of an annotation that no family reads what is the matter with it. */
function reportOther(name: string, context: Context): void {
  const { ingress, report } = context;
  const at = keyOf(annotationRef(ingress, name));
  const refused = REFUSED.get(name);
  const removed = REMOVED.get(name);
  if (refused !== undefined) {
    if (isNothing(refused, annotationText(ingress, name))) return;
    report({ rule: unsupportedAnnotation, message: `${name} is not honoured: ${refused.lost}`, at });
  } else if (removed !== undefined) {
    const { controllerVersion: version } = context.config;
    const isThere = version !== undefined && isBefore(version, removed.since);
    const message = isThere
      ? `the controller ${version} still honours ${name}, ${removed.since} and later do not`
      : `${name} was removed from the controller`;
    report({ rule: isThere ? removedLater : removedAnnotation, message, help: insteadOf(removed), at });
  } else if (!isMeantAsGuard(name)) {
    // Whether it leaves a door open is known later.
    reportUnknown(ingress.annotationsPrefix + name, context);
  }
}

/** What no key may have in it, and how long a name may be, which is said of the object itself. */
const FOREIGN_CHARACTER = /[^-\w./]/;
const LONGEST_NAME = 63;

/** What to do about a key that the controller does not know. */
function helpFor(key: string, { ingress, config }: Context): string {
  const { annotationsPrefix } = ingress;
  const own = annotationName(ingress, key);
  const name = own ?? splitKey(key).name;
  if (KNOWN_ANNOTATIONS.has(name)) return `did you mean ${annotationsPrefix}${name}?`;
  const advice = adviceFor(name, annotationsPrefix);
  if (advice !== undefined) return advice;
  if (Object.hasOwn(config.values, name)) return `write ${name} in the ConfigMap of the controller: it is an option`;
  const near = suggest(name, [...HONOURED, ...REFUSED.keys()]);
  if (near !== undefined) return `did you mean ${annotationsPrefix}${near}?`;
  return own === undefined ? `did you mean the prefix ${annotationsPrefix}?` : 'remove it';
}

/** @param key with its prefix, which may be misspelt */
function reportUnknown(key: string, context: Context): void {
  if (FOREIGN_CHARACTER.test(key) || splitKey(key).name.length > LONGEST_NAME) return;
  const { ingress, report } = context;
  const at = keyOf(refOf(ingress, 'metadata', 'annotations', key));
  const message = `there is no annotation "${key}"`;
  const fix = namesFix(ingress, [{ field: 'annotations', key, meant: clearlyMeant(key, ingress) }]);
  report({ rule: unknownAnnotation, message, help: helpFor(key, context), at, ...(fix === undefined ? {} : { fix }) });
}

/** The annotation that somebody meant, if there is no doubt. */
function clearlyMeant(key: string, ingress: Context['ingress']): string | undefined {
  const name = annotationName(ingress, key) ?? splitKey(key).name;
  return REMOVED.has(name) ? undefined : clearName(name, [...HONOURED, ...REFUSED.keys()]);
}

/** Says of an annotation of another prefix that it was meant to have the one of the controller. */
function reportMisspeltPrefix(key: string, context: Context): void {
  const { ingress, report } = context;
  const { prefix, name } = splitKey(key);
  if (key === CLASS_ANNOTATION || !isNearPrefix(prefix, ingress) || isMeantAsGuard(name)) return;
  const { annotationsPrefix } = ingress;
  if (annotationsPrefix === ANNOTATIONS_PREFIX || !key.startsWith(ANNOTATIONS_PREFIX)) {
    reportUnknown(key, context);
    return;
  }
  report({
    rule: refusedPrefix,
    message: `the admission webhook of ingress-nginx rejects "${key}": the prefix of this installation is ${annotationsPrefix}`,
    // Charts write the same annotation for several controllers.
    help: hasAnnotation(ingress, name) ? 'remove it' : `write ${annotationsPrefix}${name}`,
    at: keyOf(refOf(ingress, 'metadata', 'annotations', key)),
  });
}

/** The annotations that the controller has or had, without the prefix. */
export const KNOWN_ANNOTATIONS: ReadonlySet<string> = new Set([...HONOURED, ...REFUSED.keys(), ...REMOVED.keys()]);

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
    return SHARING.has(name) || !(HONOURED.has(name) || REFUSED.has(name)) ? [] : [name];
  });
}

/**
 * Reports the annotations of an Ingress that no family reads: refused, removed and unknown ones.
 *
 * @param ignored those that nobody looks at
 */
export function reportUnhonoured(context: Context, ignored: readonly string[] = []): void {
  const { ingress } = context;
  for (const key of Object.keys(ingress.annotations)) {
    const name = annotationName(ingress, key);
    if (name === undefined) reportMisspeltPrefix(key, context);
    else if (!HONOURED.has(name) && !ignored.includes(name)) reportOther(name, context);
  }
  reportOtherPrefixes(ingress, KNOWN_ANNOTATIONS, context.report);
  reportLabels(ingress, KNOWN_ANNOTATIONS, context.report);
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

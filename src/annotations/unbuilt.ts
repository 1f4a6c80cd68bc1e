import { bool } from '../options/value-type.ts';
import type { Ingress } from '../resources/model.ts';
import { refOf } from '../resources/model.ts';
import { suggest } from '../diagnostics/suggest.ts';
import { annotationRef, PREFIX } from './annotation-ref.ts';
import type { Closed } from './closed.ts';
import { closed } from './closed.ts';
import type { PlanContext } from './family.ts';
import { isMeantAsGuard } from './guards.ts';
import { isNearPrefix, splitKey } from './prefix.ts';
import type { PlannedAnnotation } from './planned.ts';
import { plannedAnnotations, removedAnnotations } from './planned.ts';
import { builtAnnotations } from './registry.ts';
import { keyOf } from '../diagnostics/place.ts';
import { removedAnnotation, unknownAnnotation, unsupportedAnnotation } from './rules/annotations.ts';
import { plannedCanary } from './rules/canary.ts';

const CANARY = 'canary';
// Maps, since an object also has what all objects have, such as `constructor`.
const PLANNED = new Map(Object.entries(plannedAnnotations));
const REMOVED = new Map(Object.entries(removedAnnotations));
const BUILT: ReadonlySet<string> = new Set(Object.keys(builtAnnotations()));

/** Says of an Ingress what is wrong with it. */
type Context = Pick<PlanContext, 'ingress' | 'report'>;

/** What an annotation that is not built closes meanwhile. */
function closedBy(planned: PlannedAnnotation, name: string, { ingress }: Context): Closed | undefined {
  const { meanwhile, ofHost, open } = planned;
  const isOpen = open?.test(ingress.annotations[PREFIX + name] ?? '') ?? false;
  if (meanwhile === undefined || isOpen) return undefined;
  return closed(ofHost === undefined ? 'location' : 'host', `the annotation ${name} is not supported yet`);
}

function consequenceOf({ loss }: PlannedAnnotation, closes: Closed | undefined): string {
  if (closes === undefined) return loss ?? 'it has no effect';
  return closes.closes === 'host'
    ? 'all locations of its hosts answer 503'
    : 'the locations of this Ingress answer 503';
}

/** Whether a value asks for nothing that does not happen anyway. */
function isNothing({ neutral, isClosedIfEmpty }: PlannedAnnotation, value: string): boolean {
  return value === '' ? isClosedIfEmpty !== true : neutral?.test(value.trim()) === true;
}

/** Says of an annotation that no family builds what is the matter with it. */
function reportUnbuilt(name: string, context: Context): Closed | undefined {
  const { ingress, report } = context;
  const at = keyOf(annotationRef(ingress, name));
  const planned = PLANNED.get(name);
  if (planned !== undefined) {
    if (isNothing(planned, ingress.annotations[PREFIX + name] ?? '')) return undefined;
    const closes = closedBy(planned, name, context);
    const consequence = consequenceOf(planned, closes);
    report({ rule: unsupportedAnnotation, message: `${name} is not supported yet: ${consequence}`, at });
    return closes;
  }
  const removed = REMOVED.get(name);
  if (removed !== undefined) {
    report({ rule: removedAnnotation, message: `${name} was removed from the controller`, help: removed.instead, at });
  } else if (!isMeantAsGuard(name)) {
    // Whether it leaves a door open is known later.
    reportUnknown(PREFIX + name, context);
  }
  return undefined;
}

/** @param key with its prefix, which may be misspelt */
function reportUnknown(key: string, { ingress, report }: Context): void {
  const at = keyOf(refOf(ingress, 'metadata', 'annotations', key));
  const isMisspeltPrefix = !key.startsWith(PREFIX);
  const name = isMisspeltPrefix ? splitKey(key).name : key.slice(PREFIX.length);
  const near = KNOWN_ANNOTATIONS.has(name) ? name : suggest(name, [...BUILT, ...PLANNED.keys()]);
  const rest = isMisspeltPrefix ? `did you mean the prefix ${PREFIX}?` : 'remove it';
  const help = near === undefined ? rest : `did you mean ${PREFIX}${near}?`;
  report({ rule: unknownAnnotation, message: `there is no annotation "${key}"`, help, at });
}

/** Says of an annotation of another prefix that it was meant to have the one of the controller. */
function reportMisspeltPrefix(key: string, context: Context): void {
  const { prefix, name } = splitKey(key);
  if (isNearPrefix(prefix) && !isMeantAsGuard(name)) reportUnknown(key, context);
}

/** The annotations that the controller has or had, without the prefix. */
export const KNOWN_ANNOTATIONS: ReadonlySet<string> = new Set([CANARY, ...BUILT, ...PLANNED.keys(), ...REMOVED.keys()]);

/** Reports the annotations of an Ingress that no family builds: unsupported, removed and unknown ones; and what they close. */
export function reportUnbuiltAnnotations(context: Context): readonly Closed[] {
  const { annotations } = context.ingress;
  const closes: Closed[] = [];
  const isLoneShare = (annotations[PREFIX + CANARY] ?? '') === '' && shareOf(context.ingress) !== undefined;
  for (const key of Object.keys(annotations)) {
    const name = key.slice(PREFIX.length);
    if (!key.startsWith(PREFIX)) {
      reportMisspeltPrefix(key, context);
      continue;
    }
    // Of the share of what says no word of being a canary, `judgeCanary` speaks.
    if (isLoneShare && CANARY_SHARES.includes(name)) continue;
    const found = name === CANARY || BUILT.has(name) ? undefined : reportUnbuilt(name, context);
    if (found !== undefined) closes.push(found);
  }
  return closes;
}

/** Reports what was meant to keep somebody out, of an Ingress that is closed anyway. */
export function reportUnknownGuards(context: Context): void {
  for (const key of Object.keys(context.ingress.annotations)) {
    const isForeign = !key.startsWith(PREFIX);
    const { prefix, name } = isForeign ? splitKey(key) : { prefix: PREFIX, name: key.slice(PREFIX.length) };
    if (!isMeantAsGuard(name) || (isForeign ? !isNearPrefix(prefix) : KNOWN_ANNOTATIONS.has(name))) continue;
    reportUnknown(key, context);
  }
}

/** The annotations that only a canary has. */
const CANARY_SHARES = [
  'canary-weight',
  'canary-by-header',
  'canary-by-header-value',
  'canary-by-header-pattern',
  'canary-by-cookie',
];

/** What only a canary has, of an Ingress that does not say whether it is one. */
function shareOf({ annotations }: Ingress): string | undefined {
  return CANARY_SHARES.find(name => !['', '0'].includes(annotations[PREFIX + name]?.trim() ?? ''));
}

/** `share`: it takes a share of the requests of another Ingress and serves nothing itself. `unclear`: it may be one. */
export type CanaryVerdict = 'none' | 'share' | 'unclear';

/**
 * Whether an Ingress only takes a share of the requests of another one. Canaries are not built yet: such an Ingress is
 * left out, and said, since as an ordinary one it could take the paths of its primary over. So it is where the
 * controller does take it for an ordinary one: `canary` is missing, or no boolean; then what it asks for is closed.
 */
export function judgeCanary({ ingress, report }: Context): CanaryVerdict {
  const text = ingress.annotations[PREFIX + CANARY] || undefined;
  const share = text === undefined ? shareOf(ingress) : undefined;
  const parsed = bool.parse(text ?? 'false');
  if (parsed.ok && parsed.value) {
    const message = 'canary Ingresses are not supported yet: this one is skipped';
    report({ rule: plannedCanary, message, at: annotationRef(ingress, CANARY) });
    return 'share';
  }
  if (parsed.ok && share === undefined) return 'none';
  const problem = parsed.ok ? `${share} is set, but canary is missing` : `canary: "${text}" ${parsed.problem}`;
  report({
    rule: plannedCanary,
    severity: 'error',
    message: `${problem}: the locations of this Ingress answer 503`,
    help: 'write canary: "true" or "false"',
    at: annotationRef(ingress, share ?? CANARY),
  });
  return 'unclear';
}

import { suggest } from '../diagnostics/suggest.ts';
import { keyOf } from '../diagnostics/place.ts';
import type { FieldRef } from '../diagnostics/place.ts';
import { listed } from '../diagnostics/words.ts';
import type { ControllerConfig } from '../options/config.ts';
import { isBefore } from '../options/controller-version.ts';
import type { Ingress } from '../resources/model.ts';
import { refOf } from '../resources/model.ts';
import { annotationName, annotationText } from './annotation-ref.ts';
import type { PlanContext } from './family.ts';
import { adviceFor } from './name-advice.ts';
import { clearName, isPrefixInstead, namesFix } from './name-fix.ts';
import { isNearPrefix, splitKey } from './prefix.ts';
import { guardWithoutEffect } from './rules/guards.ts';
import { annotationSince, olderNames } from './since.ts';

/** Says of an Ingress what keeps nobody out. */
type Context = Pick<PlanContext, 'ingress' | 'config' | 'report'>;

/** The annotations that keep somebody out, without the prefix. */
const GUARDS: readonly string[] = [
  'auth-type',
  'auth-secret',
  'auth-url',
  'allowlist-source-range',
  'whitelist-source-range',
  'denylist-source-range',
  'auth-tls-secret',
  'auth-tls-match-cn',
];

/** What may keep somebody out. */
const SNIPPETS = ['configuration-snippet', 'server-snippet'];

/** Those of which the controller ignores an empty value; `auth-type` has a finding of its own. */
const IDLE_WHEN_EMPTY: ReadonlySet<string> = new Set(['auth-tls-secret', 'auth-tls-match-cn', 'auth-url']);

const GUARD_NAMES: ReadonlySet<string> = new Set([...GUARDS, ...SNIPPETS]);

/** Whether an annotation of the controller keeps somebody out. */
export function isGuardName(name: string): boolean {
  return GUARDS.includes(name);
}

/** Whether an Ingress has an annotation that keeps somebody out. */
export function asksForGuard(ingress: Ingress): boolean {
  for (const key in ingress.annotations) {
    const name = annotationName(ingress, key);
    if (name !== undefined && GUARD_NAMES.has(name) && ingress.annotations[key] !== '') return true;
  }
  return false;
}

/** Names that controllers give to guards: `basic-auth-secret`, `ip-whitelist`, `jwt-key`. */
const GUARD_WORD = /(?:^|[-_.])(?:auth[nz]?|(?:allow|white|deny|black)-?list|jwt|oauth2?|oidc)(?:[-_.]|$)/i;
/** Names that controllers give to limits of requests: `rate-limit`, `limit-req-rate`. */
const LIMIT_WORD =
  /(?:^|[-_.])(?:rate-?limit(?:ing|er|s)?|limit-?(?:req(?:uest)?s?|conn(?:ection)?s?|rp[sm]))(?:[-_.]|$)/i;
/** Values that ask for no guard, and a list of networks that lets everybody in. */
const NO_GUARD = /^(?:|0|none|false|off|disabled?)$|(?:^|,)\s*0\.0\.0\.0\/0\s*(?:,|$)/i;

/** The annotations that limit how much somebody may ask for. */
const LIMITS: readonly string[] = ['limit-rps', 'limit-rpm', 'limit-connections'];
/** Those that are as near to some misspelt names, and limit no requests. */
const NO_LIMITS: readonly string[] = [
  'limit-rate',
  'limit-rate-after',
  'limit-burst-multiplier',
  'limit-allowlist',
  'limit-whitelist',
];

/** Whether a name that the controller does not know was meant to limit requests. */
function isMeantAsLimit(name: string): boolean {
  if (NO_LIMITS.includes(name)) return false;
  return LIMIT_WORD.test(name) || LIMITS.includes(suggest(name, [...NO_LIMITS, ...LIMITS]) ?? '');
}

/**
 * Whether a name that the controller does not know was meant to keep somebody out. Names that people give are read
 * generously, since a guard that does nothing looks exactly like one that works.
 */
export function isMeantAsGuard(name: string): boolean {
  return suggest(name, GUARDS) !== undefined || GUARD_WORD.test(name) || isMeantAsLimit(name);
}

/** The same for names that people take for the same. */
function plainName(name: string): string {
  return name.toLowerCase().replaceAll('_', '-');
}

const BY_PLAIN_NAME: ReadonlyMap<string, string> = new Map(GUARDS.map(name => [plainName(name), name]));

/** Guards of other controllers whose names do not say so. */
const FOREIGN_GUARDS: ReadonlySet<string> = new Set([
  'alb.ingress.kubernetes.io/inbound-cidrs',
  'haproxy.org/allow-list',
  'haproxy.org/blacklist',
  'haproxy.org/deny-list',
  'haproxy.org/whitelist',
  'nginx.org/policies',
]);

const nameOf = (key: string): string => splitKey(key).name;

/** Whether a key that is not under the prefix of the controller was meant to be, or belongs to another controller. */
export function isForeignGuard(key: string, ingress: Ingress): boolean {
  const { prefix, name } = splitKey(key);
  if (FOREIGN_GUARDS.has(key) || BY_PLAIN_NAME.has(plainName(name))) return true;
  return (/ingress|nginx/i.test(prefix) || isNearPrefix(prefix, ingress)) && isMeantAsGuard(name);
}

/** An annotation or a label that keeps nobody out. */
interface Idle {
  readonly field: 'annotations' | 'labels';
  readonly key: string;
  readonly at: FieldRef;
}

function idleGuards(ingress: Ingress, known: ReadonlySet<string>): readonly Idle[] {
  const { annotations, labels = {} } = ingress;
  const found: Idle[] = [];
  const add = (field: 'annotations' | 'labels', key: string): void => {
    found.push({ field, key, at: keyOf(refOf(ingress, 'metadata', field, key)) });
  };
  const isForeign = (key: string): boolean => isForeignGuard(key, ingress) && !isInForce(nameOf(key), ingress);
  for (const key in annotations) {
    const value = annotations[key] ?? '';
    const name = annotationName(ingress, key);
    if (value === '' && name !== undefined && IDLE_WHEN_EMPTY.has(name)) add('annotations', key);
    else if ((name !== undefined && known.has(name)) || NO_GUARD.test(value.trim())) continue;
    else if (name === undefined ? isForeign(key) : isMeantAsGuard(name)) add('annotations', key);
  }
  for (const key in labels) if (!NO_GUARD.test(labels[key] ?? '') && isForeign(key)) add('labels', key);
  return found;
}

/** Charts write the same annotation for several controllers: what stands under our prefix as well is in force. */
function isInForce(name: string, ingress: Ingress): boolean {
  const guard = guardFor(name);
  if (guard !== undefined) return annotationText(ingress, guard) !== '';
  return isMeantAsLimit(name) && isLimited(ingress);
}

/** The annotation that keeps somebody out and was meant by a name; undefined for names that only look like one. */
function guardFor(name: string): string | undefined {
  return BY_PLAIN_NAME.get(plainName(name)) ?? suggest(name, GUARDS);
}

function isLimited(ingress: Ingress): boolean {
  return LIMITS.some(name => annotationText(ingress, name) !== '');
}

/** The hosts of an Ingress in words. */
export function hostsOf({ rules }: Ingress): string {
  const hosts = [...new Set(rules.map(({ host }) => (host === '' ? 'every other host' : host)))];
  return hosts.length === 0 ? 'every other host' : listed(hosts);
}

/** What the controller calls an annotation now, where it had another name. */
function currentName(name: string, { controllerVersion: version }: ControllerConfig): string {
  const newer = [...olderNames].find(([, older]) => older === name)?.[0];
  const since = annotationSince.get(newer ?? '');
  return newer === undefined || since === undefined || (version !== undefined && isBefore(version, since))
    ? name
    : newer;
}

/** What to type instead of a guard that has no effect. */
function helpFor({ key, field }: Idle, { ingress, config }: Context): string {
  const { annotationsPrefix } = ingress;
  const own = annotationName(ingress, key);
  if (own !== undefined && IDLE_WHEN_EMPTY.has(own)) return 'give it a value, or remove it';
  const name = own ?? nameOf(key);
  const isLimit = isMeantAsLimit(name);
  const guard = isLimit ? suggest(name, LIMITS) : suggest(name, GUARDS);
  const advice = guard === undefined || isLimit ? adviceFor(name, annotationsPrefix) : undefined;
  if (advice !== undefined) return advice;
  if (guard !== undefined) {
    const meant = annotationsPrefix + currentName(guard, config);
    if (field === 'labels') return `write it as an annotation: ${meant}`;
    return own === undefined ? `write ${meant}` : `did you mean ${meant}?`;
  }
  const example = isLimit ? 'limit-rps' : 'auth-type';
  return `use an annotation of ingress-nginx, such as ${annotationsPrefix}${example}, or remove it`;
}

/** The guard that was meant by a key, if there is no doubt; a label without the prefix may be one for its own sake. */
function clearGuard(
  { field, key }: Idle,
  { ingress, config }: Context,
  known: ReadonlySet<string>,
): string | undefined {
  const { prefix, name } = splitKey(key);
  const own = annotationName(ingress, key);
  const isOurs = own !== undefined || isNearPrefix(prefix, ingress);
  if (!isOurs && (field === 'labels' || !isPrefixInstead(prefix, ingress))) return undefined;
  const meant = BY_PLAIN_NAME.get(plainName(own ?? name)) ?? clearName(own ?? name, [...known]);
  if (meant === undefined || !(GUARDS.includes(meant) || LIMITS.includes(meant))) return undefined;
  return currentName(meant, config);
}

/** What comes of guards that have no effect, where no other one is in their place. */
function lossOf(keys: readonly string[], ingress: Ingress): string {
  const isOfLimits = keys.every(key => isMeantAsLimit(annotationName(ingress, key) ?? nameOf(key)));
  if (isOfLimits) return isLimited(ingress) ? '' : `: requests for ${hostsOf(ingress)} are not limited`;
  return asksForGuard(ingress) ? '' : `: ${hostsOf(ingress)} is open to everybody`;
}

/**
 * Says which annotations and labels keep nobody out although they were meant to. The controller ignores them in
 * silence, and what they should guard is open.
 *
 * @param known the annotations that the controller has, without the prefix
 */
export function reportIdleGuards(context: Context, known: ReadonlySet<string>): void {
  const { ingress, report } = context;
  const idle = idleGuards(ingress, known);
  const [first, ...others] = idle;
  if (first === undefined) return;
  const keys = idle.map(({ key }) => key);
  const verb = others.length === 0 ? 'has' : 'have';
  const fix = namesFix(
    ingress,
    idle.map(each => ({ ...each, meant: clearGuard(each, context, known) })),
  );
  report({
    rule: guardWithoutEffect,
    message: `${listed(keys.map(key => `"${key}"`))} ${verb} no effect${lossOf(keys, ingress)}`,
    help: helpFor(first, context),
    at: first.at,
    related: others.map(({ key, at }) => ({ message: `"${key}" is here`, at })),
    ...(fix === undefined ? {} : { fix }),
  });
}

import type { Report } from '../diagnostics/diagnostic.ts';
import { keyOf } from '../diagnostics/place.ts';
import type { FieldRef } from '../diagnostics/place.ts';
import { listed } from '../diagnostics/words.ts';
import type { Ingress } from '../resources/model.ts';
import { refOf } from '../resources/model.ts';
import { annotationText, hasAnnotation } from './annotation-ref.ts';
import { isForeignGuard, isMeantAsGuard } from './guards.ts';
import { adviceFor, meantBy } from './name-advice.ts';
import { namesFix } from './name-fix.ts';
import { isNearPrefix, splitKey } from './prefix.ts';
import { annotationAsLabel, otherPrefix } from './rules/annotations.ts';

/** The prefix that the controller had before 0.9. */
const OLD = 'ingress.kubernetes.io';
/** Those of the NGINX Ingress Controller of F5, whose class has the same name. */
const F5: ReadonlySet<string> = new Set(['nginx.org', 'nginx.com']);

/** An annotation that only another controller reads. */
interface Foreign {
  readonly key: string;
  readonly name: string;
  readonly prefix: string;
}

/** Whether an annotation of another controller asks for something that does not happen without it. */
function isMissed({ key, name, prefix }: Foreign, ingress: Ingress, known: ReadonlySet<string>): boolean {
  if (ingress.annotations[key] === '' || isForeignGuard(key, ingress)) return false;
  // Charts write the same for several controllers.
  const meant = prefix === OLD ? [name] : [name, ...meantBy(name)];
  if (meant.some(each => annotationText(ingress, each) !== '')) return false;
  return prefix === OLD ? known.has(name) : true;
}

function foreignOf(ingress: Ingress, known: ReadonlySet<string>): readonly Foreign[] {
  if (ingress.annotationsPrefix === `${OLD}/`) return [];
  let found: Foreign[] | undefined;
  for (const key in ingress.annotations) {
    if (!key.startsWith(OLD) && !key.startsWith('nginx.')) continue;
    const { prefix, name } = splitKey(key);
    if (prefix !== OLD && !F5.has(prefix)) continue;
    const foreign = { key, name, prefix };
    if (isMissed(foreign, ingress, known)) (found ??= []).push(foreign);
  }
  return found ?? [];
}

function helpFor({ name, prefix }: Foreign, { annotationsPrefix }: Ingress, known: ReadonlySet<string>): string {
  if (known.has(name)) return `write ${annotationsPrefix}${name}`;
  const advice = prefix === OLD ? undefined : adviceFor(name, annotationsPrefix);
  return advice ?? `use annotations that begin with ${annotationsPrefix}, or remove it`;
}

/** WebSocket connections need no annotation here, so nothing is lost. */
const HARMLESS: ReadonlySet<string> = new Set(['websocket-services']);

/**
 * Says which annotations stand under a prefix that only other controllers read. What was meant to keep somebody out is
 * said elsewhere.
 *
 * @param known the annotations that the controller has, without the prefix
 */
export function reportOtherPrefixes(ingress: Ingress, known: ReadonlySet<string>, report: Report): void {
  const found = foreignOf(ingress, known);
  for (const prefixes of [[OLD], [...F5]]) {
    const own = found.filter(({ prefix }) => prefixes.includes(prefix));
    const [first, ...others] = own;
    if (first === undefined) continue;
    const verb = others.length === 0 ? 'has' : 'have';
    const reader =
      first.prefix === OLD
        ? `only versions of the controller before 0.9 read ${OLD}/`
        : `${first.prefix}/ is for another controller, the one of F5`;
    // Those of F5 have other values.
    const meant = (name: string) => (first.prefix === OLD && known.has(name) ? name : undefined);
    const fix = namesFix(
      ingress,
      own.map(({ key, name }) => ({ field: 'annotations', key, meant: meant(name) })),
    );
    const place = ({ key }: Foreign): FieldRef => keyOf(refOf(ingress, 'metadata', 'annotations', key));
    report({
      rule: otherPrefix,
      message: `${listed(own.map(({ key }) => `"${key}"`))} ${verb} no effect: ${reader}`,
      help: helpFor(first, ingress, known),
      at: place(first),
      related: others.map(other => ({ message: `"${other.key}" is here`, at: place(other) })),
      ...(fix === undefined ? {} : { fix }),
      ...(own.every(({ name }) => HARMLESS.has(name)) ? { severity: 'info' } : {}),
    });
  }
}

/** Says which labels were meant to be annotations. What was meant to keep somebody out is said elsewhere. */
export function reportLabels(ingress: Ingress, known: ReadonlySet<string>, report: Report): void {
  const { labels, annotationsPrefix } = ingress;
  for (const key in labels) {
    const { prefix, name } = splitKey(key);
    const isOurs = `${prefix}/` === annotationsPrefix || isNearPrefix(prefix, ingress);
    if (!isOurs || !known.has(name) || isMeantAsGuard(name) || hasAnnotation(ingress, name)) continue;
    const fix = namesFix(ingress, [{ field: 'labels', key, meant: name }]);
    report({
      rule: annotationAsLabel,
      message: `"${key}" has no effect as a label`,
      help: `move it to \`annotations\`: ${annotationsPrefix}${name}`,
      ...(fix === undefined ? {} : { fix }),
      at: keyOf(refOf(ingress, 'metadata', 'labels', key)),
    });
  }
}

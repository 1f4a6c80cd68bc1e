import type { Cluster } from '../cluster/cluster.ts';
import type { Report } from '../diagnostics/diagnostic.ts';
import { suggest } from '../diagnostics/suggest.ts';
import type { Ingress } from '../resources/model.ts';
import { CLASS_ANNOTATION, refOf } from '../resources/model.ts';
import { misspeltClass, missingIngressClass } from './rules/selection.ts';
import type { CompileSettings } from './settings.ts';

/** The classes that are handled; one of the annotation is never looked up. */
function handledClasses({ classes }: Pick<Cluster, 'classes'>, settings: CompileSettings): readonly string[] {
  const { ingressClass, controllerClass } = settings;
  const own = classes.get(ingressClass);
  const others = [...classes.values()].filter(({ controller }) => controller === controllerClass);
  const names = others.map(({ name }) => name).toSorted();
  return own === undefined ? [ingressClass, ...names] : names;
}

/** Whether a class has the name of another one and a number or a word of its own: `nginx2`, `nginx-internal`. */
function isVariant(name: string, handled: string): boolean {
  return name.startsWith(handled) && /^(?:\d+|[-_.].*[a-z0-9].*)$/i.test(name.slice(handled.length));
}

/** The class that was most likely meant by one that nobody has. */
function meantClass(name: string, handled: readonly string[]): string | undefined {
  if (handled.some(each => isVariant(name, each))) return undefined;
  const near = suggest(name, handled);
  return near !== undefined && Math.abs(near.length - name.trim().length) <= 1 ? near : undefined;
}

/** Whether a class that nobody has is most likely the one that is handled, misspelt. */
export function isNearlyHandled(name: string, { ingressClass }: Pick<CompileSettings, 'ingressClass'>): boolean {
  return meantClass(name, [ingressClass]) !== undefined;
}

/**
 * Says which Ingresses are skipped for a class that is nearly a handled one. Classes of others are no business of ours.
 *
 * @returns how many there were
 */
export function reportMisspeltClasses(
  leftOut: readonly Ingress[],
  cluster: Pick<Cluster, 'classes'>,
  settings: CompileSettings,
  report: Report,
): number {
  let count = 0;
  let handled: readonly string[] | undefined;
  for (const ingress of leftOut) {
    const { ingressClassName, annotations } = ingress;
    const name = ingressClassName ?? annotations[CLASS_ANNOTATION];
    if (name === undefined || cluster.classes.has(name)) continue;
    const isField = ingressClassName !== undefined;
    handled ??= handledClasses(cluster, settings);
    const meant = meantClass(name, isField ? handled : [settings.ingressClass]);
    if (meant === undefined) {
      if (isField && settings.world?.missing === 'error') reportMissingClass(ingress, name, report);
      continue;
    }
    count += 1;
    const field = isField ? `ingressClassName: ${meant}` : `${CLASS_ANNOTATION}: ${meant}`;
    report({
      rule: misspeltClass,
      message: `there is no ingress class ${JSON.stringify(name)} in the input: this Ingress is skipped`,
      help: `did you mean \`${field}\`? To handle the other class, pass --ingress-class`,
      at: isField
        ? refOf(ingress, 'spec', 'ingressClassName')
        : refOf(ingress, 'metadata', 'annotations', CLASS_ANNOTATION),
    });
  }
  return count;
}

/** Says of a closed world that an Ingress names an IngressClass that is not there: every controller passes it over. */
function reportMissingClass(ingress: Ingress, name: string, report: Report): void {
  const at = refOf(ingress, 'spec', 'ingressClassName');
  const message = `the IngressClass ${name} is not in the input: no controller takes this Ingress`;
  const help = 'add it to the input, or correct the name';
  report({ rule: missingIngressClass, message, help, at, lacks: { kind: 'IngressClass', key: `/${name}` } });
}

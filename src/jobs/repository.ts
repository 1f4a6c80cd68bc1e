import { alternativeSets } from '../cluster/alternatives.ts';
import { groupByClass } from '../compile/class-groups.ts';
import type { ClassGroup, FlagsNeeded } from '../compile/class-groups.ts';
import type { LeftOut } from '../compile/selection.ts';
import type { CompileSettings } from '../compile/settings.ts';
import { noIngress } from '../compile/rules/selection.ts';
import { elsewhereFinding } from '../compile/world.ts';
import type { Diagnostic, Finding, NamedKind, Report } from '../diagnostics/diagnostic.ts';
import { collect } from '../diagnostics/diagnostic.ts';
import { listed, many } from '../diagnostics/words.ts';
import { gatherNotes } from '../findings/gather.ts';
import type { PassedOver, SourceText } from '../input/source.ts';
import type { Document } from '../manifests/document.ts';
import { deployedElsewhere } from '../manifests/rules/repository.ts';
import type { Survey } from '../manifests/survey.ts';
import type { IngressClass, Resource } from '../resources/model.ts';
import type { Unit } from '../resources/unit.ts';

/** Secrets that Kustomize makes, as a part of the input. */
export function unitOfSecrets(secrets: Survey['secrets']): Unit {
  const resources = secrets.map(({ name, namespace, file }) => ({
    kind: 'PromisedSecret' as const,
    document: `${file}#0`,
    namespace,
    name,
    by: 'Kustomization',
    keys: undefined,
    type: undefined,
  }));
  return { documents: [], resources, diagnostics: [], comments: [], skipped: 0, isBlank: true };
}

/** Kinds that have other manifests installed, and how several of them are called. */
const DEPLOYERS: readonly (readonly [kind: RegExp, one: string, several?: string])[] = [
  [/^helm\.toolkit\.fluxcd\.io\/.*\/HelmRelease$/, 'HelmRelease'],
  [/^helm\.cattle\.io\/.*\/HelmChart$/, 'HelmChart'],
  [/^argoproj\.io\/.*\/Application$/, 'Application'],
  [/^argoproj\.io\/.*\/ApplicationSet$/, 'ApplicationSet'],
  [/^kustomize\.toolkit\.fluxcd\.io\/.*\/Kustomization$/, 'Flux Kustomization'],
  [/^fleet\.cattle\.io\/.*\/(?:Bundle|GitRepo)$/, 'Fleet bundle'],
];

/** One note for all objects that have other manifests installed. */
export function deployersIn(units: readonly Unit[], sources: readonly SourceText[]): readonly Finding[] {
  const counts = new Map<string, number>();
  let first: string | undefined;
  for (const [at, { skippedKinds }] of units.entries()) {
    for (const [label, count] of skippedKinds ?? []) {
      const name = DEPLOYERS.find(([kind]) => kind.test(label))?.[1];
      if (name === undefined) continue;
      counts.set(name, (counts.get(name) ?? 0) + count);
      first ??= sources[at]?.name;
    }
  }
  if (first === undefined) return [];
  const texts = DEPLOYERS.flatMap(([, name]) => {
    const count = counts.get(name);
    return count === undefined ? [] : [many(count, name)];
  });
  const isOne = [...counts.values()].reduce((sum, count) => sum + count, 0) === 1;
  return [
    {
      rule: deployedElsewhere,
      message: `${listed(texts, texts.length)} ${isOne ? 'is' : 'are'} not looked at: what ${isOne ? 'it installs' : 'they install'} is not in the input`,
      help: 'check the manifests that come of them, for example: helm template NAME CHART --values FILE | ingress2nginx lint -',
      at: { file: first, line: 1, column: 1 },
    },
  ];
}

/** How the resources of an input are divided into parts, each of which is used as a whole. */
export type Divide = (resources: readonly Resource[], report: Report) => Divided;

export interface Divided {
  /** Not empty. */
  readonly parts: readonly ClassGroup[];
  readonly needs: FlagsNeeded;
}

/** By folders that are alternatives to each other, and by the classes of Ingresses. */
export function dividing(documents: readonly Document[], settings: CompileSettings): Divide {
  return (resources, report) => {
    const files = new Map(documents.map(({ id, source }) => [id, source]));
    const placed = resources.map(resource => ({ resource, file: files.get(resource.document)?.name ?? '' }));
    const isFolder = documents.some(({ source }) => source.isFromRepository === true);
    const sets = isFolder ? alternativeSets(placed, report) : [resources];
    const classes = resources.filter(each => each.kind === 'IngressClass');
    const parts = sets.flatMap(set => groupByClass(withClasses(set, classes), settings).groups);
    return { parts, needs: groupByClass(resources, settings).needs };
  };
}

/** Classes lie in no folder of their own: those of the whole input say whose an Ingress is. */
function withClasses(set: readonly Resource[], classes: readonly IngressClass[]): readonly Resource[] {
  const known = new Set(set.flatMap(each => (each.kind === 'IngressClass' ? [each.name] : [])));
  const further = classes.filter(({ name }) => !known.has(name) && known.add(name));
  return further.length === 0 ? set : [...set, ...further];
}

const OF_OTHERS = 'no Ingress of the input is for ingress-nginx, as far as their ingress classes say';

/** Each Ingress that some part leaves out, once. */
export function leftOutOfParts(parts: readonly (readonly LeftOut[])[]): readonly LeftOut[] {
  const all = parts.flat().map(each => [JSON.stringify([each.ingress, each.reason]), each] as const);
  return [...new Map(all).values()];
}

/**
 * What is found in the parts of an input. That there is no Ingress counts where no part has one, and what counts as being
 * elsewhere is said once for all.
 */
export function foundInParts(parts: readonly (readonly Diagnostic[])[]): readonly Finding[] {
  const isOfNone = ({ rule }: Diagnostic): boolean => rule === noIngress;
  const all = parts.flat();
  const first = parts.every(part => part.some(isOfNone)) ? all.find(isOfNone) : undefined;
  const none = first === undefined || parts.length === 1 ? first : { ...first, message: OF_OTHERS };
  const beyond = new Map<NamedKind, Set<string>>();
  for (const { elsewhere } of all) {
    if (elsewhere === undefined) continue;
    const known = beyond.get(elsewhere.kind) ?? new Set<string>();
    beyond.set(elsewhere.kind, known);
    for (const key of elsewhere.keys) known.add(key);
  }
  return all.flatMap((found): readonly Finding[] => {
    if (isOfNone(found)) return found === first && none !== undefined ? [none] : [];
    if (found.elsewhere === undefined) return [found];
    const { kind } = found.elsewhere;
    const keys = beyond.get(kind);
    beyond.delete(kind);
    return keys === undefined ? [] : [elsewhereFinding({ kind, keys: [...keys] }, found.at)];
  });
}

/** What is found in parts of an input, each once. */
export function withoutRepeats(report: Report): Report {
  const said = new Set<string>();
  return found => {
    const { rule, severity, message, at } = found;
    const key = JSON.stringify([rule.id, severity, message, at]);
    if (said.has(key)) return;
    said.add(key);
    report(found);
  };
}

/** Notes of one kind in one, and advice that names the command that is run. */
export function asLintSays(found: readonly Diagnostic[]): readonly Diagnostic[] {
  const { report, diagnostics } = collect();
  for (const each of gatherNotes(found)) {
    const help = each.help?.replace('ingress2nginx render -', 'ingress2nginx lint -');
    report(help === undefined ? each : { ...each, help });
  }
  return diagnostics;
}

/** Everything of a repository that is no manifest. */
export function passedOverIn(
  units: readonly Unit[],
  ...others: readonly (readonly PassedOver[])[]
): readonly PassedOver[] {
  return [...units.flatMap(({ passedOver = [] }) => passedOver), ...others.flat()].toSorted(
    (a, b) => compare(a.file, b.file) || a.line - b.line,
  );
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

import { keyOfObject } from '../cluster/object-name.ts';
import type { Elsewhere, Finding, Lacking, NamedKind, Report } from '../diagnostics/diagnostic.ts';
import type { Place } from '../diagnostics/place.ts';
import { isFieldRef } from '../diagnostics/place.ts';
import { suggestNear } from '../diagnostics/suggest.ts';
import { listed } from '../diagnostics/words.ts';
import type { Resource } from '../resources/model.ts';
import { DEFAULT_NAMESPACE, folderOf } from './folders.ts';
import { elsewhere } from './rules/world.ts';

/** What is made of objects that somebody names and that are not in the input. */
export interface World {
  /**
   * `said`: each is said as what it is where a configuration is made: missing in that. `note`: where the namespace has
   * none of the kind in the input, that is said once for the kind. `error`: nothing is in another place.
   */
  readonly missing: 'said' | 'note' | 'error';
  /** Kinds of which nothing is ever missing. */
  readonly external: readonly NamedKind[];
}

/** Whether what is missing is judged by the input, and not said as a lack of the output. */
export function isJudged(world: World | undefined): boolean {
  return world !== undefined && world.missing !== 'said';
}

interface Context {
  readonly world: World | undefined;
  readonly resources: readonly Resource[];
  /** Whether something in the input makes a Secret in the cluster. */
  readonly isPromised: (secret: string) => boolean;
  readonly report: Report;
}

/** A finding of something that is missing. */
type LackFinding = Finding & { readonly lacks: Lacking };

/** Judges what is missing; all else is passed on as it is. */
export interface Judge {
  readonly report: Report;
  /** Says what counts as being elsewhere. */
  readonly close: () => void;
}

/** Looking for what was meant takes its time. */
const MOST_MEANT = 50;

/** Takes the findings of a compilation, with what the input holds of the kinds that they are about. */
export function openJudge({ world, resources, isPromised, report }: Context): Judge {
  if (world === undefined) return { report, close: () => undefined };
  const { missing, external } = world;
  const beyond = new Map<NamedKind, Beyond>();
  let names: NamesOf | undefined;
  let looked = 0;
  const meant = (found: LackFinding): string => {
    looked += 1;
    return looked > MOST_MEANT ? '' : meantText(found, (names ??= namesIn(resources)));
  };
  const judge = (found: LackFinding): void => {
    const { lacks, rule } = found;
    if (external.includes(lacks.kind) || (lacks.kind === 'Secret' && isPromised(lacks.key))) return;
    if (missing === 'said') return report(found);
    names ??= namesIn(resources);
    // Few inputs hold endpoints, which clusters keep: that a namespace has none says nothing.
    if (lacks.kind === 'Endpoints' && !names.has(groupOf(found))) return;
    if (missing === 'error') return report({ ...withHelp(found, meant(found)), severity: 'error' });
    if (!names.has(groupOf(found))) return addBeyond(beyond, found);
    // Somebody may have made it by hand.
    const severity = found.severity ?? rule.severity;
    report({ ...withHelp(found, meant(found)), severity: severity === 'error' ? 'warning' : severity });
  };
  return {
    report: found => (found.lacks === undefined ? report(found) : judge({ ...found, lacks: found.lacks })),
    close: () => beyond.forEach((each, kind) => reportBeyond(kind, each, report)),
  };
}

/** The objects of a kind that count as being elsewhere, and where the first one is named. */
interface Beyond {
  readonly keys: Set<string>;
  readonly at: Place | undefined;
}

function addBeyond(beyond: Map<NamedKind, Beyond>, { lacks, at }: LackFinding): void {
  const known = beyond.get(lacks.kind) ?? { keys: new Set<string>(), at };
  beyond.set(lacks.kind, known);
  known.keys.add(lacks.key);
}

function reportBeyond(kind: NamedKind, { keys, at }: Beyond, report: Report): void {
  report(elsewhereFinding({ kind, keys: [...keys] }, at));
}

/** What is said of objects that count as being elsewhere. */
export function elsewhereFinding({ kind, keys }: Elsewhere, at: Place | undefined): Finding {
  const sorted = keys.toSorted();
  const names = listed(sorted);
  const isOne = keys.length === 1;
  const [what, it, whose] = isOne
    ? [`the ${kind} ${names} is`, 'it', 'its namespace']
    : [`${keys.length} ${pluralOf(kind)} ${names} are`, 'them', 'their namespaces'];
  return {
    rule: elsewhere,
    elsewhere: { kind, keys: sorted },
    message: `${what} not checked: no ${pluralOf(kind)} of ${whose} are in the input`,
    help: `lint ${it} together with the Ingresses, or pass --closed-world if the input holds everything`,
    ...(at === undefined ? {} : { at }),
  };
}

function pluralOf(kind: NamedKind): string {
  return kind === 'IngressClass' ? 'IngressClasses' : `${kind}s`;
}

function withHelp(found: Finding, meant: string): Finding {
  return meant === '' ? found : { ...found, help: `${meant}${found.help ?? ''}` };
}

/** The names that the input holds, by kind and namespace. */
type NamesOf = ReadonlyMap<string, readonly string[]>;

/**
 * What belongs together. Objects for which nobody wrote a namespace are in `default` only as long as they stay in a
 * file: those of another folder may well be meant for another one.
 */
function groupText(kind: string, namespace: string, document: string): string {
  return namespace === DEFAULT_NAMESPACE ? `${kind} ${namespace} ${folderOf(document)}` : `${kind} ${namespace}`;
}

function groupOf({ lacks: { kind, key }, at }: LackFinding): string {
  return groupText(kind, key.slice(0, key.indexOf('/')), at !== undefined && isFieldRef(at) ? at.document : '');
}

function namesIn(resources: readonly Resource[]): NamesOf {
  const names = new Map<string, string[]>();
  for (const { kind, namespace, name, document } of resources) {
    if (kind === 'Ingress') continue;
    const group = groupText(kind === 'EndpointSet' ? 'Endpoints' : kind, namespace, document);
    const known = names.get(group);
    if (known === undefined) names.set(group, [name]);
    else known.push(name);
  }
  return names;
}

/** `did you mean shop/web? `; empty where nothing is near. */
function meantText(found: LackFinding, names: NamesOf): string {
  const { kind, key } = found.lacks;
  if (kind === 'Endpoints') return '';
  const namespace = key.slice(0, key.indexOf('/'));
  const name = key.slice(namespace.length + 1);
  const near = suggestNear(name, names.get(groupOf(found)) ?? []);
  if (near !== undefined) return `did you mean ${keyOfObject(namespace, near)}? `;
  for (const [group, others] of names) {
    if (!group.startsWith(`${kind} `) || !others.includes(name)) continue;
    const other = keyOfObject(group.split(' ')[1] ?? '', name);
    if (other === key) continue;
    return `there is ${other}, but an Ingress only reaches ${pluralOf(kind)} of its own namespace; `;
  }
  return '';
}

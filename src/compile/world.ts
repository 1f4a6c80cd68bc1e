import type { Elsewhere, Finding, NamedKind, Report } from '../diagnostics/diagnostic.ts';
import type { Place } from '../diagnostics/place.ts';
import { listed } from '../diagnostics/words.ts';
import type { Resource } from '../resources/model.ts';
import type { LackFinding, NamedObjects } from './named-objects.ts';
import { indexNames, pluralOf } from './named-objects.ts';
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

/** Judges what is missing; all else is passed on as it is. */
export interface Judge {
  readonly report: Report;
  /** Says what counts as being elsewhere. */
  readonly close: () => void;
}

/** Takes the findings of a compilation, with what the input holds of the kinds that they are about. */
export function openJudge({ world, resources, isPromised, report }: Context): Judge {
  if (world === undefined) return { report, close: () => undefined };
  const { missing, external } = world;
  const beyond = new Map<NamedKind, Beyond>();
  let index: NamedObjects | undefined;
  const judge = (found: LackFinding): void => {
    const { lacks, rule } = found;
    if (external.includes(lacks.kind) || (lacks.kind === 'Secret' && isPromised(lacks.key))) return;
    if (missing === 'said') return report(found);
    index ??= indexNames(resources);
    const isHeld = index.holdsKind(found);
    // Few inputs hold endpoints, which clusters keep: that a namespace has none says nothing.
    if (lacks.kind === 'Endpoints' && !isHeld) return;
    if (missing === 'error') return report({ ...withHelp(found, index.meant(found)), severity: 'error' });
    if (index.mayBeElsewhere(lacks)) return;
    if (!isHeld) return addBeyond(beyond, found);
    // Somebody may have made it by hand.
    const severity = found.severity ?? rule.severity;
    report({ ...withHelp(found, index.meant(found)), severity: severity === 'error' ? 'warning' : severity });
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

function withHelp(found: Finding, meant: string): Finding {
  return meant === '' ? found : { ...found, help: `${meant}${found.help ?? ''}` };
}

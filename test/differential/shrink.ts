import type { Compared, ControllerOptions } from './batch.ts';
import { startBatch } from './batch.ts';
import type { Pods } from './pods.ts';
import type { MadeIngress, MadeSet } from './sets.ts';
import { manifestsOf } from './sets.ts';

/** A set, the options of its nginx, and a request that is answered otherwise than explained. */
export interface Wrong extends Compared {
  readonly set: MadeSet;
  readonly options: ControllerOptions;
}

/** Each costs an nginx. */
const MOST_TRIES = 60;

/** The same without one key. */
function without<T>(record: Readonly<Record<string, T>>, key: string): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => name !== key));
}

/** All that is a little simpler: an Ingress, an annotation, a path, an option or a header less. */
function simpler({ set, options, sent }: Wrong): readonly Pick<Wrong, 'set' | 'options' | 'sent'>[] {
  const { ingresses } = set;
  const withIngress = (index: number, changed: readonly MadeIngress[]): Pick<Wrong, 'set' | 'options' | 'sent'> => ({
    set: { ...set, ingresses: ingresses.toSpliced(index, 1, ...changed) },
    options,
    sent,
  });
  return [
    ...ingresses.map((_, index) => withIngress(index, [])),
    ...Object.keys(options).map(key => ({ set, options: without(options, key), sent })),
    ...sent.headers.map((_, index) => ({ set, options, sent: { ...sent, headers: sent.headers.toSpliced(index, 1) } })),
    ...ingresses.flatMap((ingress, index) => [
      ...Object.keys(ingress.annotations).map(key =>
        withIngress(index, [{ ...ingress, annotations: without(ingress.annotations, key) }]),
      ),
      ...ingress.rules.map((_, rule) => withIngress(index, [{ ...ingress, rules: ingress.rules.toSpliced(rule, 1) }])),
      ...ingress.rules.flatMap(({ host, paths }, rule) =>
        paths.map((_, path) => {
          const rules = ingress.rules.toSpliced(rule, 1, { host, paths: paths.toSpliced(path, 1) });
          return withIngress(index, [{ ...ingress, rules }]);
        }),
      ),
    ]),
  ].filter(each => each.set.ingresses.every(({ rules }) => rules.every(({ paths }) => paths.length > 0)));
}

/** How much of a difference must stay the same while it is made simpler: less would lead to others. */
const KIND = 12;

async function tried(
  candidate: Pick<Wrong, 'set' | 'options' | 'sent'>,
  { difference }: Wrong,
  pods: Pods,
): Promise<Wrong | undefined> {
  const batch = await startBatch(manifestsOf(candidate.set, pods), candidate.options).catch(() => undefined);
  if (batch === undefined) return undefined;
  try {
    const compared = await batch.compare(candidate.sent);
    const isSame = compared.difference?.slice(0, KIND) === difference?.slice(0, KIND);
    return isSame ? { ...candidate, ...compared } : undefined;
  } finally {
    await batch.stop();
  }
}

/** The simplest that is found to be wrong as well, within some tries. */
export async function shrunk(wrong: Wrong, pods: Pods): Promise<Wrong> {
  let smallest = wrong;
  let waiting = [...simpler(wrong)];
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const next = waiting.shift();
    if (next === undefined) break;
    const found = await tried(next, wrong, pods);
    if (found === undefined) continue;
    smallest = found;
    waiting = [...simpler(found)];
  }
  return smallest;
}

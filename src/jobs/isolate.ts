import type { Failure, Interruption } from '../diagnostics/failure.ts';
import type { FieldRef, ObjectName } from '../diagnostics/place.ts';
import { isSameObject, objectText } from '../diagnostics/place.ts';
import type { Provenance } from '../diagnostics/provenance.ts';
import { inTurns } from '../live/in-turns.ts';
import type { NginxVerdict } from '../live/local-nginx/nginx-test.ts';
import type { Refusal } from '../nginx/complaint.ts';
import { explainWarnings, ingressesIn, readRefusal } from '../nginx/complaint.ts';
import type { RenderedFiles } from '../nginx/rendered-files.ts';
import type { Routing } from '../routing/model.ts';
import type { Steps } from '../steps/steps.ts';
import type { Loaded } from './loaded.ts';
import { minimalSet } from './minimal-set.ts';

export interface IsolationRequest {
  readonly loaded: Loaded;
  /** What was made of it, and what nginx said to that. */
  readonly files: RenderedFiles;
  readonly stderr: string;
  readonly render: (routing: Routing) => Steps<RenderedFiles>;
  readonly ask: (files: RenderedFiles) => Promise<NginxVerdict>;
  readonly signal: AbortSignal;
}

export type Isolation =
  /** nginx accepts what is left, and may still warn. */
  | (Refused & { readonly kind: 'isolated'; readonly taken: readonly Culprit[] })
  /** No Ingress is behind what it refuses now. */
  | (Refused & {
      readonly kind: 'stuck';
      readonly refusal: Refusal | undefined;
      readonly taken: readonly Culprit[];
    })
  | NoAnswer;

/** An Ingress that nginx refuses. */
export interface Culprit {
  readonly ingress: ObjectName;
  /** The part of it that nginx named, as far as that is known. */
  readonly at: FieldRef;
  readonly refusal: Refusal;
}

/** nginx can no longer be asked. */
type NoAnswer = Interruption | Failure;

/** By the name of the Ingress. */
type Taken = ReadonlyMap<string, Culprit>;

/** What nginx was asked about, and what it said. */
type Refused = Pick<IsolationRequest, 'loaded' | 'files' | 'stderr'>;

/**
 * Takes out the Ingresses that nginx refuses, one refusal after the other, until it accepts what is left. They are
 * compiled as if they were not valid: what they asked for answers 503. A refusal that names no place is searched for by
 * leaving out halves.
 */
export async function isolate(request: IsolationRequest): Promise<Isolation> {
  const inquiry = openInquiry(request);
  const taken = new Map<string, Culprit>();
  let refused: Refused = request;
  for (;;) {
    const refusal = readRefusal(refused.stderr, refused.files);
    const culprits = refusal === undefined ? [] : await culpritsOf(refusal, { inquiry, loaded: refused.loaded, taken });
    const failure = inquiry.failure();
    if (failure !== undefined) return failure;
    if (refusal === undefined || culprits.length === 0) {
      return { kind: 'stuck', ...refused, refusal, taken: [...taken.values()] };
    }
    for (const culprit of culprits) taken.set(objectText(culprit.resource), culpritOf(culprit, refusal));
    const answer = await inquiry.without(new Set(taken.keys()));
    if (!('loaded' in answer)) return answer;
    const { isAccepted, ...said } = answer;
    if (isAccepted) return { kind: 'isolated', ...said, taken: [...taken.values()] };
    refused = said;
  }
}

/** Asks nginx about parts of an input. */
interface Inquiry {
  /** What is made of the input without these Ingresses, and what nginx says to it. */
  readonly without: (refused: ReadonlySet<string>) => Promise<Answer | NoAnswer>;
  /** Why nginx could not be asked: then it is not asked again. */
  readonly failure: () => NoAnswer | undefined;
}

type Answer = Refused & { readonly isAccepted: boolean };

function openInquiry({ loaded: whole, render, ask, signal }: IsolationRequest): Inquiry {
  let failure: NoAnswer | undefined;
  function* makeWithout(refused: ReadonlySet<string>): Steps<Omit<Refused, 'stderr'>> {
    const loaded = yield* whole.without(refused);
    return { loaded, files: yield* render(loaded.routing) };
  }
  return {
    failure: () => failure,
    async without(refused) {
      if (failure !== undefined) return failure;
      const made = await inTurns(makeWithout(refused), signal);
      if (made === undefined) return (failure = { kind: 'interrupted' });
      const verdict = await ask(made.files);
      if (verdict.kind === 'interrupted' || verdict.kind === 'failed') return (failure = verdict);
      return { ...made, stderr: verdict.stderr, isAccepted: verdict.kind !== 'refused' };
    },
  };
}

/** Reports what nginx has to say though it reads the files. */
export function reportWarnings({ loaded, files, stderr }: Refused): void {
  for (const finding of explainWarnings(stderr, files)) loaded.report(finding);
}

interface Search {
  readonly inquiry: Inquiry;
  /** The input without what was taken out so far. */
  readonly loaded: Loaded;
  readonly taken: Taken;
}

/** Empty when no Ingress is behind the refusal. */
async function culpritsOf(refusal: Refusal, search: Search): Promise<readonly Provenance[]> {
  if (refusal.isOfMachine) return [];
  const { loaded, taken } = search;
  const isLeft = ({ resource }: Provenance): boolean => !taken.has(objectText(resource));
  const suspects = suspectsOf(refusal, loaded).filter(isLeft);
  if (suspects.length === 1 || (refusal.isEach && suspects.length > 0)) return suspects;
  const all = suspects.length > 0 ? suspects : ingressesIn(loaded.routing).filter(isLeft);
  const isEnough = (part: readonly Provenance[]): Promise<boolean> => isGone(refusal, part, search);
  return all.length > 0 && (await isEnough(all)) ? minimalSet(all, isEnough) : [];
}

/** Those who name a Secret, where it is about one: other Ingresses of their hosts have no part in it. */
function suspectsOf({ suspects, secret }: Refusal, { ingresses }: Loaded): readonly Provenance[] {
  if (secret === undefined) return suspects;
  const namers = new Set(
    ingresses
      .filter(({ namespace, tls }) =>
        tls.some(({ secretName: name }) => isSameObject(secret, { kind: 'Secret', namespace, name })),
      )
      .map(objectText),
  );
  return suspects.filter(({ resource }) => namers.has(objectText(resource)));
}

/** Whether nginx no longer says this when these Ingresses are taken out as well. */
async function isGone(refusal: Refusal, part: readonly Provenance[], { inquiry, taken }: Search): Promise<boolean> {
  const names = new Set([...taken.keys(), ...part.map(({ resource }) => objectText(resource))]);
  const answer = await inquiry.without(names);
  if (!('loaded' in answer) || answer.isAccepted) return true;
  return readRefusal(answer.stderr, answer.files)?.text !== refusal.text;
}

function culpritOf({ resource, field }: Provenance, refusal: Refusal): Culprit {
  const named = refusal.from.find(each => isSameObject(each.resource, resource));
  return { ingress: resource, at: named?.field ?? field, refusal };
}

import { collectDeclarations } from './collector.ts';
import { lastOfName } from './headers.ts';
import { hiddenBy } from './hidden-headers.ts';
import { leadingParts, locationParts } from './made-parts.ts';
import { ORDER } from '../routing/phases.ts';

import type { Digits } from './collector.ts';
import type { HeaderSet } from './declarations.ts';
import type { Header, HeadersOfAll } from './headers.ts';
import type { Declared, MadeParts, PartsContext } from './made-parts.ts';
import type { Phase, PhaseRules } from '../routing/phases.ts';
import type { Quoted } from './quote.ts';
import type { Way } from './ways.ts';
import type { Location } from '../routing/model.ts';
import type { Policies } from '../routing/policies.ts';

/** All that policies give to a location. */
export interface Composed {
  readonly made: readonly MadeParts[];
  /** Lines in the order in which nginx must read them. */
  readonly texts: readonly PhaseText[];
  readonly request: HeaderSet | undefined;
  readonly response: HeaderSet | undefined;
  /** The directives for all headers that are hidden here; undefined where http{} says them already. */
  readonly hidden: readonly Quoted[] | undefined;
  /** Equal where the inherited lines are; empty without. */
  readonly inherited: string;
  /** What policies say in the server. */
  readonly server: readonly Quoted[];
  /** That of the parts; undefined for what holds for all hosts. */
  readonly bodyLimit: number | undefined;
  /** Whether it answers some requests before it would redirect them to HTTPS. */
  readonly answersFirst: boolean;
  /** Whether there is anything that a server could say for all of its locations, besides the redirect to HTTPS. */
  readonly mayBeShared: boolean;
  /** Whether any of it leads elsewhere. */
  readonly leadsOn: boolean;
  /** What the headers need. */
  readonly own: Declared;
}

export interface PhaseText {
  readonly rules: PhaseRules;
  /** Of the policy. */
  readonly name: string;
  readonly lines: Quoted;
}

/** What nobody asks for. */
export const NOTHING: Composed = {
  made: [],
  texts: [],
  request: undefined,
  response: undefined,
  hidden: undefined,
  inherited: '',
  server: [],
  bodyLimit: undefined,
  answersFirst: false,
  mayBeShared: false,
  leadsOn: false,
  own: { declared: [] },
};

/** What locations with the same policies have in common. */
export type ComposedMemory = WeakMap<Policies<'location'>, Composed>;

export interface ComposeContext extends PartsContext {
  readonly composed: ComposedMemory;
  /** Redirects of whole servers, by what they depend on. */
  readonly redirects: Map<string, MadeParts>;
  readonly ofAll: HeadersOfAll;
  /** In bytes, of locations that say nothing else; 0 for none. */
  readonly bodyLimit: number;
}

/**
 * @param way where it leads; undefined where it answers by itself
 * @param ofServer the parts of the policies of its server
 */
export function composeLocation(
  location: Location,
  way: Way | undefined,
  ofServer: readonly MadeParts[],
  context: ComposeContext,
): Composed {
  const { policies } = location;
  const leading = leadingTo(location, way, context);
  if (leading.length > 0 || ofServer.length > 0) {
    const those = ofServer.map(each => partsIn(location, each));
    return compose([...locationParts(policies, context), ...those, ...leading], context, those);
  }
  const last = context.composed.get(policies);
  if (last !== undefined && (!last.leadsOn || isCurrent(last, context))) return last;
  const made = locationParts(policies, context);
  const composed = made.length === 0 ? NOTHING : compose(made, context);
  context.composed.set(policies, composed);
  return composed;
}

/** The parts of a policy of the server, in one of its locations. */
function partsIn(location: Location, made: MadeParts): MadeParts {
  const { location: lines, ...others } = made.parts;
  return lines === undefined || made.parts.isFor?.(location) !== false ? made : { ...made, parts: others };
}

/** Whether all that parts lead to is where it was. */
function isCurrent({ made }: Composed, { ways }: ComposeContext): boolean {
  return made.every(each => each.ways.every(([name, way]) => ways.get(name) === way));
}

const NO_PARTS: readonly never[] = [];

function leadingTo(location: Location, way: Way | undefined, context: ComposeContext): readonly MadeParts[] {
  if (way === undefined || way.upstreams.length === 0) return NO_PARTS;
  const { kind, to, upstreams } = way;
  const split = kind === 'split' ? to : undefined;
  return upstreams.flatMap(upstream => leadingParts({ location, upstream, all: upstreams, split }, context));
}

/** @param ofServer those of the server: of two headers of one name, that of the location counts */
function compose(
  made: readonly MadeParts[],
  { digits, ofAll, facts }: ComposeContext,
  ofServer: readonly MadeParts[] = [],
): Composed {
  const texts = ORDER.flatMap(rules =>
    made.flatMap(({ name, parts }): readonly PhaseText[] => {
      const lines = parts.location?.[rules.phase];
      return lines === undefined ? [] : [{ rules, name, lines }];
    }),
  );
  const inherited = texts.filter(({ rules }) => rules.isInherited).map(({ lines }) => lines);
  const ranked = ofServer.length === 0 ? made : [...ofServer, ...made.filter(each => !ofServer.includes(each))];
  const requests = lastOfName(ranked.flatMap(({ parts }) => parts.requestHeaders ?? []));
  const responses = made.flatMap(({ parts }) => parts.responseHeaders ?? []);
  const hidden = hiddenBy(responses, ofAll, facts);
  const server = made.flatMap(({ parts }) => parts.server ?? []);
  const hasHeaders = requests.length > 0 || responses.length > 0;
  const sides = { request: requests, response: responses, hides: hidden !== undefined };
  const { request, response, own } = hasHeaders ? setsOf(made, sides, digits) : NOTHING;
  return {
    made,
    texts,
    request,
    response,
    hidden,
    inherited: [...inherited, ...(hidden ?? [])].join('\n'),
    server,
    mayBeShared: hasHeaders || inherited.length > 0 || texts.some(({ rules }) => rules.runsInServer),
    bodyLimit: made.find(({ parts }) => parts.bodyLimit !== undefined)?.parts.bodyLimit,
    answersFirst: texts.some(({ rules }) => ANSWERING.has(rules.phase)),
    leadsOn: made.some(({ ways }) => ways.length > 0),
    own,
  };
}

/** What may answer before the redirect to HTTPS. */
export const ANSWERING: ReadonlySet<Phase> = new Set(['preflight', 'snippet', 'redirect']);

function setsOf(
  made: readonly MadeParts[],
  sides: Readonly<Record<HeaderSet['of'], readonly Header[]>> & { readonly hides: boolean },
  digits: Digits,
): Pick<Composed, 'request' | 'response' | 'own'> {
  const { headers: declare, declared } = collectDeclarations(digits, 0);
  const setOf = (of: HeaderSet['of'], hides: boolean): HeaderSet | undefined => {
    const headers = sides[of];
    return headers.length === 0 ? undefined : declare({ of, headers, ...(hides && { hides }) }, setName(made, of));
  };
  return { request: setOf('request', false), response: setOf('response', sides.hides), own: { declared } };
}

/** The policies that ask for a set of headers, as a name may have it. */
function setName(made: readonly MadeParts[], of: HeaderSet['of']): string {
  const asking = made.filter(({ parts }) => (of === 'request' ? parts.requestHeaders : parts.responseHeaders)?.length);
  const words = asking.map(({ name }) => name.replaceAll(/[A-Z]/g, letter => `_${letter.toLowerCase()}`));
  // One that is asked of several upstreams is there several times.
  return [...new Set(words)].join('_').slice(0, 30);
}

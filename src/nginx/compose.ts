import { collectDeclarations } from './collector.ts';
import { hiddenBy, lastOfName } from './headers.ts';
import { leadingParts, locationParts } from './made-parts.ts';
import { ORDER } from './order.ts';
import { wayTo } from './ways.ts';

import type { HeaderSet } from './declarations.ts';
import type { Header } from './headers.ts';
import type { Declared, MadeParts, PartsContext } from './made-parts.ts';
import type { Phase } from './order.ts';
import type { Quoted } from './quote.ts';
import type { Location } from '../routing/model.ts';
import type { Policies } from '../routing/policies.ts';

/** All that policies give to a location. */
export interface Composed {
  readonly made: readonly MadeParts[];
  /** Missing for phases without text. */
  readonly texts: { readonly [P in Phase]?: readonly Quoted[] };
  readonly request: HeaderSet | undefined;
  readonly response: HeaderSet | undefined;
  /** The names of all headers that are hidden here; empty where http{} says them already. */
  readonly hidden: readonly Quoted[];
  /** Equal where the inherited lines are; empty without. */
  readonly inherited: string;
  /** What the headers need. */
  readonly own: Declared;
}

/** What nobody asks for. */
export const NOTHING: Composed = {
  made: [],
  texts: {},
  request: undefined,
  response: undefined,
  hidden: [],
  inherited: '',
  own: { declared: [] },
};

/** What locations with the same policies have in common. */
export type ComposedMemory = WeakMap<Policies<'location'>, Composed>;

export interface ComposeContext extends PartsContext {
  readonly composed: ComposedMemory;
  /** The headers of all responses. */
  readonly ofAll: readonly Header[];
}

/** @param ofServer the parts of the policies of its server */
export function composeLocation(location: Location, ofServer: readonly MadeParts[], context: ComposeContext): Composed {
  const { policies } = location;
  const leading = leadingTo(location, context);
  if (leading.length > 0 || ofServer.length > 0) {
    return compose([...locationParts(policies, context), ...ofServer, ...leading], context);
  }
  if (Object.keys(policies).length === 0) return NOTHING;
  const last = context.composed.get(policies);
  if (last?.made.every(({ ways }) => ways.every(([name, way]) => context.ways.get(name) === way)) === true) return last;
  const made = locationParts(policies, context);
  const composed = made.length === 0 ? NOTHING : compose(made, context);
  context.composed.set(policies, composed);
  return composed;
}

function leadingTo(location: Location, context: ComposeContext): readonly MadeParts[] {
  if (location.target.kind !== 'proxy') return [];
  const { kind, upstreams } = wayTo(location.target.to, context.ways);
  return upstreams.flatMap(upstream => leadingParts({ location, upstream, isSplit: kind === 'split' }, context));
}

function compose(made: readonly MadeParts[], { digits, ofAll }: ComposeContext): Composed {
  const texts: { [P in Phase]?: readonly Quoted[] } = {};
  const inherited: Quoted[] = [];
  for (const { phase, isInherited } of ORDER) {
    const lines = made.flatMap(({ parts }) => parts.location?.[phase] ?? []);
    if (lines.length === 0) continue;
    texts[phase] = lines;
    if (isInherited) inherited.push(...lines);
  }
  const requests = lastOfName(made.flatMap(({ parts }) => parts.requestHeaders ?? []));
  const responses = made.flatMap(({ parts }) => parts.responseHeaders ?? []);
  const hidden = hiddenBy(responses, ofAll);
  const { headers, declared } = collectDeclarations(digits, 0);
  const setOf = (of: HeaderSet['of'], list: readonly Header[]): HeaderSet | undefined =>
    list.length === 0 ? undefined : headers(of, setName(made, of), list);
  return {
    made,
    texts,
    request: setOf('request', requests),
    response: setOf('response', responses),
    hidden,
    inherited: [...inherited, ...hidden].join('\n'),
    own: { declared },
  };
}

/** The policies that ask for a set of headers, as a name may have it. */
function setName(made: readonly MadeParts[], of: HeaderSet['of']): string {
  const asking = made.filter(({ parts }) => (of === 'request' ? parts.requestHeaders : parts.responseHeaders)?.length);
  const words = asking.map(({ name }) => name.replaceAll(/[A-Z]/g, letter => `_${letter.toLowerCase()}`));
  return words.join('_').slice(0, 30);
}

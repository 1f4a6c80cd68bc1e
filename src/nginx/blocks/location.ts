import { withoutNames } from '../group-names.ts';
import { ORDER } from '../order.ts';
import { commentText, quote } from '../quote.ts';
import { wayTo } from '../ways.ts';

import type { Composed } from '../compose.ts';
import type { Declared, MadeParts } from '../made-parts.ts';
import type { Phase } from '../order.ts';
import type { Quoted } from '../quote.ts';
import type { Way, Ways } from '../ways.ts';
import type { Location, Target } from '../../routing/model.ts';

/**
 * What templates/location.conf shows. Either one of the first three is set and the location fits in a line, or `block`
 * holds its directives.
 */
export type LocationView = Readonly<{
  /** The Ingress, where it is another one than that of the location above. */
  heading: Quoted | undefined;
  modifier: '' | '= ' | '~* ';
  path: Quoted;
  proxied: Quoted | undefined;
  answered: StatusView | undefined;
  unlogged: StatusView | undefined;
  block: BlockView | undefined;
}>;

export type StatusView = Readonly<{ code: number; reason: Quoted }>;

/** In the order in which nginx must read them. */
export type BlockView = Readonly<{
  /** The names of sets of headers. */
  requestHeaders: Quoted | undefined;
  responseHeaders: Quoted | undefined;
  /** What holds where the location answers by itself, too. */
  early: readonly Quoted[];
  answered: StatusView | undefined;
  lateAddress: Quoted | undefined;
  late: readonly Quoted[];
  hidden: readonly Quoted[];
  proxied: Quoted | undefined;
  guarded: StatusView | undefined;
}>;

/** What locations have from their server. */
export interface Shared {
  /** The redirect to HTTPS. */
  readonly https: boolean;
  /** The lines that locations inherit. */
  readonly inherited: boolean;
  readonly request: boolean;
  readonly response: boolean;
}

/** What a location needs to know of the rest. */
export interface LocationContext {
  readonly ways: Ways;
  readonly shared: Shared;
  /** Takes what the location needs elsewhere. */
  readonly use: (declared: Declared) => void;
  /** Takes where it leads. */
  readonly lead: (name: string, way: Way) => void;
}

const MODIFIERS = { exact: '= ', prefix: '', regex: '~* ' } as const;

/**
 * Whether a location asks a backend, answers by `return`, which nginx runs before anything that guards it, or answers
 * behind its guards: ingress-nginx asks for the password where its default backend would answer.
 */
type Mode = 'proxy' | 'return' | 'guarded';

export function locationView(location: Location, composed: Composed, context: LocationContext): LocationView {
  const { match, target } = location;
  const way = target.kind === 'proxy' ? wayTo(target.to, context.ways) : undefined;
  if (target.kind === 'proxy' && way !== undefined) context.lead(target.to.name, way);
  const mode = modeOf(target, composed);
  noteUse(composed, mode, context);
  const isLine = way?.kind !== 'late' && isPlain(composed, context.shared);
  const line = isLine ? lineView(target, way) : undefined;
  return {
    heading: undefined,
    modifier: MODIFIERS[match],
    path: quote(match === 'regex' ? withoutNames(checkedPath(location)).text : checkedPath(location)),
    proxied: line?.proxied,
    answered: line?.answered,
    unlogged: line?.unlogged,
    block: line === undefined ? blockView({ target, way, mode }, composed, context.shared) : undefined,
  };
}

function modeOf(target: Target, { texts }: Composed): Mode {
  if (target.kind === 'proxy') return 'proxy';
  return target.code === 404 && texts.access !== undefined ? 'guarded' : 'return';
}

function lineView(
  target: Target,
  way: Way | undefined,
): Partial<Pick<LocationView, 'proxied' | 'answered' | 'unlogged'>> {
  if (target.kind === 'proxy') return { proxied: way?.to };
  const view = statusView(target);
  return target.code === 200 ? { unlogged: view } : { answered: view };
}

/** Whether nothing is left to say of a location but where it leads. */
function isPlain({ made, texts, request, response, hidden }: Composed, shared: Shared): boolean {
  if (made.length === 0) return true;
  if ((request !== undefined && !shared.request) || (response !== undefined && !shared.response)) return false;
  if (hidden.length > 0 && !shared.inherited) return false;
  return ORDER.every(({ phase }) => texts[phase] === undefined || isShared(phase, shared));
}

/** Whether the server says already what a location would say in a phase. */
function isShared(phase: Phase, shared: Shared): boolean {
  if (phase === 'https') return shared.https;
  return shared.inherited && ORDER.some(each => each.phase === phase && each.isInherited);
}

function holds({ phase, holdsAtReturn }: (typeof ORDER)[number], mode: Mode): boolean {
  return holdsAtReturn || mode === 'proxy' || (mode === 'guarded' && phase === 'access');
}

function noteUse({ made, request, response, own }: Composed, mode: Mode, { use }: LocationContext): void {
  for (const each of made) if (counts(each, mode)) use(each);
  if (request !== undefined || response !== undefined) use(own);
}

function counts({ parts }: MadeParts, mode: Mode): boolean {
  const { location, server, requestHeaders, responseHeaders } = parts;
  if (server !== undefined || requestHeaders !== undefined || responseHeaders !== undefined) return true;
  return ORDER.some(each => location?.[each.phase] !== undefined && holds(each, mode));
}

function blockView(
  { target, way, mode }: Readonly<{ target: Target; way: Way | undefined; mode: Mode }>,
  composed: Composed,
  shared: Shared,
): BlockView {
  const { texts, request, response, hidden } = composed;
  const linesOf = (isEarly: boolean): readonly Quoted[] =>
    ORDER.filter(each => each.holdsAtReturn === isEarly && holds(each, mode) && !isShared(each.phase, shared)).flatMap(
      ({ phase }) => texts[phase] ?? [],
    );
  const isProxied = mode === 'proxy';
  const status = target.kind === 'status' ? statusView(target) : undefined;
  return {
    requestHeaders: isProxied && !shared.request ? request?.tag : undefined,
    responseHeaders: shared.response ? undefined : response?.tag,
    early: linesOf(true),
    answered: mode === 'return' ? status : undefined,
    lateAddress: way?.kind === 'late' ? way.to : undefined,
    late: linesOf(false),
    hidden: isProxied && !shared.inherited ? hidden : [],
    proxied: way?.kind === 'late' ? undefined : way?.to,
    guarded: mode === 'guarded' ? status : undefined,
  };
}

function statusView({ code, reason }: Extract<Target, { readonly kind: 'status' }>): StatusView {
  return { code, reason: commentText(reason) };
}

/** A path that starts otherwise would change the kind of the location, quoted or not. */
function checkedPath({ match, path }: Location): string {
  if (!path.startsWith(match === 'regex' ? '^/' : '/')) throw new Error(`not a path: ${JSON.stringify(path)}`);
  return path;
}

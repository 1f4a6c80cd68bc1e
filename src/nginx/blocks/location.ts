import { withoutNames } from '../group-names.ts';
import { redirectView } from '../elsewhere.ts';
import { GUARDS } from '../../routing/phases.ts';
import { commentText, inLine, joinLines, quote } from '../quote.ts';

import type { Composed, PhaseText } from '../compose.ts';
import type { Declared, MadeParts } from '../made-parts.ts';
import type { PhaseRules } from '../../routing/phases.ts';
import type { Quoted } from '../quote.ts';
import type { RedirectView } from '../elsewhere.ts';
import type { Way } from '../ways.ts';
import type { Location, Target } from '../../routing/model.ts';

/**
 * What templates/location.conf shows. Either one of those before `block` that say where requests end is set and the location fits in a line, or `block`
 * holds its directives.
 */
export type LocationView = Readonly<{
  /** The Ingress, where it is another one than that of the location above. */
  heading: Quoted | undefined;
  /** Further paths that it takes. */
  others: Quoted | undefined;
  modifier: '' | '= ' | '~* ';
  path: Quoted;
  /** Directives before the target, in the same line. */
  first: Quoted | undefined;
  /** The directive and the scheme, which stand before whatever it leads to. */
  pass: Quoted | undefined;
  proxied: Quoted | undefined;
  guarded: StatusView | undefined;
  answered: StatusView | undefined;
  unlogged: StatusView | undefined;
  redirected: RedirectView | undefined;
  block: BlockView | undefined;
}>;

export type StatusView = Readonly<{ code: number; reason: Quoted }>;

/** In the order in which nginx must read them. */
export type BlockView = Readonly<{
  /** The names of sets of headers. */
  requestHeaders: Quoted | undefined;
  responseHeaders: Quoted | undefined;
  /** What holds where the location answers by itself, too. */
  early: Quoted | undefined;
  answered: StatusView | undefined;
  redirected: RedirectView | undefined;
  lateAddress: Quoted | undefined;
  late: Quoted | undefined;
  /** Directives that hide headers of the backend. */
  hidden: readonly Quoted[] | undefined;
  pass: Quoted | undefined;
  proxied: Quoted | undefined;
  guarded: StatusView | undefined;
}>;

/** What locations have from their server. */
export interface Shared {
  /** The redirect to HTTPS. */
  readonly https: boolean;
  /** The lines that locations inherit. */
  readonly inherited: boolean;
  /** What nginx runs before it has chosen the location. */
  readonly run: readonly Quoted[];
  readonly request: boolean;
  readonly response: boolean;
}

/** What the locations of a server have in common. */
export interface LocationsContext {
  readonly shared: Shared;
  /** Takes what locations need elsewhere. */
  readonly used: Declared[];
  /** Holds the scheme that the client used, for redirects to other hosts. */
  readonly scheme: Quoted;
}

const MODIFIERS = { exact: '= ', prefix: '', regex: '~* ' } as const;

/**
 * Whether a location asks a backend, answers by `return`, which nginx runs before anything that guards it, sends all
 * requests elsewhere, before any other redirect, or answers behind its guards: ingress-nginx asks for the password where
 * its default backend would answer.
 */
type Mode = 'proxy' | 'redirect' | 'return' | 'guarded';

/**
 * @param way how its requests get where it leads; undefined where it answers by itself
 */
export function locationView(
  location: Location,
  way: Way | undefined,
  composed: Composed,
  { shared, used, scheme }: LocationsContext,
): LocationView {
  const { match, target } = location;
  const mode = modeOf(target, composed);
  if (composed.made.length > 0) noteUse(composed, mode, used);
  const own = composed.texts.filter(
    each => !isShared(each, shared) && (mode !== 'redirect' || holds(each.rules, mode)),
  );
  const begin = beginOfLine(own, mode);
  const isLine = way?.kind !== 'late' && areHeadersShared(composed, mode, shared) && begin !== undefined;
  const status = target.kind === 'status' ? statusView(target) : undefined;
  const redirect = target.kind === 'redirect' ? redirectView(target, scheme) : undefined;
  return {
    heading: undefined,
    others: undefined,
    modifier: MODIFIERS[match],
    path: quote(match === 'regex' ? withoutNames(checkedPath(location)).text : checkedPath(location)),
    first: begin?.first,
    pass: way?.pass,
    proxied: isLine ? way?.to : undefined,
    guarded: isLine && mode === 'guarded' ? status : undefined,
    answered: isLine && mode !== 'guarded' && status?.code !== 200 ? status : undefined,
    unlogged: isLine && status?.code === 200 ? status : undefined,
    redirected: isLine ? redirect : undefined,
    block: isLine ? undefined : blockView({ own, status, redirect, way, mode }, composed, shared),
  };
}

/**
 * Where a location only sets variables, asks whether a request may pass, or is not logged, that stands in one line with its
 * target; undefined where it has more to say, or too much.
 */
function beginOfLine(own: readonly PhaseText[], mode: Mode): { readonly first: Quoted | undefined } | undefined {
  if (own.length === 0) return NOTHING_FIRST;
  if ((mode !== 'proxy' && mode !== 'return') || !own.every(isShort)) return undefined;
  const lines = joinLines(own.filter(({ rules }) => holds(rules, mode)).map(({ lines }) => lines));
  if (lines === undefined) return NOTHING_FIRST;
  const first = inLine(lines);
  return first && { first };
}

/** The target stands alone in its line. */
const NOTHING_FIRST = { first: undefined };

function modeOf(target: Target, { texts }: Composed): Mode {
  if (target.kind !== 'status') return target.kind;
  return target.code === 404 && texts.some(({ rules }) => GUARDS.has(rules.phase)) ? 'guarded' : 'return';
}

function areHeadersShared({ request, response, hidden }: Composed, mode: Mode, shared: Shared): boolean {
  if (response !== undefined && !shared.response) return false;
  if (mode === 'redirect') return true;
  return (request === undefined || shared.request) && (hidden === undefined || shared.inherited);
}

/** Whether the server says already what a location would say. */
function isShared({ rules, lines }: PhaseText, shared: Shared): boolean {
  if (rules.phase === 'https') return shared.https;
  return rules.isInherited ? shared.inherited : rules.runsInServer && shared.run.includes(lines);
}

function holds({ phase, holdsAtReturn }: PhaseRules, mode: Mode): boolean {
  if (mode === 'redirect') return holdsAtReturn && phase !== 'redirect' && phase !== 'https';
  return holdsAtReturn || mode === 'proxy' || (mode === 'guarded' && GUARDS.has(phase));
}

function noteUse({ made, request, response, own }: Composed, mode: Mode, used: Declared[]): void {
  for (const each of made) {
    if (each.declared.length > 0 && used.at(-1) !== each && counts(each, mode)) used.push(each);
  }
  if (request !== undefined || response !== undefined) used.push(own);
}

function counts({ parts: { location }, countsAtReturn }: MadeParts, mode: Mode): boolean {
  const guards = location?.guard ?? location?.access;
  return mode === 'proxy' || countsAtReturn || (mode === 'guarded' && guards !== undefined);
}

function isShort({ lines }: PhaseText): boolean {
  return lines.split('\n').every(line => /^ *(?:set |auth_request |access_log off;$)/.test(line));
}

/** What a location has to say by itself. */
interface OwnOfLocation {
  readonly own: readonly PhaseText[];
  readonly status: StatusView | undefined;
  readonly redirect: RedirectView | undefined;
  readonly way: Way | undefined;
  readonly mode: Mode;
}

function blockView(
  { own, status, redirect, way, mode }: OwnOfLocation,
  { request, response, hidden }: Composed,
  shared: Shared,
): BlockView {
  const shown = own.filter(({ rules }) => holds(rules, mode));
  const linesOf = (isEarly: boolean): Quoted | undefined =>
    joinLines(shown.filter(({ rules }) => rules.holdsAtReturn === isEarly).map(({ lines }) => lines));
  const isProxied = mode === 'proxy';
  return {
    requestHeaders: isProxied && !shared.request ? request?.tag : undefined,
    responseHeaders: shared.response ? undefined : response?.tag,
    early: linesOf(true),
    answered: mode === 'return' ? status : undefined,
    redirected: redirect,
    lateAddress: way?.kind === 'late' ? way.to : undefined,
    late: linesOf(false),
    hidden: isProxied && !shared.inherited ? hidden : undefined,
    pass: way?.pass,
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

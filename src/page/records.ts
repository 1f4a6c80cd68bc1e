import { byDocument, concerning } from '../answers/concerns.ts';
import type { ByDocument } from '../answers/concerns.ts';
import { endText, serviceOf, trunkTitle } from '../answers/graph.ts';
import { peerTexts } from '../routing/peer-texts.ts';
import type { PageData, PageFinding } from '../answers/page-data.ts';
import type { Branch, End, Trunk } from '../answers/route-tree.ts';
import { routeTree } from '../answers/route-tree.ts';
import { objectText } from '../diagnostics/place.ts';
import type { Routing } from '../routing/model.ts';
import type { Askers } from '../routing/policies.ts';
import { nameText } from './words.ts';

/** What clients get over TLS. */
export const TLS_TEXT = {
  own: 'certificate of its own',
  default: 'default certificate',
  placeholder: 'placeholder certificate',
  rejected: 'HTTPS is refused',
  passed: 'passed through',
  none: 'no TLS',
} as const;

export type TlsKind = keyof typeof TLS_TEXT;

/** A path with all that is asked of it by a search or a filter. */
export interface RouteRecord {
  readonly trunk: Trunk;
  readonly branch: Branch;
  readonly namespaces: readonly string[];
  /** Names of policies that somebody asked for, in ASCII order. */
  readonly policies: readonly string[];
  readonly findings: readonly PageFinding[];
  readonly tls: TlsKind;
  /** `backend`, `redirect`, `closed`, or the status that nginx answers. */
  readonly answers: readonly string[];
  /** All that a search looks at, in lower case. */
  readonly text: string;
}

/** All paths of a routing, hosts with a name first. */
export function recordsOf({ routing, findings }: PageData): readonly RouteRecord[] {
  const found = byDocument(findings);
  const tree = routeTree(routing);
  const sorted = [...tree.filter(({ name }) => name !== '_'), ...tree.filter(({ name }) => name === '_')];
  return sorted.flatMap(trunk => trunk.branches.map(branch => recordOf(trunk, branch, { routing, found })));
}

interface Known {
  readonly routing: Routing;
  readonly found: ByDocument<PageFinding>;
}

function recordOf(trunk: Trunk, branch: Branch, { routing, found }: Known): RouteRecord {
  const upstreams = branch.ends.flatMap(end => (end.kind === 'backend' ? (end.upstream ?? []) : []));
  const from = [...branch.from, ...upstreams.flatMap(upstream => upstream.from)];
  const namespaces = [...new Set(branch.owners.map(({ namespace = '' }) => namespace))];
  const policies = policiesOf(trunk, branch);
  const findings = concerning(from, found);
  const tls = tlsOf(trunk, routing);
  const answers = [...new Set(branch.ends.map(answerOf))];
  const known = { trunk, branch, namespaces, policies, findings, tls, answers };
  return { ...known, text: searchText(known) };
}

/** Equal for paths that the same Ingresses ask for. */
export function ownerKey({ branch }: RouteRecord): string {
  return branch.owners.map(objectText).join();
}

/** Equal for ends that lead to the same place. */
export function endKey(end: End): string {
  if (end.kind !== 'backend') return `${serviceOf(end) ?? ''} ${endText(end)}`;
  return end.upstream?.name ?? peerTexts(end.peers).join();
}

/** A URL that a client may ask for to get to a path; of an expression it is no more than a begin. */
export function urlOfPath({ trunk, branch, tls }: RouteRecord): string {
  const scheme = tls === 'own' || tls === 'default' ? 'https' : 'http';
  const host = trunk.name === '_' ? 'other.example' : trunk.name.replace(/^\*\./, 'any.');
  const plain = /^[\w/.~-]*/.exec(branch.path)?.[0] ?? '';
  return `${scheme}://${host}${plain.startsWith('/') ? plain : '/'}`;
}

/** Of the server and its upstreams as well: they hold for all requests to the path. */
function policiesOf({ server }: Trunk, { locations, ends }: Branch): readonly string[] {
  const upstreams = ends.flatMap(end => (end.kind === 'backend' ? (end.upstream?.policies ?? []) : []));
  const all = [
    ...(server === undefined ? [] : [server.policies]),
    ...locations.map(({ policies }) => policies),
    ...upstreams,
  ];
  const names = all.flatMap(policies =>
    Object.entries(policies).flatMap(([name, { from }]) => (isAskedFor(from) ? [name] : [])),
  );
  return [...new Set(names)].toSorted();
}

/** Whether somebody wrote it, or it is so by default. */
export function isAskedFor(from: Askers): boolean {
  return from.some(({ by }) => by !== 'default');
}

function tlsOf({ kind, server }: Trunk, { defaultCertificate }: Routing): TlsKind {
  if (kind === 'passed') return 'passed';
  if (server === undefined) return 'none';
  if (server.certificate !== undefined) return 'own';
  switch (defaultCertificate.kind) {
    case 'certificate':
      return 'default';
    case 'placeholder':
      return 'placeholder';
    case 'reject':
      return 'rejected';
  }
}

function answerOf(end: End): string {
  return end.kind === 'status' ? String(end.code) : end.kind;
}

function searchText({ trunk, branch, policies, findings, tls }: Omit<RouteRecord, 'text'>): string {
  const ends = branch.ends.flatMap(end => [
    serviceOf(end) ?? '',
    ...(end.kind === 'backend' ? [end.upstream?.name ?? '', ...peerTexts(end.peers)] : [endText(end)]),
  ]);
  const parts = [
    trunkTitle(trunk.name),
    ...(trunk.server?.aliases ?? []),
    branch.path,
    branch.match,
    ...branch.owners.map(objectText),
    ...ends,
    ...policies.flatMap(name => [name, nameText(name)]),
    ...findings.flatMap(({ rule, name, message }) => [rule, name, message]),
    TLS_TEXT[tls],
  ];
  return parts.join('\n').toLowerCase();
}

import { serviceOf } from '../answers/graph.ts';
import { peerTexts } from '../routing/peer-texts.ts';
import type { End, Trunk } from '../answers/route-tree.ts';
import type { Provenance } from '../diagnostics/provenance.ts';
import { boxText, peersTitle, trunkName } from './box-text.ts';
import { el, list, section } from './dom.ts';
import type { Box } from './band.ts';
import { findingItem } from './finding-item.ts';
import type { PlaceOf } from './places.ts';
import { askerElement, provenanceElement } from './places.ts';
import type { SomePolicies } from './policy-list.ts';
import { policyElements } from './policy-list.ts';
import type { RouteRecord } from './records.ts';
import { TLS_TEXT } from './records.ts';
import { countText } from './words.ts';

/** What details need of the page around them. */
export interface Around {
  readonly placeOf: PlaceOf;
  /** Shows another path instead. */
  readonly openPath: (record: RouteRecord) => void;
  /** Explains a request for a path. */
  readonly explainPath: (record: RouteRecord) => void;
}

/** The heading of the details of a box, and what stands below it. */
export interface Details {
  readonly kind: string;
  readonly title: string;
  readonly parts: readonly (HTMLElement | undefined)[];
}

export function detailsOf(box: Box, around: Around): Details {
  const { thing, records } = box;
  const { title } = boxText(box);
  const paths = pathsPart(records, around);
  switch (thing.kind) {
    case 'host':
      return { kind: 'Host', title, parts: [...hostParts(thing.trunk, records, around), paths] };
    case 'path':
      return { kind: `Path of ${trunkName(thing.record.trunk)}`, title, parts: pathParts(thing.record, around) };
    case 'owner': {
      const names = thing.owners.map(({ name, namespace = '' }) => `${namespace}/${name}`);
      const own = new Set(thing.owners);
      const from = records.flatMap(({ branch }) => branch.from).filter(({ resource }) => own.has(resource));
      const parts = [fromPart('Stands in', uniqueObjects(from), around), findingsPart(records), paths];
      return { kind: thing.owners[0].kind, title: names.join(', '), parts };
    }
    case 'service': {
      const ends = records.flatMap(({ branch }) => branch.ends).filter(end => serviceOf(end) === thing.service);
      return {
        kind: 'Service',
        title: thing.service,
        parts: [endsPart(unique(ends), around), ...upstreamParts(ends, around), paths],
      };
    }
    case 'end':
      return {
        kind: thing.end.kind === 'backend' ? 'Endpoints' : 'Answer of nginx',
        title,
        parts: [endsPart([thing.end], around), ...upstreamParts([thing.end], around), paths],
      };
  }
}

function hostParts(trunk: Trunk, records: readonly RouteRecord[], { placeOf }: Around): Details['parts'] {
  const { server, unasked } = trunk;
  const tls = TLS_TEXT[records[0]?.tls ?? 'none'];
  const certificate = server?.certificate === undefined ? tls : `${tls}: ${server.certificate}`;
  const rest = unasked.flatMap(({ ends: [end], path }) =>
    end.kind === 'status' ? [`${path}: ${end.code} (${end.reason})`] : [],
  );
  return [
    section('TLS', [el('p', { text: certificate })]),
    section(
      'Further names',
      (server?.aliases ?? []).map(name => el('p', { class: 'mono', text: name })),
    ),
    section('Policies of the host', policyElements({ ...server?.policies }, placeOf)),
    section(
      'Other paths',
      rest.map(text => el('p', { text })),
    ),
    section(
      'Rules for this host',
      (server?.from ?? []).map(each => provenanceElement(each, placeOf)),
    ),
  ];
}

function pathParts(record: RouteRecord, around: Around): Details['parts'] {
  const { branch, trunk, tls } = record;
  const [location] = branch.locations;
  const locations = branch.locations.map(({ match, path }) => el('p', { class: 'mono', text: `${match} ${path}` }));
  const explain = el('button', {
    class: 'action',
    text: 'Explain a request',
    attributes: { type: 'button' },
    onClick: () => around.explainPath(record),
  });
  return [
    trunk.kind === 'host' ? explain : undefined,
    endsPart(branch.ends, around),
    findingsPart([record]),
    section('Policies', policyElements({ ...location?.policies, ...trunk.server?.policies }, around.placeOf)),
    ...upstreamParts(branch.ends, around),
    fromPart('Asked for by', branch.from, around),
    section('TLS', [el('p', { text: TLS_TEXT[tls] })]),
    section('Locations of nginx', locations),
  ];
}

/** An end for people: the Service, how many requests it gets, its endpoints. */
function endsPart(ends: readonly End[], { placeOf }: Around): HTMLElement | undefined {
  return section(
    'Leads to',
    ends.map(end => endElement(end, placeOf)),
  );
}

function endElement(end: End, placeOf: PlaceOf): HTMLElement {
  const service = serviceOf(end);
  const head = service === undefined ? undefined : el('p', { class: 'service-name', text: service });
  if (end.kind !== 'backend') {
    const { title, note } = boxText({
      key: '',
      column: 4,
      top: 0,
      height: 0,
      records: [],
      thing: { kind: 'end', end },
    });
    const from = end.kind === 'redirect' ? (end.from ?? []) : [];
    const askers = list(
      from.map(asker => askerElement(asker, placeOf)),
      { class: 'askers' },
    );
    return el('div', { class: 'goal' }, [head, el('p', { text: `${title}: ${note}` }), askers]);
  }
  const { percent, decidedBy, peers } = end;
  const share =
    percent === 100
      ? ''
      : `${percent}% of the requests${decidedBy.length === 0 ? '' : `, after ${decidedBy.join(', ')}`}`;
  return el('div', { class: 'goal' }, [
    head,
    share === '' ? undefined : el('p', { class: 'share-text', text: share }),
    el('p', { text: peersTitle(peers) }),
    list(
      peerTexts(peers).map(text => el('code', { text })),
      { class: 'peers' },
    ),
  ]);
}

function upstreamParts(ends: readonly End[], { placeOf }: Around): Details['parts'] {
  const upstreams = new Set(ends.flatMap(end => (end.kind === 'backend' ? (end.upstream ?? []) : [])));
  return [...upstreams].map(({ name, policies }) => {
    const some: SomePolicies = { ...policies };
    return section(`Policies of the upstream ${name}`, policyElements(some, placeOf));
  });
}

function findingsPart(records: readonly RouteRecord[]): HTMLElement | undefined {
  const findings = unique(records.flatMap(record => record.findings));
  return section(
    `Findings (${findings.length})`,
    findings.map(found => findingItem(found)),
  );
}

function fromPart(title: string, from: readonly Provenance[], { placeOf }: Around): HTMLElement | undefined {
  return section(title, [
    list(
      from.map(each => provenanceElement(each, placeOf)),
      { class: 'askers' },
    ),
  ]);
}

/** More would be a list that nobody reads. */
const MOST_PATHS = 100;

function pathsPart(records: readonly RouteRecord[], { openPath }: Around): HTMLElement | undefined {
  const links = records.slice(0, MOST_PATHS).map(record => {
    const { branch, trunk } = record;
    const text = `${trunkName(trunk)}${branch.path}`;
    return el('button', { class: 'link', text, attributes: { type: 'button' }, onClick: () => openPath(record) });
  });
  const rest = records.length - links.length;
  return section(countText(records.length, 'path'), [
    list(links, { class: 'links' }),
    rest <= 0 ? undefined : el('p', { class: 'muted', text: `and ${countText(rest, 'more path')}` }),
  ]);
}

function unique<T>(items: readonly T[]): readonly T[] {
  return [...new Set(items)];
}

/** One place for each object is enough. */
function uniqueObjects(from: readonly Provenance[]): readonly Provenance[] {
  return [...new Map(from.map(each => [each.resource, each])).values()];
}

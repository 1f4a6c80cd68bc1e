import { hash } from 'node:crypto';

import { setsAuthorization } from './authorization.ts';
import { atName, bareWord, variable } from './quote.ts';

import type { Declaration, Declarations, GeoSpec, HeaderSet, InternalLocationSpec, MapSpec } from './declarations.ts';
import type { SplitClientsSpec, ZoneSpec } from './declarations.ts';
import type { Quoted } from './quote.ts';
import type { View } from './view.ts';
import type { TemplateName } from '../../generated/templates.js';

/** How many digits of a hash are in a name: the few, unless two declarations would come to one name with them. */
export type Digits = 8 | 64;

/** Collects what is declared while parts of a configuration are made. */
export interface Collector {
  readonly declare: Declarations;
  readonly headers: (parts: Omit<HeaderSet, 'tag'>, name: string) => HeaderSet;
  readonly declared: readonly Declaration[];
}

interface Collecting {
  readonly digits: Digits;
  readonly rank: number;
  readonly declared: Declaration[];
}

const NAME = /^[a-z][a-z0-9_]{0,29}$/;

/** @param rank orders what stands in http{}: that of the policy that asks for it */
export function collectDeclarations(digits: Digits, rank: number): Collector {
  const collecting: Collecting = { digits, rank, declared: [] };
  return {
    declared: collecting.declared,
    declare: {
      map: spec => declareMap(spec, collecting),
      geo: spec => declareGeo(spec, collecting),
      splitClients: spec => declareSplit(spec, collecting),
      zone: spec => declareZone(spec, collecting),
      location: spec => declareLocation(spec, collecting),
      headers: (of, name, headers) => declareHeaders({ of, headers }, name, collecting).tag,
      once: (template, view = {}) => declareOnce(template, view, collecting),
      module: name =>
        collecting.declared.push({ mark: `module ${name}`, content: '', rank, kind: 'module', module: name }),
    },
    headers: (parts, name) => declareHeaders(parts, name, collecting),
  };
}

function declareMap({ name, of, rows, otherwise, isVolatile = false }: MapSpec, collecting: Collecting): Quoted {
  const content = JSON.stringify(['map', of, rows, otherwise, isVolatile]);
  const result = variable(nameOf(name, content, collecting));
  const rowViews = rows.map(([key, value]) => ({ key, value }));
  const view = { name: result, of, rows: rowViews, otherwise, isVolatile, isShort: rows.length < 2 };
  const keys = rows.map(([key]) => key).filter(key => !key.startsWith('"~'));
  const { rank, declared } = collecting;
  declared.push({ mark: result, content, rank, kind: 'text', template: 'declarations/map.conf', view, keys });
  return result;
}

function declareGeo({ name, of, rows, otherwise }: GeoSpec, collecting: Collecting): Quoted {
  const content = JSON.stringify(['geo', of, rows, otherwise]);
  const result = variable(nameOf(name, content, collecting));
  const view = { name: result, of, rows: rows.map(([network, value]) => ({ network, value })), otherwise };
  const { rank, declared } = collecting;
  declared.push({ mark: result, content, rank, kind: 'text', template: 'declarations/geo.conf', view });
  return result;
}

function declareSplit({ name, of, shares, otherwise }: SplitClientsSpec, collecting: Collecting): Quoted {
  const content = JSON.stringify(['split', of, shares, otherwise]);
  const result = variable(nameOf(name, content, collecting));
  const rows = shares.map(([percent, value]) => ({ percent: bareWord(percent), value }));
  const view = { name: result, of, rows, otherwise };
  const { rank, declared } = collecting;
  declared.push({ mark: result, content, rank, kind: 'text', template: 'declarations/split-clients.conf', view });
  return result;
}

function declareZone({ name, kind, key, size, rate }: ZoneSpec, collecting: Collecting): Quoted {
  const content = JSON.stringify(['zone', kind, key, size, rate]);
  const result = bareWord(nameOf(name, content, collecting));
  const view = { name: result, key, size, rate, isOfConnections: kind === 'connections' };
  const { rank, declared } = collecting;
  declared.push({ mark: `zone ${result}`, content, rank, kind: 'text', template: 'declarations/zone.conf', view });
  return result;
}

function declareLocation(spec: InternalLocationSpec, collecting: Collecting): Quoted {
  const { name, ...rest } = spec;
  const { kind, text, requestHeaders } = rest;
  const content = JSON.stringify(['location', kind, text, requestHeaders]);
  const hashed = nameOf(name, content, collecting);
  // The URI of a request begins with a slash: none leads to a location that does not.
  const place = kind === 'named' ? atName(hashed) : bareWord(hashed);
  const headers = declareRequestHeaders(spec, collecting);
  const { rank, declared } = collecting;
  const location = { ...rest, place, headers };
  declared.push({ mark: `location ${place}`, content, rank, kind: 'location', location });
  return place;
}

function declareRequestHeaders(
  { name, kind, requestHeaders: headers }: InternalLocationSpec,
  collecting: Collecting,
): HeaderSet | undefined {
  if (headers === undefined) return undefined;
  if (kind !== 'uri') {
    const isOfCheck = kind === 'check' ? ({ isOfCheck: true } as const) : {};
    return declareHeaders({ of: 'request', headers, ...isOfCheck }, name, collecting);
  }
  // A set that a subrequest names would hold for the request that it belongs to, at the same time.
  declareOnce('policies/basic-auth.http.conf', {}, collecting);
  return undefined;
}

function declareOnce(template: TemplateName, view: View, { rank, declared }: Collecting): void {
  const own = template.startsWith('policies/') ? rank : BEFORE_POLICIES;
  declared.push({ mark: template, content: JSON.stringify(view), rank: own, kind: 'text', template, view });
}

/** Of what values of several policies need. */
const BEFORE_POLICIES = -1;

function declareHeaders(parts: Omit<HeaderSet, 'tag'>, name: string, collecting: Collecting): HeaderSet {
  const content = JSON.stringify([parts.of, parts.headers, ...(parts.isOfCheck ? ['check'] : [])]);
  const set = { ...parts, tag: bareWord(nameOf(name, content, collecting)) };
  if (setsAuthorization(parts)) declareOnce('policies/basic-auth.http.conf', {}, collecting);
  const { rank, declared } = collecting;
  declared.push({ mark: `${parts.of} ${set.tag}`, content, rank, kind: 'headers', set });
  return set;
}

function nameOf(name: string, content: string, { digits }: Collecting): string {
  if (!NAME.test(name)) throw new Error(`not a name for a declaration: ${JSON.stringify(name)}`);
  return `${name}_${hash('sha256', content).slice(0, digits)}`;
}

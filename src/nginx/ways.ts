import { templateText } from './quote.ts';

import type { Quoted } from './quote.ts';
import type { Location, Protocol, Upstream } from '../routing/model.ts';

/** How a request gets to an upstream or a split. */
export interface Way {
  /**
   * - `declared`: `to` is the name of an upstream{}.
   * - `late`: an address that is looked up for each request.
   * - `split`: a variable that holds either.
   */
  readonly kind: 'declared' | 'late' | 'split';
  readonly to: Quoted;
  /** What stands before it: the directive and the scheme. */
  readonly pass: Quoted;
  /** Those that it may lead to and that ask for something. */
  readonly upstreams: readonly Upstream[];
}

const PASS: { readonly [P in Protocol]: Quoted } = {
  http: templateText('proxy_pass http://'),
  https: templateText('proxy_pass https://'),
  client: templateText('proxy_pass $scheme://'),
  grpc: templateText('grpc_pass grpc://'),
  grpcs: templateText('grpc_pass grpcs://'),
  fastcgi: templateText('fastcgi_pass '),
};

export function passBy({ protocol = 'http' }: { readonly protocol?: Protocol }): Quoted {
  return PASS[protocol];
}

/** By name of the upstream or split. */
export type Ways = ReadonlyMap<string, Way>;

export function wayTo({ name }: { readonly name: string }, ways: Ways): Way {
  const way = ways.get(name);
  if (way === undefined) throw new Error(`no way to ${JSON.stringify(name)}`);
  return way;
}

/** Where a location leads; undefined where it answers by itself. */
export function wayOf({ target }: Location, ways: Ways): Way | undefined {
  return target.kind === 'proxy' ? wayTo(target.to, ways) : undefined;
}

/** The way of the last time, if it is the same: what was made with it can be used again. */
export function sameWay(way: Way, last: Way | undefined): Way {
  if (last === undefined || last.kind !== way.kind || last.to !== way.to || last.pass !== way.pass) return way;
  const isSame =
    last.upstreams.length === way.upstreams.length &&
    last.upstreams.every((upstream, index) => upstream === way.upstreams[index]);
  return isSame ? last : way;
}

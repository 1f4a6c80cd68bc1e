import type { TemplateName } from '../../generated/templates.js';
import type { NginxModuleName } from '../options/nginx-modules.ts';
import type { Header } from './headers.ts';
import type { MapKey, Quoted } from './quote.ts';
import type { View } from './view.ts';

/** A map{} of http{}. */
export interface MapSpec {
  /** What its variable begins with. */
  readonly name: string;
  /** A variable, or a text with variables. */
  readonly of: Quoted;
  readonly rows: readonly (readonly [key: MapKey, value: Quoted])[];
  /** What it comes to where no row fits. */
  readonly otherwise: Quoted;
  /** It is looked up at each use: a request that is led on by `error_page` may find another value. */
  readonly isVolatile?: boolean;
}

/** A geo{} of http{}: what an address comes to. Values are never evaluated. */
export interface GeoSpec {
  readonly name: string;
  /** The variable that holds the address. */
  readonly of: Quoted;
  /** The smallest network that an address is in decides. */
  readonly rows: readonly (readonly [network: Quoted, value: Quoted])[];
  readonly otherwise: Quoted;
}

/** A split_clients{} of http{}: chance, decided by a text that differs from request to request. */
export interface SplitClientsSpec {
  readonly name: string;
  readonly of: Quoted;
  /** Percent with at most two decimals, above zero: `12.5`. Values are never evaluated. */
  readonly shares: readonly (readonly [percent: string, value: Quoted])[];
  /** The value of the rest. */
  readonly otherwise: Quoted;
}

/** Memory in which the workers count requests or connections by a key. */
export interface ZoneSpec {
  readonly name: string;
  readonly kind: 'requests' | 'connections';
  readonly key: Quoted;
  /** As nginx writes it: `5m`. */
  readonly size: Quoted;
  /** Of requests, as nginx writes it: `10r/s`. */
  readonly rate?: Quoted;
}

/** A location that clients cannot ask for, only other locations of the same server. */
export interface InternalLocationSpec {
  readonly name: string;
  /**
   * `named` for `error_page` and `try_files`; `uri` for what takes a URI; `check` for `auth_request`, in front of which
   * `auth_request_set $check_headers ""` must stand: the location that asks waits for it, and shares its variables.
   */
  readonly kind: 'named' | 'uri' | 'check';
  readonly text: Quoted;
  /** Beside what is forwarded to all backends; missing: whatever the location asks for that led there. */
  readonly requestHeaders?: readonly Header[];
}

/** What can be declared outside of a location. Equal specs share one, which is named by what it holds. */
export interface Declarations {
  /** The variable of a map. */
  readonly map: (spec: MapSpec) => Quoted;
  /** The variable of a table of networks. */
  readonly geo: (spec: GeoSpec) => Quoted;
  /** The variable of a split. */
  readonly splitClients: (spec: SplitClientsSpec) => Quoted;
  /** The name of a zone. */
  readonly zone: (spec: ZoneSpec) => Quoted;
  /** `@name`, or the URI of a location. */
  readonly location: (spec: InternalLocationSpec) => Quoted;
  /** The name of a set of headers, for locations that are no part of the routing. */
  readonly headers: (of: HeaderSet['of'], name: string, headers: readonly Header[]) => Quoted;
  /** A text of http{} that is the same for all who want it. Its template begins with an empty line. */
  readonly once: (template: TemplateName, view?: View) => void;
  /** Whoever uses directives of a module that stock nginx has not says so, for nginx to load it. */
  readonly module: (name: NginxModuleName) => void;
}

/** Something declared. Those with equal marks are one, and have equal content. */
export type Declaration = Readonly<{
  mark: string;
  content: string;
  /** Orders what stands in http{}. */
  rank: number;
}> &
  (
    | DeclaredText
    | Readonly<{ kind: 'headers'; set: HeaderSet }>
    | Readonly<{ kind: 'location'; location: InternalLocation }>
    | Readonly<{ kind: 'module'; module: NginxModuleName }>
  );

export type DeclaredText = Readonly<{
  kind: 'text';
  template: TemplateName;
  view: View;
  /** Of a map: its keys that are texts. */
  keys?: readonly string[];
}>;

/** Headers that stand in http{}, and hold where a location names the set. */
export interface HeaderSet {
  readonly of: 'request' | 'response';
  /** Of the request to whom a location asks first. */
  readonly isOfCheck?: true;
  readonly tag: Quoted;
  readonly headers: readonly Header[];
  /** Whether the location hides headers of the backend by itself: it forgets those that http{} hides. */
  readonly hides?: boolean;
}

export interface InternalLocation extends Omit<InternalLocationSpec, 'name'> {
  readonly place: Quoted;
  /** Of one that has headers of its own, and may name their set. */
  readonly headers: HeaderSet | undefined;
}

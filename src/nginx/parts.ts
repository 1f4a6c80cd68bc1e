import type { TemplateName } from '../../generated/templates.js';
import type { Destination, Listeners, Location, Upstream } from '../routing/model.ts';
import type { Policies, PolicyTypes } from '../routing/policies.ts';
import type { HashTables } from '../routing/policies/hash-tables.ts';
import type { Declarations } from './declarations.ts';
import type { Header } from './headers.ts';
import type { LogPlaces } from './log-places.ts';
import type { Phase } from '../routing/phases.ts';
import type { Quoted } from './quote.ts';
import type { Syntax } from './version.ts';
import type { View } from './view.ts';

/** What a policy comes to in a location, and in the server around it. */
export interface Parts {
  /** Lines of the location, by the phase in which nginx must read them. */
  readonly location?: { readonly [P in Phase]?: Quoted };
  /** Lines of the server; equal ones stand there once. */
  readonly server?: Quoted;
  /**
   * Its lines may be any directives: nginx takes most of them once in a server, so locations keep theirs, and those of a
   * location replace what its server says.
   */
  readonly saysAnything?: true;
  /** Locations of a server that no path of the routing made, and the paths of those that are exact. */
  readonly ownLocations?: OwnLocations;
  readonly requestHeaders?: readonly Header[];
  readonly responseHeaders?: readonly Header[];
  /**
   * Bytes of a body above which nginx refuses a request as soon as it has chosen the location, 0 for none; where nobody
   * says so, what holds for all hosts. What a server does before that must know it.
   */
  readonly bodyLimit?: number;
  /** Of the policy of a server: the locations in which its lines of locations stand. Without it, in all. */
  readonly isFor?: (location: Location) => boolean;
  /** What it says of TLS counts only in a server that has a certificate: that of all hosts, if there is no other. */
  readonly needsCertificate?: true;
}

/** What a policy of nginx itself comes to: lines of the main context, of events{}, and of stream{}. */
export interface MainParts {
  readonly lines?: Quoted;
  /** Where errors are logged. */
  readonly logs?: Quoted;
  readonly events?: Quoted;
  /** Those at its begin. */
  readonly streams?: Quoted;
}

/** A location that the default server has, unless an Ingress has its path there. */
export interface DefaultLocation {
  readonly path: string;
  readonly lines: Quoted;
}

/** What becomes of connections to backends: the lines at the end of every upstream{}. */
export interface UpstreamEnds {
  readonly keeping: Quoted | undefined;
  /** Of those that must not keep any. */
  readonly closing: Quoted | undefined;
  /** Backends are told that each connection will be closed. */
  readonly closesAll: boolean;
}

/** Locations as they stand in a server, before all others: of expressions the first that fits is taken. */
export interface OwnLocations {
  readonly text: Quoted;
  /** nginx refuses a second one of the same path. */
  readonly exact: readonly string[];
}

/** What a policy of all hosts comes to: lines of http{}, by the part of templates/http.conf where they stand. */
export interface HttpParts {
  /** What is written of requests. */
  readonly logs?: Quoted;
  /** What nginx says of itself. */
  readonly identity?: Quoted;
  /** What is read from clients. */
  readonly clients?: Quoted;
  /** How responses are sent to clients. */
  readonly responses?: Quoted;
  readonly tls?: Quoted;
  /** How backends are asked. */
  readonly proxy?: Quoted;
  /** What headers of all responses need. */
  readonly headers?: Quoted;
  readonly upstreams?: UpstreamEnds;
  readonly tables?: HashTables;
  readonly defaultServer?: DefaultLocation;
  /** What headers of all requests need. */
  readonly requests?: Quoted;
  /** Lines at the end, behind all that policies declare. */
  readonly others?: Quoted;
  /** Lines at the begin of every server, before all that it answers. */
  readonly servers?: Quoted;
  /** Lines of every server behind those of its own policies, and before what its locations share. */
  readonly behindServers?: Quoted;
  /** The same as that of `Parts`, for its lines of every server. */
  readonly saysAnything?: true;
  /** Headers of all requests to backends; they replace what is forwarded under their names. */
  readonly requestHeaders?: readonly Header[];
  /** Locations of every server, behind its own. */
  readonly ownLocations?: OwnLocations;
  /** Headers of all responses; of one name the last counts. */
  readonly responseHeaders?: readonly Header[];
  /** Names of headers of backends that clients do not see. */
  readonly hidden?: readonly string[];
  /** The same as that of `Parts`, where no location says otherwise. */
  readonly bodyLimit?: number;
}

/** What holds for the whole configuration. */
export interface RenderFacts {
  readonly listeners: Listeners;
  readonly http: Policies<'http'>;
  readonly syntax: Syntax;
  readonly logs: LogPlaces;
  /** Whether nginx is run by the system: then all that it writes lies outside of the output folder. */
  readonly isOfSystem: boolean;
  /** Whether any backend speaks gRPC: what nginx is told of proxying must be told for it, too. */
  readonly speaksGrpc: boolean;
  /** The same of FastCGI. */
  readonly speaksFastcgi: boolean;
}

/** What a renderer works with besides what is asked for. */
export interface Tools {
  readonly declare: Declarations;
  /** The text of a template, without the end of its last line. */
  readonly text: (template: TemplateName, view: View) => Quoted;
  /**
   * The lines of a location that hand the request on, under its own URI, or another one: internal locations that have a
   * URI need one, as theirs is none that a backend could read.
   */
  readonly passTo: (to: Destination, uri?: Quoted) => Quoted;
  readonly facts: RenderFacts;
}

/** A function of `asks` alone: what it gave is used for all locations that ask for the same object. */
export type Renderer<P, R = Parts> = (asks: P, tools: Tools) => R;

export type LocationRenderer<N extends keyof PolicyTypes['location']> = Renderer<PolicyTypes['location'][N]>;
export type ServerRenderer<N extends keyof PolicyTypes['server']> = Renderer<PolicyTypes['server'][N]>;
export type HttpRenderer<N extends keyof PolicyTypes['http']> = Renderer<PolicyTypes['http'][N], HttpParts>;
export type MainRenderer<N extends keyof PolicyTypes['main']> = Renderer<PolicyTypes['main'][N], MainParts>;
export type UpstreamRenderer<N extends keyof PolicyTypes['upstream']> = UpstreamRendererOf<PolicyTypes['upstream'][N]>;

export interface UpstreamRendererOf<P> {
  /** Lines at the begin of upstream{}. */
  readonly block?: (asks: P, upstream: Upstream, tools: Tools) => Quoted | undefined;
  /** What each location gets that leads to the upstream. */
  readonly location?: (asks: P, at: LeadingLocation, tools: Tools) => Parts;
}

/** A location that leads to an upstream. */
export interface LeadingLocation {
  readonly location: Location;
  readonly upstream: Upstream;
  /** All that its requests go to and that ask for something. */
  readonly all: readonly Upstream[];
  /** Where some of its requests go to other upstreams: what holds the name of the one that is chosen. */
  readonly split: Quoted | undefined;
}

/** One for each policy that there is. The order of those of locations is that within a phase. */
export interface Renderers {
  readonly main: { readonly [N in keyof PolicyTypes['main']]: MainRenderer<N> };
  readonly http: { readonly [N in keyof PolicyTypes['http']]: HttpRenderer<N> };
  readonly server: { readonly [N in keyof PolicyTypes['server']]: ServerRenderer<N> };
  readonly location: { readonly [N in keyof PolicyTypes['location']]: LocationRenderer<N> };
  readonly upstream: { readonly [N in keyof PolicyTypes['upstream']]: UpstreamRenderer<N> };
}

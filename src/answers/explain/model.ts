import type { Provenance } from '../../diagnostics/provenance.ts';
import type { Peers, Protocol } from '../../routing/model.ts';
import type { Asker } from '../../routing/policies.ts';

/** One request, as a client sends it. */
export interface AskedRequest {
  /** As sent: `GET`. */
  readonly method: string;
  readonly scheme: 'http' | 'https';
  /** The Host header: a name or an address, with a port where the client names one. Also the name of the TLS handshake. */
  readonly host: string;
  /** Path and query as sent; begins with `/`. */
  readonly target: string;
  /** Headers besides Host, in the order in which they are sent; cookies are one `Cookie`. */
  readonly headers: readonly SentHeader[];
  /** IPv4 or IPv6, without brackets; undefined: nobody said which. */
  readonly clientIp: string | undefined;
  /** Whether it shows a certificate that the authorities of the host vouch for. */
  readonly hasClientCertificate: boolean;
}

export interface SentHeader {
  readonly name: string;
  readonly value: string;
}

/** A header that nginx sets. `value` is undefined where only nginx knows it, and empty where the header is left out. */
export interface SetHeader {
  readonly name: string;
  readonly value: string | undefined;
}

/** What happens to one request, in the order in which it happens. */
export interface Explanation {
  readonly request: AskedRequest;
  readonly steps: readonly Step[];
  readonly outcome: Outcome;
  /** Headers that nginx adds to the response, or puts in place of those of the backend, sorted by name. */
  readonly responseHeaders: readonly SetHeader[];
  /** What would have to be there for a backend to answer, each a sentence; empty where one does. */
  readonly advice: readonly string[];
}

/** In the order in which a request meets them. */
export const STEP_NAMES = [
  'listener',
  'tls',
  'server',
  'client-certificate',
  'blocked',
  'location',
  'body',
  'preflight',
  'snippet',
  'redirect',
  'https',
  'limits',
  'access',
  'auth',
  'rewrite',
  'canary',
  'headers',
  'upstream',
  'mirror',
  'response',
  'errors',
] as const;

export type StepName = (typeof STEP_NAMES)[number];

/** Whether a step chose something, let the request pass, changed it, answered it, or cannot be told (then `text` says what was assumed). */
export type StepVerdict = 'chose' | 'passed' | 'changed' | 'answered' | 'assumed';

export interface Step {
  readonly name: StepName;
  readonly verdict: StepVerdict;
  /** One sentence without a full stop: `the server shop.example, by its exact name`. Text of manifests is as it is. */
  readonly text: string;
  /** Further lines: locations that lost with the reason, endpoints, headers. */
  readonly details: readonly string[];
  /** Who asked for it. */
  readonly causes: readonly Cause[];
}

/** An Ingress (or another object) with the field that is behind a step; `asker` is known for annotations and options. */
export type Cause =
  | { readonly kind: 'field'; readonly at: Provenance }
  | { readonly kind: 'asker'; readonly asker: Asker };

/** What the client gets in the end. */
export type Outcome =
  /** A backend answers. */
  | { readonly kind: 'backend'; readonly choices: readonly [BackendChoice, ...BackendChoice[]] }
  | OwnAnswer
  /** The connection is closed without an answer. */
  | { readonly kind: 'closed'; readonly reason: string }
  /** It depends on what cannot be told without nginx, such as a snippet. `reason` continues `It cannot be told: `. */
  | { readonly kind: 'unclear'; readonly reason: string };

/** nginx answers by itself. */
export interface OwnAnswer {
  readonly kind: 'answer';
  readonly status: number;
  /** The Location of a redirect. */
  readonly url?: string;
  readonly reason: string;
  /** The backend of error pages is asked for the answer to this status, and may choose another one. */
  readonly page?: BackendChoice;
}

/** A backend that may answer, and what it is sent. */
export interface BackendChoice {
  /** The name of the upstream. */
  readonly upstream: string;
  /** `namespace/service:port`, as the Ingress has it; undefined where no Service is behind it. */
  readonly service: string | undefined;
  /** How probable it is: 100 where nothing is left to chance. */
  readonly percent: number;
  readonly protocol: Protocol;
  readonly peers: Peers;
  /** Path and query as the backend gets them; undefined for TLS connections that are passed on as they are. */
  readonly uri: string | undefined;
  /** The Host header that it gets. */
  readonly host: string | undefined;
  /** Further headers that the routing sets on the way to it, sorted by name; not those that the client has sent. */
  readonly headers: readonly SetHeader[];
}

import type { AskedRequest, Step } from '../explain/model.ts';

/** A request, and what is expected to become of it. */
export interface RouteTest {
  readonly name: string;
  readonly request: AskedRequest;
  /** The client follows redirects; what is expected is said of the last answer. */
  readonly follows: boolean;
  readonly expected: Expectation;
}

/** What is expected of an answer: all of it must be so, and nothing of `not`. */
export interface Expectation extends Facts {
  readonly not?: Facts;
  /** What a running nginx is expected to say besides: nobody can tell it from manifests. */
  readonly live?: LiveFacts;
}

/** What may be said of an answer. What is missing does not matter. */
export interface Facts {
  readonly status?: ExpectedStatus;
  /** The Services of which one may answer; never empty. */
  readonly service?: readonly ExpectedService[];
  /** The Ingress that takes the request: `namespace/name`, or its name alone. */
  readonly ingress?: string;
  /** The Location of a redirect. */
  readonly location?: string;
  /** Path and query that the backend gets. */
  readonly uri?: string;
  /** The Host header that the backend gets. */
  readonly host?: string;
  /** Other headers that the backend gets. */
  readonly headers?: readonly ExpectedHeader[];
  /** Headers that nginx puts into the response. */
  readonly responseHeaders?: readonly ExpectedHeader[];
  readonly auth?: ExpectedAuth;
  /** The Secret of the certificate that is shown: `namespace/name`, or what is shown instead. */
  readonly tls?: string;
}

/** A status that nginx answers with by itself, or what happens instead. */
export type ExpectedStatus = number | StatusWord;

/** A backend answers, with whatever status; the connection is closed; nobody can tell without nginx. */
export const STATUS_WORDS = ['backend', 'closed', 'unclear'] as const;

export type StatusWord = (typeof STATUS_WORDS)[number];

/** Kinds of authentication, any of them, or none at all. */
export const AUTH_WORDS = ['required', 'none', 'basic', 'external', 'client-certificate'] as const;

export type ExpectedAuth = (typeof AUTH_WORDS)[number];

export interface ExpectedService {
  /** `namespace/name:port`; namespace and port may be left out. */
  readonly service: string;
  /** How many of a hundred requests go there. */
  readonly percent?: number;
}

export interface ExpectedHeader {
  readonly name: string;
  /** Undefined: there must be none. */
  readonly value: string | undefined;
}

/** What is said of an answer that came over the network, also of one of a backend. */
export interface LiveFacts {
  readonly status?: number;
  readonly headers?: readonly ExpectedHeader[];
  /** A text that is part of the body. */
  readonly body?: string;
}

/** One thing that is not as expected. */
export interface Mismatch {
  /** As the file has it: `service`, `headers.X-Team`, `not.status`. */
  readonly field: string;
  readonly expected: string;
  readonly got: string;
}

/** What came of a test: it has passed where there is no mismatch. */
export interface Verdict {
  readonly mismatches: readonly Mismatch[];
  /** The first step of the explanation that made a difference, and where it stands among the steps. */
  readonly wrongStep?: { readonly index: number; readonly step: Step };
}

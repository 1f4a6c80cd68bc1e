import type { Location, Routing, Server } from '../../routing/model.ts';
import type { Phase } from '../../routing/phases.ts';
import type { Applied, PolicyTypes, Scope } from '../../routing/policies.ts';
import type { AskedRequest, Cause, SetHeader, Step, StepName, StepVerdict } from './model.ts';

/** A request at its server, before a location is chosen. */
export interface AtServer {
  readonly request: AskedRequest;
  readonly routing: Routing;
  readonly server: Server;
  /** The path, decoded and normalised as nginx does: each character is a byte. What follows the `?` is as it was sent. */
  readonly path: string;
  readonly query: string | undefined;
  /** Whom nginx takes for the client. */
  readonly clientIp: string | undefined;
}

/** A request at its location. */
export interface OnTheWay extends AtServer {
  readonly location: Location;
  /** The groups of the expression of the location, the whole first: bytes as text. */
  readonly groups: readonly (string | undefined)[];
}

/** What a policy does to one request. The engine makes a Step of it, with the askers of the policy as causes. */
export interface Effect {
  readonly name: StepName;
  readonly verdict: StepVerdict;
  readonly text: string;
  readonly details?: readonly string[];
  /** Instead of the askers of the policy. */
  readonly causes?: readonly Cause[];
  /** With `answered`: what the client gets. */
  readonly answer?: EffectAnswer;
  /** With `answered`: what would have to be there for a backend to answer, each a sentence. */
  readonly advice?: readonly string[];
  /** Why nobody can tell without nginx what comes of the request: it ends here. Continues `It cannot be told: `. */
  readonly unclear?: string;
  /** In place of the path and the query of the request; effects after it in nginx's order see these. */
  readonly uri?: NewUri;
  /** Headers of the request to the backend: of one name the last counts. */
  readonly requestHeaders?: readonly SetHeader[];
  /** Headers of the response, also of one that nginx makes itself. */
  readonly responseHeaders?: readonly SetHeader[];
}

export interface NewUri {
  /** Decoded, as that of the request. */
  readonly path: string;
  readonly query: string | undefined;
  /** Else the location is chosen anew. */
  readonly isFinal: boolean;
}

export interface EffectAnswer {
  readonly status: number;
  /** The Location of a redirect. */
  readonly url?: string;
  readonly reason: string;
  /** nginx sends a body of its own with it, so that no error page replaces it. */
  readonly hasBody?: true;
}

/**
 * How a policy of one scope and name acts on a request. `phase` is that in which its renderer writes
 * (routing/phases.ts), `server` for what stands in the server and is run before a location is chosen, or `connection` for
 * what nginx looks at before it runs anything. Policies of all hosts that a location has under the same name are asked
 * there alone.
 */
export type Explainer<P> =
  | {
      readonly phase: 'connection' | 'server';
      readonly explain: (applied: Applied<P>, request: AtServer) => readonly Effect[];
    }
  | { readonly phase: Phase; readonly explain: (applied: Applied<P>, request: OnTheWay) => readonly Effect[] };

/** `silent`: nothing that decides where a request goes or what it is answered; a short reason. */
export type ExplainerOf<P> = Explainer<P> | readonly Explainer<P>[] | { readonly silent: string };

/** All policies that there are, in the order of their renderers: one that is missing does not compile. */
export type Explainers = {
  readonly [S in Exclude<Scope, 'main'>]: { readonly [N in keyof PolicyTypes[S]]: ExplainerOf<PolicyTypes[S][N]> };
};

/** A step of an effect. */
export function stepOf({ name, verdict, text, details = [], causes = [] }: Effect): Step {
  return { name, verdict, text, details, causes };
}

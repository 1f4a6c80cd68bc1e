import type { Location, Routing, Server } from '../../routing/model.ts';
import type { Phase } from '../../routing/phases.ts';
import type { Applied, PolicyTypes, Scope } from '../../routing/policies.ts';
import type { AskedRequest, Cause, Step, StepName, StepVerdict } from './model.ts';

/** A request on its way, as far as it has come. */
export interface OnTheWay {
  readonly request: AskedRequest;
  readonly routing: Routing;
  readonly server: Server;
  readonly location: Location;
  /** The path, decoded and normalised as nginx does, and what follows the `?`. */
  readonly path: string;
  readonly query: string | undefined;
  /** The groups of the expression of the location: bytes as text. */
  readonly groups: readonly (string | undefined)[];
  /** Whom nginx takes for the client. */
  readonly clientIp: string | undefined;
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
  readonly answer?: { readonly status: number; readonly url?: string; readonly reason: string };
  /** With `answered`: what would have to be there for a backend to answer, each a sentence. */
  readonly advice?: readonly string[];
}

/** How a policy of one scope and name acts on a request. `phase` is that in which its renderer writes (routing/phases.ts). */
export interface Explainer<P> {
  readonly phase: Phase;
  readonly explain: (applied: Applied<P>, request: OnTheWay) => readonly Effect[];
}

/** `silent`: nothing that decides where a request goes or what it is answered; a short reason. */
export type ExplainerOf<P> = Explainer<P> | readonly Explainer<P>[] | { readonly silent: string };

/** All policies that there are: one that is missing does not compile. */
export type Explainers = {
  readonly [S in Exclude<Scope, 'main'>]: { readonly [N in keyof PolicyTypes[S]]: ExplainerOf<PolicyTypes[S][N]> };
};

/** A step of an effect. */
export function stepOf({ name, verdict, text, details = [], causes = [] }: Effect): Step {
  return { name, verdict, text, details, causes };
}

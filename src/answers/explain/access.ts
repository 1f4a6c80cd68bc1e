import type { Effect, Explainer, OnTheWay } from './explainer.ts';
import { checkAddress } from './address-check.ts';
import { checkPassword } from './policies/basic-auth.ts';
import { askService } from './policies/external-auth.ts';
import { needsTls } from './policies/client-certificate.ts';
import { askerText, causesOf } from './asking.ts';

/** One of the checks of a location: of the address, the password, or the answer of a service. */
interface Check {
  readonly effect: Effect;
  /** Whether it lets the client in by itself, where one is enough. */
  readonly isSatisfied: boolean;
}

/** The parts of a routing that ask who a client is, in the order in which one of them tells of all. */
export type Gate =
  | 'satisfy'
  | 'sourceRange'
  | 'basicAuth'
  | 'externalAuth'
  | 'globalAuth'
  | 'snippet'
  | 'server'
  | 'allSnippet'
  | 'all';

/**
 * Tells of all checks of a location at once, where `gate` is the first that it has: nginx looks at the address, then at
 * the password, then asks the service, whatever asks for them, and `satisfy` counts for all of them.
 */
export function accessBy<P>(gate: Gate): Explainer<P> {
  return { phase: 'guard', explain: (_, at) => (leadingGate(at) === gate ? access(at) : []) };
}

function leadingGate({ location, server, routing }: OnTheWay): Gate | undefined {
  const { satisfy, sourceRange, basicAuth, externalAuth, globalAuth, configurationSnippet } = location.policies;
  if (satisfy?.asks.isOneEnough === true) return 'satisfy';
  if (sourceRange !== undefined) return 'sourceRange';
  if (basicAuth !== undefined) return 'basicAuth';
  if (externalAuth !== undefined) return 'externalAuth';
  if (globalAuth !== undefined) return 'globalAuth';
  if (configurationSnippet !== undefined) return 'snippet';
  if (server.policies.serverSnippet !== undefined) return 'server';
  if (routing.http.serverSnippet !== undefined) return 'allSnippet';
  return routing.http.sourceRange === undefined ? undefined : 'all';
}

/** Whether a location has anything that guards it, so that its 404 is answered behind that. See src/nginx/blocks/location.ts. */
export function hasGuards({ location, server }: Pick<OnTheWay, 'location' | 'server'>): boolean {
  const { limits, satisfy, sourceRange, basicAuth, externalAuth, globalAuth, configurationSnippet } = location.policies;
  const snippet = configurationSnippet?.asks.statements ?? [];
  const asked = [limits, sourceRange, basicAuth, externalAuth, globalAuth];
  return (
    asked.some(policy => policy !== undefined) ||
    satisfy?.asks.isOneEnough === true ||
    snippet.some(({ kind }) => kind === 'access' || kind === 'limit-except') ||
    needsTls(server.policies.clientCertificate?.asks, location)
  );
}

function access(at: OnTheWay): readonly Effect[] {
  const { satisfy } = at.location.policies;
  const effects = satisfy?.asks.isOneEnough === true ? oneOf(at, satisfy.from) : allOf(at);
  if (at.location.policies.basicAuth === undefined) return effects;
  // No backend sees a password, not even one that nobody has asked for.
  return effects.map(effect => ({
    ...effect,
    requestHeaders: [...(effect.requestHeaders ?? []), { name: 'Authorization', value: '' }],
  }));
}

/** The checks in nginx's order; later ones are made only when they are asked for. */
function* checks(at: OnTheWay): Generator<Check> {
  const { basicAuth, externalAuth, globalAuth } = at.location.policies;
  const address = checkAddress(at);
  if (address !== undefined) {
    const { effect, finding } = address;
    yield { effect, isSatisfied: finding === 'allowed' || finding === 'unknown' };
  }
  if (basicAuth !== undefined) yield checkOf(checkPassword(basicAuth, at));
  if (externalAuth !== undefined) yield checkOf(askService(externalAuth, at));
  if (globalAuth !== undefined) yield checkOf(askService(globalAuth, at));
}

function checkOf(effect: Effect): Check {
  return { effect, isSatisfied: effect.answer === undefined };
}

function allOf(at: OnTheWay): readonly Effect[] {
  const effects: Effect[] = [];
  for (const { effect } of checks(at)) {
    effects.push(effect);
    if (effect.answer !== undefined) break;
  }
  return effects;
}

/** Of several refusals, the one that asks for a password is answered. */
function oneOf(at: OnTheWay, from: Parameters<typeof causesOf>[0]): readonly Effect[] {
  const asker = from[0] === undefined ? 'satisfy' : askerText(from[0]);
  const effects: Effect[] = [];
  const refusals: Effect[] = [];
  for (const { effect, isSatisfied } of checks(at)) {
    if (isSatisfied) {
      const text = `${effect.text}; that is enough (${asker})`;
      return [...effects, { ...effect, text }];
    }
    if (effect.answer !== undefined) refusals.push(effect);
    else effects.push(effect);
  }
  const answered = refusals.find(({ answer }) => answer?.status === 401) ?? refusals[0];
  if (answered === undefined) return effects;
  const others = refusals.filter(refusal => refusal !== answered);
  return [
    ...effects,
    ...others.map(asPassed),
    {
      ...answered,
      details: [...(answered.details ?? []), `passing one of the checks would be enough (${asker})`],
      advice: refusals.flatMap(({ advice = [] }) => advice),
      causes: [...(answered.causes ?? []), ...causesOf(from)],
    },
  ];
}

/** A refusal that is not the one that is answered. */
function asPassed({ name, text, details = [], causes = [] }: Effect): Effect {
  return { name, verdict: 'passed', text: `${text}; another check may still let the request in`, details, causes };
}

import type { Listeners } from '../../routing/model.ts';
import type { Explanation } from './model.ts';
import { step } from './step.ts';

const SCHEMES = {
  http: { usual: 80, name: 'plain HTTP', other: 'https' },
  https: { usual: 443, name: 'HTTPS', other: 'http' },
} as const;

/**
 * What a port in the URL changes of an explanation, which is for the port of its scheme. The usual ports count as well:
 * a Service leads them to those of nginx.
 */
export function atPort(explanation: Explanation, port: number, listeners: Listeners): Explanation {
  const { scheme } = explanation.request;
  const { other, name, usual } = SCHEMES[scheme];
  const { httpPort, httpsPort } = listeners;
  const ports = { http: httpPort, https: httpsPort };
  if (port === ports[scheme]) return explanation;
  if (port === ports[other]) return atOtherScheme(explanation, port, ports[scheme]);
  if (port === usual) return explanation;
  if (port === SCHEMES[other].usual) return atOtherScheme(explanation, port, usual);
  const text = `the URL names port ${port}, on which nginx does not listen here (${httpPort} and ${httpsPort}): taken as ${name}`;
  return {
    ...explanation,
    steps: explanation.steps.map(each =>
      each.name === 'listener' && each.verdict === 'chose'
        ? { ...each, verdict: 'assumed', details: [text, ...each.details] }
        : each,
    ),
  };
}

/** nginx tells plain HTTP by its first byte where it takes TLS, and understands no TLS elsewhere. */
function atOtherScheme({ request }: Explanation, port: number, own: number): Explanation {
  const { scheme } = request;
  const { other, name } = SCHEMES[scheme];
  const reason = `${name === 'HTTPS' ? 'a TLS handshake' : name} was sent to port ${port}, which takes ${SCHEMES[other].name}`;
  return {
    request,
    steps: [step('listener', 'answered', reason)],
    outcome: scheme === 'http' ? { kind: 'answer', status: 400, reason } : { kind: 'closed', reason },
    responseHeaders: [],
    advice: [`Write ${other}:// for port ${port}, or name port ${own}`],
  };
}

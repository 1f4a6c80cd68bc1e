import { objectText } from '../../diagnostics/place.ts';
import type { FoundServer, ShownTls } from '../../routing/match-server.ts';
import type { Passthrough, Routing } from '../../routing/model.ts';
import { placesText } from './backend.ts';
import type { AskedRequest, Step } from './model.ts';
import { fieldCauses, step } from './step.ts';
import type { End, Trail } from './trail.ts';

/** There is no TLS connection. */
export function refusedByTls(reason: string, trail: Trail): End {
  trail.steps.push(step('tls', 'answered', `the TLS handshake is rejected: ${reason}`));
  const advice = [
    'Add a TLS entry with the host and a Secret that is in the input to an Ingress, or name a default certificate',
  ];
  return { outcome: { kind: 'closed', reason: `the TLS handshake is rejected: ${reason}` }, advice };
}

/** The connection goes to the backend of the host as it is. */
export function passed({ host, to, from }: Passthrough, trail: Trail): End {
  const causes = fieldCauses(from);
  if (to === undefined) {
    const reason = `TLS connections for ${host} are passed through, and no backend is there`;
    trail.steps.push(step('tls', 'answered', reason, { causes }));
    const advice = ['Give the path "/" of the host a Service that has ready endpoints'];
    return { outcome: { kind: 'closed', reason }, advice };
  }
  const text = `the connection is passed through to Service ${to.service} as it is (ssl-passthrough): paths and annotations do not count`;
  trail.steps.push(step('tls', 'chose', text, { causes }));
  const { service, peers } = to;
  trail.steps.push(
    step('upstream', 'chose', `Service ${service}, ${placesText(peers)}, over TLS of its own`, { causes }),
  );
  const choice = {
    upstream: host,
    service,
    percent: 100,
    protocol: 'https',
    peers,
    uri: undefined,
    host: undefined,
    headers: [],
  } as const;
  return { outcome: { kind: 'backend', choices: [choice] }, advice: [] };
}

/** The certificate that the client sees. */
export function tlsStep({ server, shows, isOwn }: ShownTls, { host }: AskedRequest, routing: Routing): Step {
  if (shows.kind === 'placeholder') {
    const text = 'the self-signed placeholder certificate, which clients do not trust';
    return step('tls', 'chose', text, { details: [whyNotOwn(server.host, host)] });
  }
  const file = routing.files.find(({ kind, id }) => kind === 'key-pair' && id === shows.id);
  const name = file === undefined ? shows.id : objectText(file.from.resource);
  const text = isOwn ? `the certificate of ${name}` : `the default certificate, ${name}`;
  const details = isOwn ? [] : [whyNotOwn(server.host, host)];
  return step('tls', 'chose', text, { details, causes: file === undefined ? [] : fieldCauses([file.from]) });
}

function whyNotOwn(server: string, host: string): string {
  return server === '_'
    ? `no host has the name ${host}`
    : `no TLS entry of an Ingress has the host ${server} and a Secret that can be used`;
}

/** The server, and those that might have been meant. */
export function serverStep({ server, name, because, losers }: FoundServer): Step {
  const text = name === '_' ? `the default server, ${because}` : `the server ${name}, ${because}`;
  const details = losers.map(loser => `not ${loser.name}: ${loser.reason}`);
  return step('server', 'chose', text, { details, causes: fieldCauses(server.from) });
}

/**
 * Why nginx takes a method for none.
 * Source: nginx, ngx_http_parse_request_line.
 */
export function problemOfMethod(method: string): string | undefined {
  return /^[A-Z_-]+$/.test(method) ? undefined : `"${method}" is no method: methods are in upper case`;
}

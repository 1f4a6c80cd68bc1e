import type { Location, RequestTest, Routing, Server, Split } from '../../../routing/model.ts';
import { askedRequest } from '../../explain/asked-url.ts';
import type { AskedUrl } from '../../explain/asked-url.ts';
import type { AskedRequest } from '../../explain/model.ts';
import { examplesOf } from './pcre-example.ts';

/** A request that shows something of a location, and what is special about it. */
export interface Sample {
  readonly request: AskedRequest;
  /** Stands behind the name of its test: ` with the cookie canary=always`. */
  readonly but: string;
}

/** A client that no list of addresses has, as a rule: addresses for documentation. */
const STRANGER = '192.0.2.1';

/** Whatever it is, it is taken for right. */
const PASSWORD = [{ name: 'Authorization', value: 'Basic dXNlcjpwYXNzd29yZA==' }];

/** The request that a location is for, and those that it treats in another way. */
export function samplesOf(
  url: AskedUrl,
  { server, location }: { readonly server: Server; readonly location: Location },
  routing: Routing,
): readonly Sample[] {
  const { policies } = location;
  const range = policies.sourceRange ?? routing.http.sourceRange;
  const friend = range?.asks.allowed?.map(addressIn).find(address => address !== undefined);
  const clientIp = range === undefined ? undefined : (friend ?? '198.51.100.1');
  const plain = askedRequest(url, { clientIp });
  const from = clientIp === undefined ? '' : ` from ${clientIp}`;
  const stranger = range?.asks.denied.map(addressIn).find(address => address !== undefined) ?? STRANGER;
  return [
    { request: plain, but: from },
    ...(range === undefined ? [] : [{ request: askedRequest(url, { clientIp: stranger }), but: ` from ${stranger}` }]),
    ...(policies.basicAuth === undefined
      ? []
      : [{ request: askedRequest(url, { headers: PASSWORD, clientIp }), but: ' with a password' }]),
    ...(server.policies.clientCertificate === undefined || url.scheme === 'http'
      ? []
      : [{ request: askedRequest(url, { hasClientCertificate: true, clientIp }), but: ' with a client certificate' }]),
    ...rulesOf(location, routing).flatMap(test => sampleOf(test, url, clientIp)),
  ];
}

/** An address of a network: of several the second, since the first one is that of the network itself. */
function addressIn(network: string): string | undefined {
  const [address = '', length] = network.split('/');
  if (address === '0.0.0.0' || address === '::') return undefined;
  if (length === undefined || length === '32' || length === '128') return address;
  return address.replace(/\.0$/, '.1').replace(/::$/, '::1');
}

function rulesOf({ target }: Location, { splits }: Routing): readonly RequestTest[] {
  if (target.kind !== 'proxy' || target.to.kind !== 'split') return [];
  const { name } = target.to;
  const split: Split | undefined = splits.find(each => each.name === name);
  return (split?.rules ?? []).map(({ when }) => when);
}

function sampleOf({ of, name, is }: RequestTest, url: AskedUrl, clientIp: string | undefined): readonly Sample[] {
  const [value] = is.kind === 'text' ? [is.text] : examplesOf(is.regex);
  if (value === undefined || /[\p{Cc}\p{Cs}]/u.test(value)) return [];
  const pair = { name, value };
  const parts = of === 'header' ? { headers: [pair] } : { cookies: [pair] };
  const but = of === 'header' ? ` with the header ${name}: ${value}` : ` with the cookie ${name}=${value}`;
  return [{ request: askedRequest(url, { ...parts, clientIp }), but }];
}

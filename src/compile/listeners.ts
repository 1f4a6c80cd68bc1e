import type { Report } from '../diagnostics/diagnostic.ts';
import { listed } from '../diagnostics/words.ts';
import type { ControllerConfig } from '../options/config.ts';
import type { Listeners, PassingPorts, Routing } from '../routing/model.ts';
import { overruledListenOption } from './rules/listeners.ts';
import type { CompileSettings } from './settings.ts';

const HIGHEST_PORT = 65_535;

/** Free ports as near below one as there are, else above it. */
function portsNear(port: number, taken: ReadonlySet<number>): readonly [number, number] {
  const free: number[] = [];
  for (let next = port - 1; next > 0 && free.length < 2; next -= 1) if (!taken.has(next)) free.push(next);
  for (let next = port + 1; next <= HIGHEST_PORT && free.length < 2; next += 1) if (!taken.has(next)) free.push(next);
  const [first = 0, second = 0] = free;
  return [first, second];
}

type Found = Pick<Routing, 'streams' | 'passthroughs'>;

/** The ports behind that of HTTPS, like 442 of the controller behind 443; undefined where none are needed. */
function passingPorts(
  { httpPort, httpsPort, sslPassthroughProxyPort }: CompileSettings,
  { values }: ControllerConfig,
  { streams, passthroughs }: Found,
): PassingPorts | undefined {
  if (passthroughs.length === 0) return undefined;
  const taken = new Set([httpPort, httpsPort]);
  for (const { protocol, port } of streams) if (protocol === 'TCP') taken.add(port);
  const begin = sslPassthroughProxyPort === undefined ? httpsPort : sslPassthroughProxyPort + 1;
  const [https, passed] = portsNear(begin, taken);
  return { https, passed, headerTimeout: String(values['proxy-protocol-header-timeout']) };
}

const ALL_IPV4 = '0.0.0.0';
const ALL_IPV6 = '::';

/** A list of an option, whose type is that of its spec. */
function listOf(name: ListOption, { values }: ControllerConfig): readonly string[] {
  const value = values[name];
  return Array.isArray(value) ? value.map(String) : [];
}

type ListOption = 'bind-address' | 'bind-address-ipv4' | 'bind-address-ipv6';

/** Those of one kind that options name; all where they name none. */
function bound(own: ListOption, all: string, config: ControllerConfig): readonly string[] {
  const isOfKind = (address: string): boolean => address.includes(':') === all.includes(':');
  const named = listOf(own, config);
  const found = named.length > 0 ? named : listOf('bind-address', config).filter(isOfKind);
  return found.length > 0 ? found : [all];
}

const OPTIONS = ['bind-address', 'bind-address-ipv4', 'bind-address-ipv6', 'disable-ipv6'];

/**
 * What nginx listens on: of IPv4 and IPv6, as far as the machine has them, what options name.
 * Source: ingress-nginx 1.15.1, internal/ingress/controller/template/template.go, buildHTTPListener.
 */
function addressesOf(settings: CompileSettings, config: ControllerConfig, report: Report): readonly string[] {
  const { listen } = settings;
  // Whoever names single addresses means those, and no others.
  const isGiven = settings.isListenGiven === true || listen.some(each => each !== ALL_IPV4 && each !== ALL_IPV6);
  if (isGiven) {
    const written = OPTIONS.find(name => config.written.has(name));
    const at = written === undefined ? undefined : config.written.get(written)?.field;
    if (written !== undefined && at !== undefined) {
      const message = `the option ${written} has no effect: nginx listens on ${listed(listen)}`;
      report({ rule: overruledListenOption, message, help: 'name the addresses with --listen', at });
    }
    return listen;
  }
  const hasIpv6 = listen.includes(ALL_IPV6) && config.values['disable-ipv6'] !== true;
  return [
    ...(listen.includes(ALL_IPV4) ? bound('bind-address-ipv4', ALL_IPV4, config) : []),
    ...(hasIpv6 ? bound('bind-address-ipv6', ALL_IPV6, config) : []),
  ];
}

/** Where clients connect, and how their connections begin. */
export function chooseListeners(
  settings: CompileSettings,
  config: ControllerConfig,
  found: Found,
  report: Report,
): Listeners {
  const { httpPort, httpsPort } = settings;
  const passing = passingPorts(settings, config, found);
  return {
    addresses: addressesOf(settings, config, report),
    httpPort,
    httpsPort,
    ...(config.values['use-proxy-protocol'] === true ? { takesProxyProtocol: true } : {}),
    ...(config.values['reuse-port'] === true ? { reusesPort: true } : {}),
    ...(passing === undefined ? {} : { passing }),
  };
}

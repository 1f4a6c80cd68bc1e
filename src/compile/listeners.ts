import type { ControllerConfig } from '../options/config.ts';
import type { Listeners, PassingPorts, Routing } from '../routing/model.ts';
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

/** Where clients connect, and how their connections begin. */
export function chooseListeners(settings: CompileSettings, config: ControllerConfig, found: Found): Listeners {
  const { listen, httpPort, httpsPort } = settings;
  const passing = passingPorts(settings, config, found);
  return {
    addresses: listen,
    httpPort,
    httpsPort,
    ...(config.values['use-proxy-protocol'] === true ? { takesProxyProtocol: true } : {}),
    ...(passing === undefined ? {} : { passing }),
  };
}

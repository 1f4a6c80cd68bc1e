import { isIP } from '../json/ip.ts';
import { keyOfObject } from '../cluster/object-name.ts';
import type { HostRef } from '../cluster/backend-ref.ts';
import type { Service } from '../resources/model.ts';
import type { BackendWorld, Lookup } from './backends.ts';
import { throughForward } from './outside-cluster.ts';
import { assuming, lacking, nowhere, toName, toVia } from './reached.ts';
import type { Reached } from './reached.ts';
import { isOutside, knownResolvers } from './resolvers.ts';
import { missingService, missingServicePort, noReadyEndpoints } from './rules/backends.ts';
import { externalNameLeadsNowhere, nameFromHostsFile } from './rules/external-names.ts';
import { noResolver } from './rules/resolvers.ts';
import { findServicePort, portText, targetPortOf } from './service-ports.ts';

/** A name that somebody gives a backend. */
interface NamedHost extends HostRef {
  /** `namespace/name` of the ExternalName Service; undefined: a URL names it. */
  readonly service: string | undefined;
}

function saidOf({ service }: NamedHost, target: string): string {
  return service === undefined ? `the host is ${target}` : `the Service ${service} is an alias for ${target}`;
}

/** Resolvers answer that there is no such name (RFC 6761, 6.4). */
function isNeverFound(host: string): boolean {
  return host === 'invalid' || host.endsWith('.invalid');
}

/**
 * What a name in the domain of the cluster stands for: a Service, what could be one with a namespace, or something else.
 * `web.shop.svc` is what people write for it, and the controller finds it by its search domains.
 */
function readClusterName(
  host: string,
  domain: string,
): { readonly namespace: string; readonly name: string } | 'no namespace' | undefined {
  const suffix = [`.svc.${domain}`, '.svc'].find(end => host.endsWith(end));
  if (suffix === undefined) return undefined;
  const [name = '', namespace, ...more] = host.slice(0, -suffix.length).split('.');
  if (namespace === undefined) return 'no namespace';
  // Three parts name a pod of a headless Service.
  return more.length > 0 ? undefined : { namespace, name };
}

/**
 * The name that an ExternalName Service stands for; an address is taken as it is, and the name of a Service as that
 * Service. A port that the Service lists counts with its target port, another number as it is written in the Ingress.
 * Source: ingress-nginx 1.15.1, internal/ingress/controller/controller.go, externalNamePorts.
 */
export function reachExternalName(service: Service, lookup: Lookup, reach: (lookup: Lookup) => Reached): Reached {
  const { port, key: name } = lookup;
  const found = findServicePort(service, lookup);
  const target = found === undefined ? undefined : targetPortOf(found);
  const number = typeof target === 'number' ? target : (found?.port ?? ('number' in port ? port.number : undefined));
  const host = (service.externalName ?? '').replace(/\.$/, '');
  if (number === undefined) {
    const help = 'list the port in the Service, or use its number';
    return nowhere(missingServicePort, `the Service ${name} has no port "${portText(port)}"`, help);
  }
  return reachNamed({ service: name, host, port: number }, lookup, reach);
}

/** What a lookup has besides the Service that it is for. */
type Rest = Omit<Lookup, 'namespace' | 'service' | 'key' | 'port'>;

/** The host of a URL, in the same way as an external name. */
export function reachHost(host: HostRef, rest: Rest, reach: (lookup: Lookup) => Reached): Reached {
  return reachNamed({ service: undefined, ...host }, rest, reach);
}

function reachNamed(named: NamedHost, lookup: Rest, reach: (lookup: Lookup) => Reached): Reached {
  const { host, port } = named;
  if (isIP(host) !== 0) return toVia('address', [{ address: host, port }]);
  if (isNeverFound(host)) {
    const message = `${saidOf(named, `"${host}"`)}, but names in .invalid never resolve`;
    const help = named.service === undefined ? 'write' : 'set `externalName` to';
    return nowhere(noReadyEndpoints, message, `${help} a name that DNS resolves`);
  }
  const inCluster = readClusterName(host, lookup.settings.clusterDomain);
  if (inCluster === 'no namespace') {
    const message = `${saidOf(named, `"${host}"`)}, which is not a Service: the namespace is missing`;
    const help = `write it as ${host.replace('.', '.NAMESPACE.')}`;
    return nowhere(externalNameLeadsNowhere, message, help);
  }
  return inCluster === undefined ? reachName(named, lookup) : followName(named, inCluster, { lookup, reach });
}

/** A name that stands for a Service is reached as that Service is: by its endpoints, its node port … */
function followName(
  named: NamedHost,
  { namespace, name }: { readonly namespace: string; readonly name: string },
  { lookup, reach }: { readonly lookup: Rest; readonly reach: (lookup: Lookup) => Reached },
): Reached {
  const { world, settings, passed } = lookup;
  const key = keyOfObject(namespace, name);
  if (passed.includes(key)) {
    const message = `the external name of Service ${named.service ?? ''} leads back to the Service ${key}`;
    return nowhere(externalNameLeadsNowhere, message, 'set `externalName` to another host');
  }
  if (world.services.get(key) !== undefined || world.endpoints.get(key) !== undefined) {
    const port = { number: named.port };
    return reach({ ...lookup, namespace, service: name, key, port, passed: [...passed, key] });
  }
  if (settings.backendAddress === 'port-forward') return throughForward(key, named.port, settings);
  if (settings.backendAddress !== 'node-port') {
    const reached = toName(`${name}.${namespace}.svc.${settings.clusterDomain}`, named.port, ['service-name']);
    return { ...reached, absent: key };
  }
  const message = `${saidOf(named, `the Service ${key}`)}, which is not in the input`;
  const help = 'add it to the input, or correct the name';
  return lacking({ kind: 'Service', key }, { rule: missingService, message, help });
}

/** A name that only DNS knows. */
function reachName(named: NamedHost, { settings, world }: Pick<Lookup, 'settings'> & { world: BackendWorld }): Reached {
  const { service, host, port } = named;
  if (knownResolvers(settings, world).length > 0) return toName(host, port, []);
  const addresses = settings.localNames.get(host);
  if (addresses !== undefined) {
    const message = `${saidOf(named, `"${host}"`)}, which the hosts file of this machine has: ${addresses.join(', ')} is used`;
    const help = 'use --resolver IP to look it up while requests are served';
    return {
      ...toVia(
        'address',
        addresses.map(address => ({ address, port })),
      ),
      finding: { rule: nameFromHostsFile, message, help },
    };
  }
  if (settings.machineResolvers.length > 0) return toName(host, port, []);
  if (!isOutside(settings))
    return assuming(toName(host, port, []), service === undefined ? 'host-name' : 'external-name');
  const whose = service === undefined ? '' : `, the name of Service ${service}`;
  const message = `no DNS server is known for looking up "${host}"${whose}`;
  return nowhere(
    noResolver,
    message,
    'set one with --resolver IP, or use those of this machine with --resolver system',
  );
}

import { isIP } from 'node:net';
import { keyOfObject } from '../cluster/object-name.ts';
import type { Service } from '../resources/model.ts';
import type { BackendWorld, Lookup } from './backends.ts';
import { throughForward } from './outside-cluster.ts';
import { assuming, nowhere, to, toName } from './reached.ts';
import type { Reached } from './reached.ts';
import { isOutside, knownResolvers } from './resolvers.ts';
import { missingService, missingServicePort, noReadyEndpoints } from './rules/backends.ts';
import { externalNameLeadsNowhere, nameFromHostsFile } from './rules/external-names.ts';
import { noResolver } from './rules/resolvers.ts';
import { findServicePort, portText, targetPortOf } from './service-ports.ts';

/** Where an ExternalName Service leads. */
interface ExternalName {
  /** `namespace/name` of the Service. */
  readonly service: string;
  /** Without a dot at its end. */
  readonly host: string;
  readonly port: number;
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
  const { port } = lookup;
  const name = keyOfObject(service.namespace, service.name);
  const found = findServicePort(service, lookup);
  const target = found === undefined ? undefined : targetPortOf(found);
  const number = typeof target === 'number' ? target : (found?.port ?? ('number' in port ? port.number : undefined));
  const host = (service.externalName ?? '').replace(/\.$/, '');
  if (number === undefined) {
    const help = 'list the port in the Service, or use its number';
    return nowhere(missingServicePort, `the Service ${name} has no port "${portText(port)}"`, help);
  }
  if (isIP(host) !== 0) return to([{ address: host, port: number }]);
  if (isNeverFound(host)) {
    const message = `the Service ${name} is an alias for "${host}", but names in .invalid never resolve`;
    return nowhere(noReadyEndpoints, message, 'set `externalName` to a name that DNS resolves');
  }
  const external = { service: name, host, port: number };
  const inCluster = readClusterName(host, lookup.settings.clusterDomain);
  if (inCluster === 'no namespace') {
    const message = `the Service ${name} is an alias for "${host}", which is not a Service: the namespace is missing`;
    const help = `write it as ${host.replace('.', '.NAMESPACE.')}`;
    return nowhere(externalNameLeadsNowhere, message, help);
  }
  return inCluster === undefined ? reachName(external, lookup) : followName(external, inCluster, { lookup, reach });
}

/** A name that stands for a Service is reached as that Service is: by its endpoints, its node port … */
function followName(
  external: ExternalName,
  { namespace, name }: { readonly namespace: string; readonly name: string },
  { lookup, reach }: { readonly lookup: Lookup; readonly reach: (lookup: Lookup) => Reached },
): Reached {
  const { world, settings, passed } = lookup;
  const key = keyOfObject(namespace, name);
  if (passed.includes(key)) {
    const message = `the external name of Service ${external.service} leads back to the Service ${key}`;
    return nowhere(externalNameLeadsNowhere, message, 'set `externalName` to another host');
  }
  if (world.services.get(key) !== undefined || world.endpoints.get(key) !== undefined) {
    const port = { number: external.port };
    return reach({ ...lookup, namespace, service: name, port, passed: [...passed, key] });
  }
  if (settings.backendAddress === 'port-forward') return throughForward(key, external.port, settings);
  if (settings.backendAddress !== 'node-port') {
    return toName(`${name}.${namespace}.svc.${settings.clusterDomain}`, external.port, ['service-name']);
  }
  const message = `the Service ${external.service} is an alias for the Service ${key}, which is not in the input`;
  return nowhere(missingService, message, 'add it to the input, or correct the name');
}

/** A name that only DNS knows. */
function reachName(
  external: ExternalName,
  { settings, world }: Pick<Lookup, 'settings'> & { world: BackendWorld },
): Reached {
  const { service, host, port } = external;
  if (knownResolvers(settings, world).length > 0) return toName(host, port, []);
  const addresses = settings.localNames.get(host);
  if (addresses !== undefined) {
    const message = `the Service ${service} is an alias for "${host}", which the hosts file of this machine has: ${addresses.join(', ')} is used`;
    const help = 'use --resolver IP to look it up while requests are served';
    return {
      ...to(addresses.map(address => ({ address, port }))),
      finding: { rule: nameFromHostsFile, message, help },
    };
  }
  if (settings.machineResolvers.length > 0) return toName(host, port, []);
  if (!isOutside(settings)) return assuming(toName(host, port, []), 'external-name');
  const message = `no DNS server is known for looking up "${host}", the name of Service ${service}`;
  return nowhere(
    noResolver,
    message,
    'set one with --resolver IP, or use those of this machine with --resolver system',
  );
}

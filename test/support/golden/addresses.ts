import { collect } from '../../../src/diagnostics/diagnostic.ts';
import { parseSources } from '../../../src/manifests/parse-sources.ts';
import type { EndpointSet, Resource, Service } from '../../../src/resources/model.ts';
import { validateObjects } from '../../../src/resources/validate.ts';

/** ADDRESS:PORT as nginx.conf has it, and the Service, as NAMESPACE/NAME, whose requests go there. */
export type Addresses = ReadonlyMap<string, string>;

function withPort(address: string, port: number | undefined): string {
  return `${address.includes(':') ? `[${address}]` : address}:${port}`;
}

function ofEndpoints({ groups }: EndpointSet): readonly string[] {
  return groups.flatMap(({ ports, endpoints }) =>
    endpoints.flatMap(({ address }) => ports.map(({ port }) => withPort(address, port))),
  );
}

function ofService({ name, namespace, clusterIP, externalName, ports }: Service): readonly string[] {
  const own = [`${name}.${namespace}.svc.cluster.local`, clusterIP, externalName];
  return own.flatMap(address => (address === undefined ? [] : ports.map(({ port }) => withPort(address, port))));
}

function rowsOf(resource: Resource): readonly (readonly [address: string, service: string])[] {
  if (resource.kind === 'Service') {
    return ofService(resource).map(address => [address, `${resource.namespace}/${resource.name}`]);
  }
  if (resource.kind !== 'EndpointSet' || resource.service === undefined) return [];
  return ofEndpoints(resource).map(address => [address, `${resource.namespace}/${resource.service}`]);
}

/** All addresses that the objects of an input lead to. Two Services must not share one: it shows which was meant. */
export function addressesOf(text: string): Addresses {
  const { report } = collect();
  const { objects } = parseSources([{ name: 'input.yaml', text }], report);
  const addresses = new Map<string, string>();
  for (const [address, service] of validateObjects(objects, report).flatMap(rowsOf)) {
    const other = addresses.get(address);
    if (other !== undefined && other !== service) throw new Error(`${address} is in ${other} and in ${service}`);
    addresses.set(address, service);
  }
  return addresses;
}

/** Puts other addresses in the place of those of an input. */
export function readdressed(conf: string, others: ReadonlyMap<string, string>): string {
  return conf.replaceAll(/(?<![\w.-])(?:\[[0-9a-f:.]+\]|[\w.-]+):\d+(?![\w.])/gu, found => others.get(found) ?? found);
}

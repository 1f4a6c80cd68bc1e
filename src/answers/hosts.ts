import { isIPv4 } from '../json/ip.ts';
import type { FieldRef } from '../diagnostics/place.ts';
import { objectText } from '../diagnostics/place.ts';
import type { Routing, Server } from '../routing/model.ts';

/** What the status of an Ingress says about where it is reached, by the document of the Ingress. */
export type StatusOf = (document: string) => {
  readonly ips: readonly string[];
  readonly hostnames: readonly string[];
};

/** A host that requests can name, before it has an address. */
export interface KnownHost {
  /** A DNS name in lower case, a wildcard, or `~` and a regular expression. */
  readonly host: string;
  /** The Ingresses that have it, the oldest first. */
  readonly ingresses: readonly string[];
  /** From their status: at most one of each IP version, that of the oldest Ingress. */
  readonly ips: readonly string[];
  /** From their status: addresses that lead nowhere from outside of a virtual machine. */
  readonly dead: readonly string[];
  /** Where the first of these is written. */
  readonly deadAt?: FieldRef;
  /** From their status: names instead of addresses. */
  readonly hostnames: readonly string[];
  /** Whether this machine knows itself by that name. */
  readonly isOfMachine: boolean;
}

/** The machine whose hosts file it is. */
export interface Machine {
  /** In lower case. */
  readonly names: ReadonlySet<string>;
  readonly addresses: ReadonlySet<string>;
}

/** Where an address comes from: the flag, the status of an Ingress, `minikube ip`, or nowhere (this machine). */
export type AddressSource = 'flag' | 'status' | 'minikube' | 'loopback';

export interface HostLine {
  readonly host: string;
  /** IPv4 or IPv6, without brackets. */
  readonly address: string;
  readonly source: AddressSource;
}

/** A host that cannot stand in a hosts file. */
export interface LeftOutHost {
  readonly host: string;
  readonly reason: string;
}

export interface HostAnswer {
  /** In the order of the servers; a host with an IPv4 and an IPv6 address has two lines. */
  readonly lines: readonly HostLine[];
  readonly leftOut: readonly LeftOutHost[];
}

/** Every host that an Ingress names, each with its further names, and what the status of its Ingresses says. */
export function knownHosts(routing: Routing, statusOf: StatusOf, machine: Machine): readonly KnownHost[] {
  const known = new Map<string, Status>();
  const shortOf = (document: string): Status => {
    const status = known.get(document) ?? shortened(statusOf(document), machine);
    known.set(document, status);
    return status;
  };
  return routing.servers
    .filter(({ host }) => host !== '_')
    .flatMap(server => {
      const known = knownHost(server, shortOf);
      const names = [server.host, ...(server.aliases ?? [])];
      return names.map(host => ({ ...known, host, isOfMachine: machine.names.has(host) }));
    });
}

type Status = ReturnType<StatusOf> & Pick<KnownHost, 'dead'>;

/** A controller on the user's own machine publishes this name. */
const THIS_MACHINE = 'localhost';

/** More names say no more. */
const MOST_NAMES = 3;

/** What VirtualBox and QEMU give to every machine behind their NAT, and what means no address at all. */
const DEAD: ReadonlySet<string> = new Set(['10.0.2.15', '0.0.0.0', '::']);

/** As much of a status as a host can use: many hosts may share one that lists many addresses. */
function shortened({ ips, hostnames }: ReturnType<StatusOf>, { addresses }: Machine): Status {
  const lower = ips.map(ip => ip.toLowerCase());
  const isDead = (ip: string): boolean => DEAD.has(ip) && !addresses.has(ip);
  return {
    ips: oneOfEach(lower.filter(ip => !isDead(ip))),
    dead: oneOfEach(lower.filter(isDead)),
    hostnames: hostnames.includes(THIS_MACHINE) ? [THIS_MACHINE] : hostnames.slice(0, MOST_NAMES),
  };
}

/** The first address of each IP version. */
function oneOfEach(ips: readonly string[]): readonly string[] {
  return [ips.find(ip => isIPv4(ip)), ips.find(ip => !isIPv4(ip))].filter(ip => ip !== undefined);
}

function knownHost({ from }: Server, statusOf: (document: string) => Status): Omit<KnownHost, 'host' | 'isOfMachine'> {
  const statuses = from.map(({ field }) => ({ ...statusOf(field.document), field }));
  const at = statuses.find(({ dead }) => dead.length > 0)?.field;
  return {
    ingresses: from.map(({ resource }) => objectText(resource)),
    ips: oneOfEach(statuses.flatMap(status => status.ips)),
    dead: oneOfEach(statuses.flatMap(status => status.dead)),
    ...(at === undefined ? {} : { deadAt: { document: at.document, path: ['status', 'loadBalancer', 'ingress'] } }),
    hostnames: statuses.flatMap(status => status.hostnames),
  };
}

const LINE_FOR_EACH = 'add a line for each name that you use';

/** Whether an address must come from elsewhere than the status. */
export function needsAddress(host: KnownHost): boolean {
  return reasonAgainst(host) === undefined && statusLines(host).length === 0 && host.hostnames.length === 0;
}

/** @param elsewhere The address of hosts whose Ingresses have none. */
export function hostLines(hosts: readonly KnownHost[], elsewhere: Omit<HostLine, 'host'>): HostAnswer {
  const leftOut: LeftOutHost[] = [];
  const lines = hosts.flatMap(known => {
    const { host, hostnames } = known;
    const fromStatus = statusLines(known);
    const against = reasonAgainst(known);
    if (against === undefined && fromStatus.length > 0) return fromStatus;
    // What minikube says leads somewhere; a guess is no better than what the status says.
    const { dead } = known;
    if (needsAddress(known) && (dead.length === 0 || elsewhere.source === 'minikube')) return [{ host, ...elsewhere }];
    if (needsAddress(known)) return dead.map(address => ({ host, address, source: 'status' as const }));
    leftOut.push({ host, reason: against ?? namedReason(hostnames) });
    return [];
  });
  return { lines, leftOut };
}

/** Why a host has no place in a hosts file, whatever its address; undefined when it has. */
function reasonAgainst({ host, isOfMachine }: KnownHost): string | undefined {
  // Programs of this machine talk to each other by these names.
  if (isOfMachine) return 'it is a name of this machine, which other programs rely on';
  if (host.startsWith('~')) return `a hosts file has no regular expressions; ${LINE_FOR_EACH}`;
  return host.includes('*') ? wildcardReason(host) : undefined;
}

function statusLines({ host, ips, hostnames }: KnownHost): readonly HostLine[] {
  const addresses = ips.length === 0 && hostnames.includes(THIS_MACHINE) ? ['127.0.0.1'] : ips;
  return addresses.map(address => ({ host, address, source: 'status' as const }));
}

function wildcardReason(host: string): string {
  const example = host.startsWith('*') ? `www${host.slice(1)}` : host.replace('*', 'com');
  return `a hosts file has no wildcards; ${LINE_FOR_EACH}, such as ${example}`;
}

function namedReason(hostnames: readonly string[]): string {
  return `its status has only the host name ${hostnames.join(', ')}, but a hosts file needs an IP address; give one with --address`;
}

import { hostname, networkInterfaces } from 'node:os';

import type { HostAnswer, HostLine, KnownHost, Machine, StatusOf } from '../answers/hosts.ts';
import { hostLines, knownHosts, needsAddress } from '../answers/hosts.ts';
import { noIngress } from '../compile/rules/selection.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { objectText } from '../diagnostics/place.ts';
import { minikubeAddress } from '../live/minikube.ts';
import { linesOfOthers } from '../output/hosts-file.ts';
import { namesOfMachine } from '../output/hosts-names.ts';
import { loadBalancerOf } from '../resources/load-balancer.ts';
import { deadAddresses, takenNames } from './hosts-findings.ts';
import type { Loaded } from './loaded.ts';

export interface HostsRequest {
  readonly loaded: Loaded;
  /** Of all hosts; undefined: what their status says, else that of minikube, else that of this machine. */
  readonly address: string | undefined;
  /** The hosts file of this machine, whose other lines count. */
  readonly file: string;
  /** Whether the lines shall go into it: then a name that it has already is a finding. */
  readonly isForFile: boolean;
}

export interface FoundHosts {
  /** With the findings alone that are about names. */
  readonly loaded: Loaded;
  readonly answer: HostAnswer;
  /** Why minikube, if it was asked, gave no address. */
  readonly minikubeProblem: string | undefined;
}

const LOOPBACK: Omit<HostLine, 'host'> = { address: '127.0.0.1', source: 'loopback' };

/** The hosts of an input with the addresses that a hosts file would give them. */
export async function hostsOf({ loaded, address, file, isForFile }: HostsRequest): Promise<FoundHosts> {
  const statuses = new Map(loaded.documents.map(({ id, status }) => [id, status]));
  const statusOf: StatusOf = id =>
    address === undefined ? loadBalancerOf(statuses.get(id)) : { ips: [], hostnames: [] };
  const others = linesOfOthers(file);
  const isRefused = refusedIn(loaded);
  const known = knownHosts(loaded.routing, statusOf, thisMachine(others)).filter(
    ({ ingresses }) => !ingresses.every(isRefused),
  );
  const { elsewhere, minikubeProblem } = await addressElsewhere(known, address);
  const answer = hostLines(known, elsewhere);
  for (const found of deadAddresses(known, answer)) loaded.report(found);
  if (isForFile) for (const found of takenNames(answer, file, others)) loaded.report(found);
  return { loaded: { ...loaded, diagnostics: loaded.diagnostics.filter(isOfHosts) }, answer, minikubeProblem };
}

/** Hosts of what is refused are closed by nginx, some of them by a guess: no name leads to them. */
function refusedIn({ ingresses }: Loaded): (ingress: string) => boolean {
  const refused = ingresses.filter(ingress => ingress.isRefused);
  const names = new Set(refused.map(objectText));
  return ingress => names.has(ingress);
}

function thisMachine(others: readonly string[]): Machine {
  const addresses = Object.values(networkInterfaces()).flatMap(all => (all ?? []).map(({ address }) => address));
  return { names: namesOfMachine(hostname(), others), addresses: new Set(addresses) };
}

/**
 * Names need Ingresses alone, which is what people hand over: that a Secret or a Service is missing says nothing about
 * them.
 */
function isOfHosts({ rule }: Diagnostic): boolean {
  return rule === noIngress || rule.id.startsWith('I2N1');
}

interface Elsewhere {
  readonly elsewhere: Omit<HostLine, 'host'>;
  readonly minikubeProblem: string | undefined;
}

/** The address of hosts whose status has none. minikube takes a second: it is asked only for them. */
async function addressElsewhere(known: readonly KnownHost[], address: string | undefined): Promise<Elsewhere> {
  if (address !== undefined) return { elsewhere: { address, source: 'flag' }, minikubeProblem: undefined };
  if (!known.some(needsAddress)) return { elsewhere: LOOPBACK, minikubeProblem: undefined };
  const answer = await minikubeAddress();
  switch (answer.kind) {
    case 'address':
      return { elsewhere: { address: answer.address, source: 'minikube' }, minikubeProblem: undefined };
    case 'absent':
      return { elsewhere: LOOPBACK, minikubeProblem: undefined };
    case 'failed':
      return { elsewhere: LOOPBACK, minikubeProblem: answer.problem };
  }
}

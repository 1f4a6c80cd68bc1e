import type { Family } from '../../src/annotations/family.ts';
import { indexCluster } from '../../src/cluster/cluster.ts';
import { readControllerOptions } from '../../src/compile/controller-options.ts';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { collect } from '../../src/diagnostics/diagnostic.ts';
import type { Resource } from '../../src/resources/model.ts';
import { configMapOf, ingressOf } from './resources.ts';

/** What a location is like unless the test says otherwise: `/` of a host with a certificate. */
const FACTS = { path: '/', hasTls: true, isCatchAll: false };

export interface FamilyRun<P> {
  readonly policy: P | undefined;
  readonly wantsRegex: boolean;
  /** Why the locations are closed. */
  readonly denied: string | undefined;
  readonly found: readonly Diagnostic[];
}

export interface FamilyWorld {
  readonly resources?: readonly Resource[];
  /** Entries of the controller's ConfigMap. */
  readonly options?: Readonly<Record<string, string>>;
  readonly facts?: Partial<typeof FACTS>;
}

/** Runs one family over an Ingress `shop/web` with these annotations, without the prefix of the controller. */
export function runFamily<P>(
  family: Family<P>,
  annotations: Readonly<Record<string, string>>,
  { resources = [], options = {}, facts = {} }: FamilyWorld = {},
): FamilyRun<P> {
  const { report, diagnostics } = collect();
  let denied: string | undefined;
  const deny = (reason: string): void => {
    denied ??= reason;
  };
  const cluster = indexCluster([...resources, configMapOf('ingress-nginx/options', options)], report);
  const plan = family.plan({
    ingress: ingressOf({ annotations }),
    cluster,
    options: readControllerOptions('ingress-nginx/options', cluster, report),
    report,
    deny,
    drop: deny,
    denyHost: deny,
  });
  const location = { ...FACTS, ...facts };
  const { policyFor, wantsRegex } = plan;
  return { policy: policyFor(location), wantsRegex: wantsRegex(location.path), denied, found: diagnostics };
}

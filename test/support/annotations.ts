import type { NginxModuleName } from '../../src/options/nginx-modules.ts';
import type { FoundFacts } from '../../src/annotations/facts.ts';
import type { Family } from '../../src/annotations/family.ts';
import type { PolicyPlan } from '../../src/annotations/plan.ts';
import { plannerOf } from '../../src/annotations/plan.ts';
import { indexCluster } from '../../src/cluster/cluster.ts';
import { readControllerConfig } from '../../src/compile/controller-options.ts';
import type { SnippetMode } from '../../src/options/config.ts';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { collect } from '../../src/diagnostics/diagnostic.ts';
import type { Resource } from '../../src/resources/model.ts';
import type { SecretFile } from '../../src/routing/secret-files.ts';
import type { PolicyTypes } from '../../src/routing/policies.ts';
import { configMapOf, ingressOf, linesOf } from './resources.ts';

type LocationPolicies = PolicyTypes['location'];

/** What a location is like unless the test says otherwise: `/` of a host with a certificate. */
export const FACTS: FoundFacts = {
  ingress: { namespace: 'shop', name: 'web' },
  written: '/',
  host: 'shop.example.com',
  path: '/',
  isRegex: false,
  hasTls: true,
  isCatchAll: false,
  backend: { namespace: 'shop', service: 'web', port: { number: 80 } },
  fallback: undefined,
  found: { kind: 'proxy', to: { kind: 'upstream', name: 'shop-web-80' } },
  leadTo: to => ({ kind: 'upstream', name: 'host' in to ? `${to.host}_${to.port}` : `${to.namespace}-${to.service}` }),
  keep: ({ id }) => id,
};

export interface FamilyRun<P> {
  readonly policy: P | undefined;
  /** Who asked for it: `annotation auth-type`, `option hsts`, `default ssl-redirect`. */
  readonly askers: readonly string[];
  readonly files: readonly SecretFile[];
  readonly wantsRegex: boolean;
  /** Why the locations are closed. */
  readonly denied: string | undefined;
  readonly found: readonly Diagnostic[];
  readonly plan: PolicyPlan;
}

export interface FamilyWorld {
  readonly resources?: readonly Resource[];
  /** Entries of the controller's ConfigMap. */
  readonly options?: Readonly<Record<string, string>>;
  readonly facts?: Partial<FoundFacts>;
  /** Which snippets are taken, whatever the ConfigMap allows. */
  readonly snippets?: SnippetMode;
  /** Those that nginx has besides those of a stock one. */
  readonly modules?: readonly NginxModuleName[];
}

/** What opens more than it looks is said of annotations and options of all families, and has tests of its own. */
const WEAKNESS = /^I2N(?:52\d|53[0-3])$/;

/** Runs one family over an Ingress `shop/web` with these annotations, without the prefix of the controller. */
export function runFamily<N extends keyof LocationPolicies>(
  family: Family & { readonly name: N },
  annotations: Readonly<Record<string, string>>,
  { resources = [], options = {}, facts = {}, snippets, modules = [] }: FamilyWorld = {},
): FamilyRun<LocationPolicies[N]> {
  const { report, diagnostics } = collect();
  const cluster = indexCluster([...resources, configMapOf('ingress-nginx/options', options)], report);
  const nginxModules = modules.map(name => ({ name }));
  const config = readControllerConfig('ingress-nginx/options', cluster, report, {
    nginxModules,
    ...(snippets === undefined ? {} : { snippets }),
  });
  const plan = plannerOf([family]).plan({ ingress: ingressOf({ annotations }), tables: cluster, config, report });
  const files: SecretFile[] = [];
  const keep = (file: SecretFile): string => {
    files.push(file);
    return file.id;
  };
  const location = { ...FACTS, keep, ...facts };
  const applied = plan.location(location)[family.name];
  return {
    policy: applied?.asks,
    askers: (applied?.from ?? []).map(({ by, name }) => `${by} ${name}`),
    files,
    wantsRegex: plan.wantsRegex?.(location.path) ?? false,
    denied: plan.closes[0]?.reason,
    found: diagnostics.filter(({ rule }) => !WEAKNESS.test(rule.id)),
    plan,
  };
}

export interface OptionsRun<P> {
  readonly policy: P | undefined;
  readonly askers: readonly string[];
  readonly files: readonly SecretFile[];
  readonly found: readonly Diagnostic[];
}

/** What one family alone plans for such an Ingress. */
export function planOf(
  family: Family,
  annotations: Readonly<Record<string, string>>,
  resources: readonly Resource[] = [],
): { readonly plan: PolicyPlan; readonly lines: readonly string[] } {
  const { report, diagnostics } = collect();
  const cluster = indexCluster([...resources, configMapOf('ingress-nginx/options', {})], report);
  const config = readControllerConfig('ingress-nginx/options', cluster, report);
  const plan = plannerOf([family]).plan({ ingress: ingressOf({ annotations }), tables: cluster, config, report });
  return { plan, lines: linesOf(diagnostics) };
}

/** The same for what is asked of the servers of its hosts. */
export function runServerFamily(
  family: Family,
  annotations: Readonly<Record<string, string>>,
  resources: readonly Resource[] = [],
): { readonly asks: unknown; readonly denied: string | undefined; readonly lines: readonly string[] } {
  const { plan, lines } = planOf(family, annotations, resources);
  const { ingress, host, hasTls, keep } = FACTS;
  const [asks] = plan.server.map(each => each.family.gives.server?.(each.asked, { ingress, host, hasTls, keep }));
  return { asks, denied: plan.closes[0]?.reason, lines };
}

/** What a family makes of these entries of the controller's ConfigMap for all hosts. */
export function runOptions<N extends keyof PolicyTypes['http']>(
  family: Family & { readonly name: N },
  data: Readonly<Record<string, string>>,
  resources: readonly Resource[] = [],
  modules: readonly NginxModuleName[] = [],
): OptionsRun<PolicyTypes['http'][N]> {
  const { report, diagnostics } = collect();
  const cluster = indexCluster([...resources, configMapOf('ingress-nginx/options', data)], report);
  const nginxModules = modules.map(name => ({ name }));
  const config = readControllerConfig('ingress-nginx/options', cluster, report, { nginxModules });
  const files: SecretFile[] = [];
  const keep = (file: SecretFile): string => {
    files.push(file);
    return file.id;
  };
  const applied = plannerOf([family]).http({ config, tables: cluster, report, keep })[family.name];
  return {
    policy: applied?.asks,
    askers: (applied?.from ?? []).map(({ by, name }) => `${by} ${name}`),
    files,
    found: diagnostics,
  };
}

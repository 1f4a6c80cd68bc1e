import type { Cluster } from '../cluster/cluster.ts';
import { indexCluster } from '../cluster/cluster.ts';
import type { Wanted } from '../cluster/wanted.ts';
import { planner } from '../controller-config/registry.ts';
import type { Report } from '../diagnostics/diagnostic.ts';
import { pickEach } from '../diagnostics/each.ts';
import type { Ingress, Resource } from '../resources/model.ts';
import type { Routing, Server, Upstream } from '../routing/model.ts';
import type { SecretFile } from '../routing/secret-files.ts';
import type { Steps } from '../steps/steps.ts';
import type { ControllerConfig } from '../options/config.ts';
import { atOnce } from '../steps/steps.ts';
import type { AliasTable } from './aliases.ts';
import { settleAliases } from './aliases.ts';
import { gatherAssumptions, reportAssumptions } from './assumptions.ts';
import { reportAuthorityDates } from './authority-dates.ts';
import { openCertificates } from './certificates.ts';
import { recallControllerConfig } from './controller-options.ts';
import { reportDifferences } from './differences.ts';
import { reportControllerVersion } from './controller-version.ts';
import { chooseDefaultCertificate } from './default-certificate.ts';
import { chooseDefaultBackend } from './default-backend.ts';
import { draftHosts } from './drafts.ts';
import type { HostDraft } from './hosts.ts';
import type { CompileMemory } from './memory.ts';
import type { JoinedHosts } from './joined-hosts.ts';
import { joinHosts } from './joined-hosts.ts';
import type { IngressPlan } from './plan.ts';
import { compilePassthroughs } from './passthroughs.ts';
import { planIngresses } from './plan.ts';
import { reportMisspeltClasses } from './misspelt-class.ts';
import { reportOldForms } from './old-forms.ts';
import { chooseResolvers, withoutIpv6 } from './resolvers.ts';
import { chooseListeners } from './listeners.ts';
import { noteWanted, watched } from './look-ups.ts';
import { reportNoIngress } from './no-ingress.ts';
import type { LeftOut, Selection } from './selection.ts';
import { selectIngresses } from './selection.ts';
import { serversOf } from './servers.ts';
import type { CompileSettings } from './settings.ts';
import { openSplits } from './splits.ts';
import { compileStreams } from './streams.ts';
import { streamSnippetsOf } from './stream-snippets.ts';
import type { TlsTable } from './tls.ts';
import { reportTls } from './report-tls.ts';
import { assignCertificates } from './tls.ts';
import { settleUpstreams } from './upstream-claims.ts';
import { gatherUpstreams } from './upstreams.ts';
import { isJudged, openJudge } from './world.ts';
import { withWww, wwwServers } from './www-servers.ts';

export interface Compiled {
  readonly routing: Routing;
  readonly leftOut: readonly LeftOut[];
  readonly wanted: Wanted;
  /** The ports of Services (`namespace/service:80`) that a local port must lead to, whether one does yet or not. */
  readonly forwardsWanted: ReadonlySet<string>;
}

/** The hosts of those that take no share of others, and who takes a share of them. */
function* hostsOf(
  plans: readonly IngressPlan[],
  report: Report,
  memory: Partial<CompileMemory>,
): Steps<JoinedHosts & { readonly mains: readonly IngressPlan[] }> {
  yield 'drafts';
  const mains = pickEach(memory.mains, plans, plan => (plan.share === undefined ? plan : undefined));
  const drafts = yield* draftHosts(mains, report, memory.drafts);
  if (mains.length === plans.length) return { mains, hosts: drafts, joins: new Map() };
  return { mains, ...joinHosts(plans, drafts, report, memory.joins) };
}

interface NamesContext {
  readonly mains: readonly IngressPlan[];
  readonly hosts: readonly HostDraft[];
  readonly tls: TlsTable;
  readonly report: Report;
}

/** The names that hosts have besides their own. */
function furtherNames(
  { mains, hosts, tls, report }: NamesContext,
  memory: Partial<CompileMemory>,
): { readonly www: readonly Server[]; readonly aliases: AliasTable } {
  const www = wwwServers(hosts, tls, report, memory.www);
  return { www, aliases: settleAliases(mains, hosts, www, { report, memory: memory.aliases }) };
}

interface Reading {
  readonly settings: CompileSettings;
  readonly report: Report;
  readonly memory: Partial<CompileMemory>;
}

/** What the options and the annotations of our Ingresses ask for. */
function* plansOf(
  ours: readonly Ingress[],
  cluster: Cluster,
  { settings, report, memory }: Reading,
): Steps<{ readonly config: ControllerConfig; readonly plans: readonly IngressPlan[] }> {
  yield 'plan';
  const config = yield* recallControllerConfig(settings, cluster, report, memory.options);
  reportControllerVersion(ours, cluster, settings, report);
  const { isCheck } = settings;
  const plans = yield* planIngresses(ours, { planner, tables: cluster, config, isCheck, report }, memory.plans);
  const isNoted = settings.withoutNotes !== true && isCheck !== true;
  if (isNoted) reportDifferences(plans, config, { report, memory: memory.differences });
  return { config, plans };
}

/** What the options ask for by themselves, and the files that it takes. */
function policiesOfAll(
  config: ControllerConfig,
  tables: Cluster,
  report: Report,
): Pick<Routing, 'main' | 'http' | 'files'> {
  const files: SecretFile[] = [];
  const keep = (file: SecretFile): string => {
    files.push(file);
    return file.id;
  };
  const context = { config, tables, report, keep };
  return { main: planner.main(context), http: planner.http(context), files };
}

/** Whether nginx must know who knows the name of a backend. */
const isNamed = ({ peers }: Pick<Upstream, 'peers'>): boolean => peers.kind === 'name-at-request';

/** The ids of those that are shown to clients. */
function certificatesOf(servers: readonly Server[], ofOthers: Routing['defaultCertificate']): Set<string> {
  const ids = new Set<string>(ofOthers.kind === 'certificate' ? [ofOthers.id] : []);
  for (const { certificate } of servers) if (certificate !== undefined) ids.add(certificate);
  return ids;
}

/** Our Ingresses, and what there is to say of the others. */
function selected(cluster: Cluster, settings: CompileSettings, report: Report): Pick<Selection, 'ours' | 'leftOut'> {
  const { ours, others, leftOut } = selectIngresses(cluster, settings);
  const misspelt = reportMisspeltClasses(others, cluster, settings, report);
  if (settings.isCheck === true) reportOldForms(ours, cluster, settings, report);
  const isNone = ours.length === 0 && (others.length === 0 || misspelt < others.length);
  if (isNone) reportNoIngress({ leftOut, others }, settings, report);
  return { ours, leftOut };
}

function* compileCluster(
  cluster: Cluster,
  settings: CompileSettings,
  report: Report,
  memory: Partial<CompileMemory>,
): Steps<Pick<Compiled, 'routing' | 'leftOut'>> {
  const { ours, leftOut } = selected(cluster, settings, report);
  const { config, plans } = yield* plansOf(ours, cluster, { settings, report, memory });
  const { mains, hosts, joins } = yield* hostsOf(plans, report, memory);
  const store = openCertificates({ cluster, clock: settings, report }, memory.certificates);
  const tls = yield* assignCertificates(hosts, { store, report }, memory.tls);
  reportTls({ ours, mains, hosts, tls, config, report }, settings, memory);
  yield 'servers';
  const assumptions = gatherAssumptions();
  const policiesOf = settleUpstreams(mains, report, memory.claims);
  const gathered = gatherUpstreams({ world: cluster, settings, policiesOf, assumptions, report }, memory.upstreams);
  const fallback = chooseDefaultBackend(settings, cluster, gathered, report);
  const splits = openSplits({ joins, upstreams: gathered, policiesOf }, memory.splits);
  const { www, aliases } = furtherNames({ mains, hosts, tls, report }, memory);
  const rest = { tls: tls.ofHosts, fallback, unclaimed: planner.unclaimed(config), report };
  const made = yield* serversOf(hosts, { aliases, upstreams: gathered, splits, ...rest }, memory.servers);
  const upstreams = gathered.all();
  const streams = compileStreams(cluster, { settings, assumptions, report });
  const passthroughs = compilePassthroughs(hosts, { settings, upstreams: gathered, report }, memory.passthroughs);
  if (!isJudged(settings.world)) reportAssumptions(assumptions, cluster, report);
  const named = pickEach(memory.named, upstreams, upstream => (isNamed(upstream) ? upstream : undefined));
  const others = [...named, ...streams, ...passthroughs.flatMap(({ to }) => to ?? [])];
  const hasNames = config.values['enable-ocsp'] === true || others.some(isNamed);
  const resolvers = chooseResolvers(hasNames, { settings, cluster, assumptions, report });
  const defaultCertificate = chooseDefaultCertificate(settings, store, cluster, report);
  const servers = withWww(made.servers, www);
  const { files, ...ofAll } = policiesOfAll(config, cluster, report);
  reportAuthorityDates(made.files, settings, report);
  const routing: Routing = {
    listeners: chooseListeners(settings, config, { streams, passthroughs }, report),
    defaultCertificate,
    resolvers: config.values['disable-ipv6-dns'] === true ? withoutIpv6(resolvers) : resolvers,
    ...(config.values['disable-ipv6-dns'] === true ? { resolvesIpv4Only: true } : {}),
    ...ofAll,
    servers,
    ...modulesOf(settings),
    upstreams,
    splits: splits.all(),
    files: [...store.withIds(certificatesOf(servers, defaultCertificate)), ...made.files, ...files],
    streams,
    ...streamSnippetsOf(plans, config, memory.streamSnippets),
    passthroughs,
  };
  return { routing, leftOut };
}

/** The modules that nginx has besides the usual ones. */
function modulesOf({ nginxModules = [] }: CompileSettings): Pick<Routing, 'modules'> {
  return nginxModules.length === 0 ? {} : { modules: nginxModules };
}

/**
 * Compiles the resources of a cluster into what nginx shall do. The order of the resources does not matter. What is
 * wrong is reported and isolated: the rest is served. With the memory of an earlier compilation, what has not changed
 * since is not compiled again, and is the same object in the routing; the result is equal with and without one.
 */
export function* compileSteps(
  resources: readonly Resource[],
  settings: CompileSettings,
  report: Report,
  memory: Partial<CompileMemory> = {},
): Steps<Compiled> {
  yield 'index';
  const indexed = indexCluster(resources, report, memory.cluster);
  const [cluster, wanted] = noteWanted({ ...indexed, isDump: settings.isCluster || indexed.isDump });
  const [forwards, forwardsWanted] = watched(settings.forwards);
  const isPromised = (secret: string): boolean => cluster.promisedSecrets.get(secret) !== undefined;
  const judge = openJudge({ world: settings.world, resources, isPromised, report });
  const compiled = yield* compileCluster(cluster, { ...settings, forwards }, judge.report, memory);
  judge.close();
  return { ...compiled, wanted, forwardsWanted };
}

/** The same without a pause. */
export function compile(...input: Parameters<typeof compileSteps>): Compiled {
  return atOnce(compileSteps(...input));
}

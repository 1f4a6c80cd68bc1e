import type { Cluster } from '../cluster/cluster.ts';
import { parseReference } from '../cluster/object-name.ts';
import type { ControllerOptions } from '../controller-config/registry.ts';
import type { Report } from '../diagnostics/diagnostic.ts';
import type { HttpSettings, Upstream } from '../routing/model.ts';
import type { CertificateStore } from './certificates.ts';
import { assumedResolver, missingCertificate } from './rules.ts';
import type { CompileSettings } from './settings.ts';

/** The address that kubeadm, kind and minikube give the cluster DNS. */
const USUAL_CLUSTER_DNS = '10.96.0.10';

function hstsOf(options: ControllerOptions): string | undefined {
  if (!options.hsts) return undefined;
  const parts = [`max-age=${options['hsts-max-age']}`];
  if (options['hsts-include-subdomains']) parts.push('includeSubDomains');
  if (options['hsts-preload']) parts.push('preload');
  return parts.join('; ');
}

type DefaultCertificate = HttpSettings['defaultCertificate'];

/** The default certificate that the settings ask for; the placeholder, and a finding, where its Secret is of no use. */
export function chooseDefaultCertificate(
  settings: CompileSettings,
  store: CertificateStore,
  cluster: Cluster,
  report: Report,
): DefaultCertificate {
  const wanted = settings.defaultSslCertificate;
  if (wanted === undefined) return { kind: 'placeholder' };
  if (wanted === 'none') return { kind: 'reject' };
  const reference = parseReference(wanted, '');
  const secret = cluster.secrets.get(wanted);
  if (reference === undefined || secret === undefined) {
    const message = `the Secret ${wanted} of --default-ssl-certificate is not in the input; the placeholder is shown`;
    report({ rule: missingCertificate, message, help: 'add the Secret to the input' });
    return { kind: 'placeholder' };
  }
  const at = { document: secret.document, path: ['metadata', 'name'] };
  const usable = store.use(reference.namespace, reference.name, at);
  return usable === undefined ? { kind: 'placeholder' } : { kind: 'certificate', id: usable.id };
}

/** The DNS servers for names that are looked up while requests are served: those asked for, else that of the cluster. */
function chooseResolvers(
  settings: CompileSettings,
  cluster: Cluster,
  upstreams: readonly Upstream[],
  report: Report,
): readonly string[] {
  const named = upstreams.find(upstream => upstream.peers.kind === 'name-at-request');
  if (named === undefined || settings.resolvers.length > 0) return settings.resolvers;
  const address = cluster.services.get('kube-system/kube-dns')?.clusterIP;
  if (address !== undefined && address !== 'None') return [address.includes(':') ? `[${address}]` : address];
  const [from] = named.from;
  report({
    rule: assumedResolver,
    message: `Services are looked up at ${USUAL_CLUSTER_DNS}, the usual address of the cluster DNS`,
    help: 'name another with --resolver IP, or add the Service kube-system/kube-dns to the input',
    ...(from === undefined ? {} : { at: from.field }),
  });
  return [USUAL_CLUSTER_DNS];
}

/** What holds for all servers. */
export function compileHttpSettings(
  options: ControllerOptions,
  defaultCertificate: DefaultCertificate,
  context: {
    readonly settings: CompileSettings;
    readonly cluster: Cluster;
    readonly upstreams: readonly Upstream[];
    readonly report: Report;
  },
): HttpSettings {
  return {
    hsts: hstsOf(options),
    tlsProtocols: options['ssl-protocols'],
    tlsCiphers: options['ssl-ciphers'],
    defaultCertificate,
    resolvers: chooseResolvers(context.settings, context.cluster, context.upstreams, context.report),
    workerShutdownTimeout: options['worker-shutdown-timeout'],
  };
}

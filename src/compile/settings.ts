import type { SnippetMode } from '../options/config.ts';
import type { ControllerVersion } from '../options/controller-version.ts';

export { SNIPPET_MODES } from '../options/config.ts';
export type { SnippetMode } from '../options/config.ts';
import type { KubernetesVersion } from '../resources/kubernetes-release.ts';
import type { NginxModule } from '../options/nginx-modules.ts';

export { parseKubernetesVersion } from '../resources/kubernetes-release.ts';
export type { KubernetesVersion } from '../resources/kubernetes-release.ts';

export { NGINX_MODULES, readNginxModule } from '../options/nginx-modules.ts';
export type { NginxModule } from '../options/nginx-modules.ts';
import type { World } from './world.ts';

export { NAMED_KINDS } from '../diagnostics/diagnostic.ts';
export type { NamedKind } from '../diagnostics/diagnostic.ts';
export type { World } from './world.ts';
export { OWN_CONTROLLER_VERSION, parseControllerVersion } from '../options/controller-version.ts';
export type { ControllerVersion } from '../options/controller-version.ts';

/**
 * Where requests for a Service go: `auto` takes endpoints, and where the input would not hold them the cluster IP, else
 * the DNS name. The last two are for an nginx outside of the cluster's network.
 */
export const BACKEND_ADDRESSES = ['auto', 'pod', 'cluster-ip', 'dns', 'node-port', 'port-forward'] as const;

export type BackendAddress = (typeof BACKEND_ADDRESSES)[number];

/** What the user asks of a compilation; checked by the face. */
export interface CompileSettings {
  /** The class annotation that is ours, and the IngressClass that is ours even if the input lacks it. */
  readonly ingressClass: string;
  /** Nobody said that Ingresses of this class are ours; they are checked as if they were. */
  readonly isClassAssumed?: true;
  /** The `spec.controller` of the IngressClasses that are ours. */
  readonly controllerClass: string;
  readonly watchWithoutClass: boolean;
  /** What annotations of the controller begin with, slash included. Resources are read with it. */
  readonly annotationsPrefix: string;
  /** What the manifests are for; missing: all versions of Kubernetes that are supported today. */
  readonly kubernetesVersion?: KubernetesVersion;
  /** The version of the controller that the manifests are for; missing: the one of today. */
  readonly controllerVersion?: ControllerVersion;
  /** As in the routing. */
  readonly listen: readonly string[];
  /** Somebody said so: options have no say in it. */
  readonly isListenGiven?: true;
  readonly httpPort: number;
  readonly httpsPort: number;
  /** `namespace/name` */
  readonly defaultBackendService?: string;
  /** `namespace/name` of a Secret, or `none` to reject handshakes. */
  readonly defaultSslCertificate?: string;
  readonly backendAddress: BackendAddress;
  /** IP addresses without brackets; not empty for `node-port`. */
  readonly nodeAddresses: readonly string[];
  /** For `port-forward`: the local ports that lead to ports of Services (`namespace/service:80`), those that do so yet. */
  readonly forwards: Pick<ReadonlyMap<string, number>, 'get'>;
  /** Such as `cluster.local`. */
  readonly clusterDomain: string;
  /** DNS servers, `IP` or `IP:port`; empty: the one of the cluster. */
  readonly resolvers: readonly string[];
  /** Those of the machine that serves, for external names that no other server is known for; empty if that is unknown. */
  readonly machineResolvers: readonly string[];
  /** The addresses of names that no DNS server knows, by the hosts file of the machine; without brackets, never empty. */
  readonly localNames: Pick<ReadonlyMap<string, readonly string[]>, 'get'>;
  /** The input is what a cluster holds now, so that nothing is in another place. */
  readonly isCluster: boolean;
  /** What is made of objects that are named and not in the input; missing: each is said. */
  readonly world?: World;
  /**
   * The manifests are only checked: nothing is said of what is assumed of the place where nginx will run, nor of how it
   * differs from the controller in a detail.
   */
  readonly isCheck?: true;
  /** `namespace/name` of the controller's ConfigMap. */
  readonly controllerConfig?: string;
  /** Which snippets are taken; without it, as the ConfigMap allows. */
  readonly snippets?: SnippetMode;
  /** `namespace/name` of the ConfigMaps of TCP and UDP ports. */
  readonly tcpServicesConfigMap?: string;
  readonly udpServicesConfigMap?: string;
  /** All TLS connections end in nginx, whatever annotations say. */
  readonly withoutPassthrough?: true;
  /** The port of 127.0.0.1 on which nginx takes TLS connections that were not passed through. */
  readonly sslPassthroughProxyPort?: number;
  /** Nothing is said of what differs from the controller in a detail. */
  readonly withoutNotes?: true;
  /** What the nginx that serves has besides the modules of a stock one; missing: nothing. */
  readonly nginxModules?: readonly NginxModule[];
  /** Milliseconds since 1970: for warnings of expired certificates; the output never depends on it. */
  readonly now: number;
  /** How many days before its end a certificate is reported; 0: only once it has expired. */
  readonly expireDays: number;
}

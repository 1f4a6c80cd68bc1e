import { InvalidArgumentError } from 'commander';

import { isIP } from '../json/ip.ts';
import { NGINX_MODULES, readNginxModule } from '../compile/settings.ts';
import type { BackendAddress, NginxModule, SnippetMode, World } from '../compile/settings.ts';
import { listed } from '../diagnostics/words.ts';
import { machineResolvers } from '../live/machine-resolvers.ts';
import type { WorldFlags } from './world-flags.ts';

/** The flags of every command that compiles manifests, as commander hands them over. */
export interface CompileFlags extends WorldFlags {
  readonly ingressClass: string;
  readonly controllerClass: string;
  readonly watchIngressWithoutClass?: boolean;
  readonly annotationsPrefix: string;
  readonly listen: readonly string[];
  /** Nobody said where. */
  readonly listensAsUsual?: boolean;
  readonly httpPort: number;
  readonly httpsPort: number;
  readonly defaultBackendService?: string;
  readonly defaultSslCertificate?: string;
  readonly backendAddress: BackendAddress;
  readonly nodeAddress: readonly string[];
  readonly clusterDomain: string;
  readonly resolver: readonly string[];
  /** What comes out is served on this machine, whose DNS servers may be asked. */
  readonly servesHere?: boolean;
  readonly controllerConfig?: string;
  readonly snippets?: SnippetMode;
  readonly allowSnippets?: boolean;
  readonly tcpServicesConfigmap?: string;
  readonly udpServicesConfigmap?: string;
  /** False with `--no-enable-ssl-passthrough`. */
  readonly enableSslPassthrough?: boolean;
  readonly sslPassthroughProxyPort?: number;
  readonly nginxModule: readonly NginxModule[];
  /** Where the command decides on it, and not flags alone. */
  readonly world?: World;
  /** Nothing is made of the manifests: they are only checked. */
  readonly isCheck?: true;
  /** False with `--no-notes`. */
  readonly notes?: boolean;
}

const LABEL = '[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?';
const DNS_NAME = new RegExp(`^${LABEL}(?:\\.${LABEL})*$`);
const LONGEST_DNS_NAME = 253;

/** A shell variable that is not set leaves nothing, which would be the working directory. */
export function parsePath(text: string): string {
  if (text === '') throw new InvalidArgumentError('It must not be empty.');
  return text;
}

export function parsePort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port < 1 || port > 65_535) throw new InvalidArgumentError('Use a number from 1 to 65535.');
  return port;
}

export function parseNamespace(text: string): string {
  if (!isDnsName(text) || text.includes('.')) {
    throw new InvalidArgumentError('Use lower-case letters, digits and "-".');
  }
  return text;
}

/** `shop/web` */
export function parseObjectName(text: string): string {
  const [namespace = '', name = '', ...more] = text.split('/');
  if (more.length > 0 || !isDnsName(namespace) || namespace.includes('.') || !isDnsName(name)) {
    throw new InvalidArgumentError('Use NAMESPACE/NAME, such as shop/web.');
  }
  return text;
}

export function parseObjectNameOrNone(text: string): string {
  return text === 'none' ? text : parseObjectName(text);
}

export function parseClusterDomain(text: string): string {
  if (!isDnsName(text)) throw new InvalidArgumentError('Use a DNS name in lower case, such as cluster.local.');
  return text;
}

export function parseClass(text: string): string {
  if (!/^[\w./-]{1,253}$/.test(text)) {
    throw new InvalidArgumentError('Use letters, digits, ".", "-", "_" and "/".');
  }
  return text;
}

/** Adds one more module that nginx has; each file counts once. */
export function addNginxModule(text: string, earlier: readonly NginxModule[]): readonly NginxModule[] {
  const module = readNginxModule(text);
  if (module === undefined) {
    throw new InvalidArgumentError(
      `Use ${listed(NAMES_OF_MODULES, NAMES_OF_MODULES.length)}, or the path of a file such as ${FILE}.`,
    );
  }
  const isKnown = earlier.some(({ name, file }) => name === module.name && file === module.file);
  return isKnown ? earlier : [...earlier, module];
}

const NAMES_OF_MODULES = Object.keys(NGINX_MODULES);
const FILE = '/usr/lib/nginx/modules/ngx_http_brotli_filter_module.so';

/** What stands before the slash of an annotation. */
export function parseAnnotationsPrefix(text: string): string {
  if (!isDnsName(text)) {
    const help = isDnsName(text.replace(/\/$/, '')) ? ' without the slash' : '';
    throw new InvalidArgumentError(`Use a DNS name in lower case${help}, such as nginx.ingress.kubernetes.io.`);
  }
  return text;
}

/** IPv4, or IPv6 without brackets and zone. */
export function parseAddress(text: string): string {
  if (isIP(text) === 0 || text.includes('%')) {
    throw new InvalidArgumentError('Use an IP address, such as 192.168.49.2.');
  }
  return text.toLowerCase();
}

/** Adds one more address to listen on, perhaps in brackets; each counts once, however it is written. */
export function addListen(text: string, earlier: readonly string[]): readonly string[] {
  const address = parseAddress(/^\[(.*)\]$/.exec(text)?.[1] ?? text);
  const plain = isIP(address) === 6 ? new URL(`http://[${address}]`).hostname.slice(1, -1) : address;
  return [...new Set([...earlier, plain])];
}

/** Adds one more address of a node; each counts once. */
export function addAddress(text: string, earlier: readonly string[]): readonly string[] {
  return [...new Set([...earlier, parseAddress(text)])];
}

/** Adds one more address, or those of this machine; IPv6 gets the brackets that nginx wants. */
export function addResolver(text: string, earlier: readonly string[]): readonly string[] {
  return [...earlier, ...(text === 'system' ? systemResolvers() : [parseResolver(text)])];
}

function systemResolvers(): readonly string[] {
  const found = machineResolvers();
  if (found.length > 0) return found;
  throw new InvalidArgumentError('/etc/resolv.conf names no DNS server that nginx can use.');
}

function parseResolver(text: string): string {
  if (isIP(text) === 6 && !text.includes('%')) return `[${text}]`;
  const [, bracketed, plain, port] = /^(?:\[([^\]]*)\]|([^:[\]]*))(?::(.*))?$/.exec(text) ?? [];
  const address = bracketed === undefined ? isIP(plain ?? '') === 4 : isIP(bracketed) === 6 && !bracketed.includes('%');
  if (!address)
    throw new InvalidArgumentError(
      'Use the IP address of a DNS server, such as 10.96.0.10 or [fd00::a]:53, or "system".',
    );
  if (port !== undefined) parsePort(port);
  return text;
}

export function isDnsName(text: string): boolean {
  return text.length <= LONGEST_DNS_NAME && DNS_NAME.test(text);
}

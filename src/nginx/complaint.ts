import { missingAddress, nginxRefuses, nginxWarns } from './rules/complaints.ts';

import { openPlaces } from './conf-places.ts';
import type { Configuration } from './configuration.ts';
import type { RenderedFiles } from './rendered-files.ts';
import type { Finding } from '../diagnostics/diagnostic.ts';
import type { ObjectName } from '../diagnostics/place.ts';
import { objectText } from '../diagnostics/place.ts';
import type { Provenance } from '../diagnostics/provenance.ts';
import type { Routing } from '../routing/model.ts';
import type { Certificate } from '../routing/secret-files.ts';

interface Complaint {
  readonly isWarning: boolean;
  readonly text: string;
  /** Of nginx.conf, from 1. */
  readonly line: number | undefined;
}

/** The complaint for which nginx refuses a configuration, and who is behind it. */
export interface Refusal {
  /** Without line and folder: tells one refusal from another. */
  readonly text: string;
  /** It is about this machine: a port, a folder, a module. No other manifest would change it. */
  readonly isOfMachine: boolean;
  /** What to do about it, if that is known. */
  readonly help: string | undefined;
  /** The Ingresses of the place that it names; empty when it names none. */
  readonly suspects: readonly Provenance[];
  /** The line of nginx.conf that it names, without what stands around it. */
  readonly line: string | undefined;
  /** What the place that it names was made of, the closest first; empty when it names none. */
  readonly from: readonly Provenance[];
  /** Whether each of the suspects asks for what is refused, or at least one of them. */
  readonly isEach: boolean;
  /** The TLS Secret that it is about. */
  readonly secret: ObjectName | undefined;
}

const COMPLAINT =
  /^(?:nginx: |\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d )?\[(emerg|alert|crit|error|warn)\] (?:\d+#\d+: )?(.+)$/;
/**
 * What says nothing about the configuration: nginx tries its built-in log before it knows of ours, and what is to load on
 * every version must say HTTP/2 in the old way.
 */
const NOISE =
  /^could not open error log file|^the "user" directive makes sense only|^the "listen \.\.\. http2" directive is deprecated/;
const OF_MACHINE =
  /^(?:(?:still could not )?bind\(|socket\(|open\(\)|mkdir\(\)|dlopen\(\)|module "|getpwnam\(|unknown directive "(?:stream|ssl_preread)"|no port in |the event port)/;
/** Such an address is not there, or no IPv6 at all; the codes of Linux and macOS. */
const NO_SUCH_ADDRESS = /\b(?:bind\(\) to|socket\(\)) (\S*):\d+ failed \((?:99|97|49|47):/;
const AT_LINE = / in \S*nginx\.conf:(\d+)$/;

/**
 * What `nginx -t` said about files that were rendered, each at the part of a manifest that the line came from. Lines that
 * are no complaints are left out.
 */
export function explainComplaint(stderr: string, { configuration }: RenderedFiles): readonly Finding[] {
  const placeOf = openPlaces(configuration);
  return stderr
    .split('\n')
    .flatMap(readComplaint)
    .map(({ isWarning, text, line }) => {
      const place = placeOf(line ?? lineWithVariable(text, configuration));
      const from = place?.from[0] ?? namedInText(text, configuration.routing);
      const help = helpFor(text);
      const message = `nginx ${isWarning ? 'warns' : 'rejects this'}: ${text}${from ? ` (${objectText(from.resource)})` : ''}`;
      return {
        rule: isWarning ? nginxWarns : nginxRefuses,
        message,
        ...(help === undefined ? {} : { help }),
        ...(from === undefined ? {} : { at: from.field }),
      };
    });
}

/** What nginx warned of in a configuration that it reads, as `explainComplaint`, and what would keep it from serving. */
export function explainWarnings(stderr: string, rendered: RenderedFiles): readonly Finding[] {
  const warned = explainComplaint(stderr, rendered).filter(({ rule }) => rule === nginxWarns);
  const [, missing] = NO_SUCH_ADDRESS.exec(stderr) ?? [];
  if (missing === undefined) return warned;
  const message = `this machine has no address ${missing.replaceAll(/[[\]]/g, '')}, so nginx would not start here`;
  const help = 'use an address of this machine; --listen 0.0.0.0 is all of IPv4';
  return [...warned, { rule: missingAddress, message, help }];
}

/** The first complaint that is no warning; nginx ends with it. Undefined when there is none. */
export function readRefusal(stderr: string, { configuration }: RenderedFiles): Refusal | undefined {
  const complaint = stderr
    .split('\n')
    .flatMap(readComplaint)
    .find(({ isWarning }) => !isWarning);
  if (complaint === undefined) return undefined;
  const { text, line } = complaint;
  const named = line ?? lineWithVariable(text, configuration);
  const what = {
    text,
    isOfMachine: OF_MACHINE.test(text),
    help: helpFor(text),
    line: named === undefined ? undefined : linesOf(configuration)[named - 1]?.trim(),
  };
  const { routing } = configuration;
  const certificate = certificateInText(text, routing);
  if (certificate !== undefined) {
    const users = routing.servers.filter(server => server.certificate === certificate.id);
    const suspects = ingressesOf(users.flatMap(server => server.from));
    return { ...what, suspects, from: [], isEach: false, secret: certificate.from.resource };
  }
  const place = openPlaces(configuration)(named);
  const suspects = ingressesOf(place?.users ?? []);
  return { ...what, suspects, from: place?.from ?? [], isEach: place?.isEach ?? true, secret: undefined };
}

/** Each Ingress once. */
function ingressesOf(from: readonly Provenance[]): readonly Provenance[] {
  const byName = new Map<string, Provenance>();
  for (const each of from) {
    if (each.resource.kind !== 'Ingress') continue;
    const name = objectText(each.resource);
    if (!byName.has(name)) byName.set(name, each);
  }
  return [...byName.values()];
}

/** Every Ingress that made a part of the routing, with the first field of it. */
export function ingressesIn({ servers, splits }: Routing): readonly Provenance[] {
  const ofServers = servers.flatMap(server => [...server.from, ...server.locations.flatMap(({ from }) => from)]);
  return ingressesOf([...ofServers, ...splits.flatMap(({ from }) => from)]);
}

function readComplaint(line: string): readonly Complaint[] {
  const [, level, said = ''] = COMPLAINT.exec(line.trim()) ?? [];
  if (level === undefined || NOISE.test(said)) return [];
  const number = AT_LINE.exec(said)?.[1];
  const text = said.replace(AT_LINE, '');
  return [{ isWarning: level === 'warn', text, line: number === undefined ? undefined : Number(number) }];
}

/** nginx looks for variables when it has read all lines, and names none then. Undefined for other complaints. */
function lineWithVariable(text: string, configuration: Configuration): number | undefined {
  const name = /^unknown "(\w+)" variable$/.exec(text)?.[1];
  if (name === undefined) return undefined;
  const use = new RegExp(String.raw`\$\{?${name}\b`);
  const index = linesOf(configuration).findIndex(line => use.test(line));
  return index === -1 ? undefined : index + 1;
}

function linesOf({ bytes }: Configuration): readonly string[] {
  return new TextDecoder().decode(bytes).split('\n');
}

/** For complaints without a line, which name a host or a certificate instead. */
function namedInText(text: string, routing: Routing): Provenance | undefined {
  const host = /^conflicting server name "([^"]+)"/.exec(text)?.[1];
  if (host !== undefined) return routing.servers.find(server => server.host === host)?.from[0];
  return certificateInText(text, routing)?.from;
}

function certificateInText(text: string, { files }: Routing): Certificate | undefined {
  const id = /certs\/([\w.-]+)\.pem"/.exec(text)?.[1];
  return files.filter(file => file.kind === 'key-pair').find(file => file.id === id);
}

function helpFor(text: string): string | undefined {
  if (text === 'unknown directive "stream"') {
    return 'start nginx with -g "load_module modules/ngx_stream_module.so;", name the file with --nginx-module, or install it';
  }
  if (text === 'unknown directive "ssl_preread"') {
    return 'use an nginx that was built with --with-stream_ssl_preread_module, or --no-enable-ssl-passthrough';
  }
  if (/^bind\(\) to .* failed \(13:/.test(text)) return 'only root may use ports below 1024: choose higher ones';
  return undefined;
}

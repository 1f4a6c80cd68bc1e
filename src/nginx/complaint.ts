import { nginxRefuses, nginxWarns } from './rules.ts';

import type { Finding } from '../diagnostics/diagnostic.ts';
import type { Provenance } from '../diagnostics/provenance.ts';
import type { Location, Routing, Server } from '../routing/model.ts';

interface Complaint {
  readonly isWarning: boolean;
  readonly text: string;
  /** Of nginx.conf, from 1. */
  readonly line: number | undefined;
}

const COMPLAINT =
  /^(?:nginx: |\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d )?\[(emerg|alert|crit|error|warn)\] (?:\d+#\d+: )?(.+)$/;
/** What says nothing about the configuration: nginx tries its built-in log before it knows of ours. */
const NOISE = /^could not open error log file|^the "user" directive makes sense only/;
const AT_LINE = / in \S*nginx\.conf:(\d+)$/;

/**
 * What `nginx -t` said about `conf`, our own nginx.conf made from `routing`, each at the part of a manifest that the
 * line came from. Lines that are no complaints are left out.
 */
export function explainComplaint(stderr: string, conf: string, routing: Routing): readonly Finding[] {
  const complaints = stderr.split('\n').flatMap(readComplaint);
  const blocks = blocksAt(conf, new Set(complaints.flatMap(({ line }) => line ?? [])), routing);
  return complaints.map(({ isWarning, text, line }) => {
    const from = (line === undefined ? undefined : blocks.get(line)) ?? namedInText(text, routing);
    const rule = isWarning ? nginxWarns : nginxRefuses;
    const help = helpFor(text);
    const message = `nginx ${isWarning ? 'warns' : 'refuses this'}: ${text}${from ? ` (${from.resource})` : ''}`;
    return {
      rule,
      message,
      ...(help === undefined ? {} : { help }),
      ...(from === undefined ? {} : { at: from.field }),
    };
  });
}

function readComplaint(line: string): readonly Complaint[] {
  const [, level, said = ''] = COMPLAINT.exec(line.trim()) ?? [];
  if (level === undefined || NOISE.test(said)) return [];
  const number = AT_LINE.exec(said)?.[1];
  const text = said.replace(AT_LINE, '');
  return [{ isWarning: level === 'warn', text, line: number === undefined ? undefined : Number(number) }];
}

/** The provenance of the block around each of the lines. */
function blocksAt(conf: string, wanted: ReadonlySet<number>, routing: Routing): ReadonlyMap<number, Provenance> {
  const found = new Map<number, Provenance>();
  if (wanted.size === 0) return found;
  const read = blockReader(routing);
  for (const [index, line] of conf.split('\n').entries()) {
    const from = read(line);
    if (from !== undefined && wanted.has(index + 1)) found.set(index + 1, from);
  }
  return found;
}

/**
 * Takes line after line and says whose block each is in. The text is our own: indentation tells the blocks, which come
 * in the order of the Routing, and no value holds a line end.
 */
function blockReader({ servers, upstreams, streams }: Routing): (line: string) => Provenance | undefined {
  const upstreamsByName = new Map(upstreams.map(({ name, from }) => [name, from[0]]));
  const nextServer = servers.values();
  const nextStream = streams.values();
  let server: Server | undefined;
  let nextLocation: IterableIterator<Location> | undefined;
  let isStream = false;
  let current: Provenance | undefined;
  return line => {
    if (line === 'stream {') isStream = true;
    else if (line.startsWith('    upstream ')) {
      current = isStream ? nextStream.next().value?.from : upstreamsByName.get(line.slice(13, -2));
    } else if (line === '    server {' && !isStream) {
      server = nextServer.next().value;
      nextLocation = server?.locations.values();
      current = server?.from[0];
    } else if (line.startsWith('        location ')) {
      current = nextLocation?.next().value?.from[0] ?? server?.from[0];
    }
    return current;
  };
}

/** For complaints without a line, which name a host or a certificate instead. */
function namedInText(text: string, { servers, certificates }: Routing): Provenance | undefined {
  const host = /^conflicting server name "([^"]+)"/.exec(text)?.[1];
  if (host !== undefined) return servers.find(server => server.host === host)?.from[0];
  const id = /certs\/([\w.-]+)\.pem"/.exec(text)?.[1];
  return id === undefined ? undefined : certificates.find(certificate => certificate.id === id)?.from;
}

function helpFor(text: string): string | undefined {
  if (text === 'unknown directive "stream"') {
    return 'start nginx with -g "load_module modules/ngx_stream_module.so;", or install its stream module';
  }
  if (/^bind\(\) to .* failed \(13:/.test(text)) return 'ports below 1024 are for root: choose others';
  return undefined;
}

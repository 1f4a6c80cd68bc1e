import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { renderNginx } from '../../src/nginx/render.ts';
import { matchLocation } from '../../src/routing/match-location.ts';
import { matchServer } from '../../src/routing/match-server.ts';
import type { Location, Routing, Server } from '../../src/routing/model.ts';
import { slashTarget } from '../../src/routing/slash-paths.ts';
import { readTarget } from '../../src/routing/request-uri.ts';
import type { ClientCertificate } from '../../src/routing/policies/client-certificate.ts';
import type { LocationStatement, OtherStatement } from '../../src/routing/snippets.ts';
import { asked, fromIngress, routingOf } from '../support/routing.ts';
import { authority, pem } from '../support/credentials.ts';
import { sendRaw } from '../support/client.ts';
import type { Ports } from '../support/client.ts';
import { freePorts, startNginx } from '../support/nginx.ts';
import type { RunningNginx } from '../support/nginx.ts';
import { runs } from '../property/runs.ts';

/** Few letters, so that names and paths meet. */
const LABELS = ['a', 'b', 'ab', 'x-1', 'x_2'];
const HOSTS = [
  'a.test',
  'b.test',
  'b.a.test',
  'a.b.test',
  'x-1.a.test',
  'b.b.a.test',
  'ab.test',
  'test',
  'a.test.b',
  '*.test',
  '*.a.test',
  '*.b.test',
  '*.b.a.test',
  'a.*.test',
  '*.a*.test',
];
const ALIASES = [
  'b',
  'a',
  'a.a.test',
  '*.ab.test',
  '*.a.ab.test',
  'a.*',
  'a.b.*',
  'b.a.*',
  '~^x.*[.]a[.]',
  '~^(?<first>a|b)\\.x',
  '~^AB[.]',
  '~1$',
  '~^[^.]+[.]b[.]a[.]',
];
const SEGMENTS = ['', 'a', 'b', 'A', 'ab', 'a.b', 'a+b', 'a b', 'é', 'a%b', '..a', 'a$'];
const EXPRESSIONS = [
  '^/a',
  '^/',
  '^/A/(b|c)',
  '^/a(/|$)(.*)',
  '^/a\\.b$',
  '^/(?<x>a|b)/ab',
  '^/a?b',
  '^/ab+$',
  '^/é',
  '^/.*b$',
  '^/a|b',
];

const path = fc.array(fc.constantFrom(...SEGMENTS), { minLength: 1, maxLength: 3 }).map(parts => `/${parts.join('/')}`);
const plainLocation = fc.record({ match: fc.constantFrom('exact' as const, 'prefix' as const), path });
const expression = fc.record({ match: fc.constant('regex' as const), path: fc.constantFrom(...EXPRESSIONS) });
type Place = Pick<LocationStatement, 'match' | 'path'>;
const SNIPPETS: readonly Place[] = [
  { match: '=', path: '/a' },
  { match: '', path: '/a/b/ab' },
  { match: '^~', path: '/b/' },
  { match: '~', path: '/A/b' },
  { match: '~*', path: 'b$' },
];

const serverParts = fc.record({
  locations: fc.oneof(
    { weight: 3, arbitrary: fc.array(plainLocation, { minLength: 4, maxLength: 16 }) },
    { weight: 1, arbitrary: fc.array(fc.oneof(expression, plainLocation), { minLength: 3, maxLength: 9 }) },
  ),
  snippets: fc.oneof(
    { weight: 4, arbitrary: fc.constant<Place[]>([]) },
    { weight: 1, arbitrary: fc.subarray<Place>([...SNIPPETS]) },
  ),
  hasCertificate: fc.boolean(),
});

const PIECES = ['/', '/', '/', 'a', 'b', 'ab', 'A', 'a.b', '.', '..', '%61', '%2F', '%2e', '+', '%2B', 'é', '%C3%A9'];
const anyTarget = fc
  .array(fc.constantFrom(...PIECES, '%25', '%20', '$', '%3F', ';', '~'), { maxLength: 9 })
  .chain(parts =>
    fc
      .constantFrom('', '', '', '', '?', '?x=1', '?%zz#b', '#b', '%', '%0', '%00', '%zz', ' x')
      .map(end => `/${parts.join('')}${end}`),
  );
const end = fc.constantFrom('', '', '', '/', '/a', 'a', '?x=1');
/** Near the path of a location. */
const nearTarget = fc.tuple(path, end).map(([begin, rest]) => `${encodeURI(begin)}${rest}`);
const target = fc.oneof(anyTarget, { weight: 2, arbitrary: nearTarget });
const someHost = fc
  .array(fc.constantFrom(...LABELS, 'test'), { minLength: 1, maxLength: 3 })
  .map(labels => [...labels, 'test'].join('.'));
const host = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(...HOSTS.filter(each => !each.includes('*')), 'a.a.test', 'c.a.test', 'b', 'a'),
  },
  { weight: 6, arbitrary: someHost },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      'A.Test',
      'a.test:80',
      'b.test.',
      'B.test.:8',
      'a..test',
      '',
      '[::1]',
      '127.0.0.1',
      'a/b',
      ':80',
      '.',
    ),
  },
);

const ASKS_CERTIFICATE = 'b.test';
const CLIENT_CERTIFICATE: ClientCertificate = {
  authorities: 'clients',
  verify: 'optional',
  depth: 1,
  isPassed: false,
  open: [],
  isOfAll: false,
};

let nginx: RunningNginx;
let ports: Ports;
let routing: Routing;

beforeAll(async () => {
  const [httpPort = 0, httpsPort = 0] = await freePorts(2);
  ports = { httpPort, httpsPort };
  routing = randomRouting(ports);
  nginx = await startNginx(renderNginx(routing, {}), httpPort);
});
afterAll(() => nginx.stop());

/** Each location sends requests to a path that names it. */
function randomRouting({ httpPort, httpsPort }: Ports): Routing {
  const parts = fc.sample(serverParts, { numRuns: HOSTS.length + 1, seed: Number(process.env['PROPERTY_SEED'] ?? 7) });
  const servers = ['_', ...HOSTS.toSorted()].map((name, index): Server => {
    const { locations, snippets, hasCertificate } = partAt(parts, index);
    const own: readonly string[] = ALIASES.slice(index - 1, index);
    const statements = snippets.map((snippet, place): LocationStatement => {
      const text = [{ kind: 'text', text: `/own-${index}-${place}` }] as const;
      return { kind: 'location', ...snippet, body: [{ kind: 'return', code: 302, text, isRedirect: true }] };
    });
    return {
      host: name,
      ...(own.length === 0 ? {} : { aliases: own }),
      certificate: (hasCertificate || name === ASKS_CERTIFICATE) && name !== '_' ? 'shop' : undefined,
      policies: {
        ...(statements.length === 0 ? {} : { serverSnippet: asked({ statements }) }),
        ...(name === ASKS_CERTIFICATE ? { clientCertificate: asked(CLIENT_CERTIFICATE) } : {}),
      },
      locations: distinctLocations(locations, statements).map(({ match, path: text }, place) => ({
        match,
        path: text,
        policies: {},
        target: { kind: 'redirect', code: 302, to: { kind: 'url', url: `/location-${index}-${place}` } },
        from: [],
      })),
      from: [],
    };
  });
  return {
    ...routingOf({}),
    listeners: { addresses: ['127.0.0.1'], httpPort, httpsPort },
    defaultCertificate: { kind: 'reject' },
    http: { ...routingOf({}).http, statusPage: asked({ readers: ['127.0.0.1'] }) },
    servers,
    files: [
      { kind: 'key-pair', id: 'shop', ...pem('shop'), from: fromIngress('shop/web') },
      { kind: 'authorities', id: 'clients', content: authority('clients.crt'), from: fromIngress('shop/web') },
    ],
  };
}

function partAt<T>(parts: readonly T[], index: number): T {
  const part = parts[index];
  if (part === undefined) throw new Error('there is one for each host');
  return part;
}

/** nginx takes none twice, but for expressions. */
function distinctLocations(
  locations: readonly Pick<Location, 'match' | 'path'>[],
  own: readonly LocationStatement[],
): readonly Pick<Location, 'match' | 'path'>[] {
  const known = new Set(own.map(({ match, path: text }) => `${match === '=' ? 'exact' : 'prefix'} ${text}`));
  return locations.filter(({ match, path: text }) => {
    const key = `${match} ${text}`;
    if (match !== 'regex' && known.has(key)) return false;
    known.add(key);
    return true;
  });
}

interface Asked {
  readonly scheme: 'http' | 'https';
  readonly host: string;
  readonly sni: string | undefined;
  readonly target: string;
}

/** What nginx answers, as far as it tells who has answered. */
async function answerOf({ host: name, sni, scheme, target: sent }: Asked): Promise<string> {
  const bytes = Buffer.from(`GET ${sent} HTTP/1.1\r\nHost: ${name}\r\nConnection: close\r\n\r\n`);
  let answer: string;
  try {
    answer = await sendRaw(ports, bytes, scheme === 'https' ? (sni ?? '') : undefined);
  } catch {
    return 'rejected';
  }
  const status = /^HTTP\/1\.1 (\d+)/.exec(answer)?.[1];
  const location = /^Location: (?:https?:\/\/[^/]*)?(\S*)\r$/mu.exec(answer)?.[1];
  if (status === '200' && answer.includes('Active connections')) return 'status page';
  return location === undefined ? String(status) : `${status} ${location}`;
}

/** What the routing says that it is. */
function expected({ scheme, host: name, sni, target: sent }: Asked): string {
  const uri = readTarget(sent);
  const server = matchServer(routing, { scheme, host: name, sni });
  if (server.kind === 'rejected') return 'rejected';
  if (uri.kind === 'refused') return '400';
  if (server.kind === 'refused') return String(server.status);
  if (server.kind !== 'server') throw new Error(server.kind);
  const found = matchLocation(routing, server.server, uri.path);
  if (found.kind === 'unclear') throw new Error(found.reason);
  if (found.kind === 'nothing') return '404';
  const { place } = found;
  switch (place.kind) {
    case 'status-page':
      return 'status page';
    case 'slash':
      return `301 ${slashTarget(found.text)}${uri.query === undefined ? '' : `?${uri.query}`}`;
    case 'location':
      return place.location.target.kind === 'redirect' && place.location.target.to.kind === 'url'
        ? `302 ${place.location.target.to.url}`
        : '200';
    case 'snippet':
      return `302 ${textOfReturn(place.statement)}`;
  }
}

function textOfReturn(statement: LocationStatement | OtherStatement): string {
  const [first] = statement.kind === 'location' ? statement.body : [];
  const [part] = first?.kind === 'return' ? (first.text ?? []) : [];
  return part?.kind === 'text' ? part.text : '';
}

const plain = fc.record<Asked>({ scheme: fc.constant('http'), host, sni: fc.constant(undefined), target });
const name = fc.oneof(fc.constantFrom(...HOSTS.filter(each => !each.includes('*'))), someHost);
const overTls = name.chain(sni =>
  fc.record<Asked>({
    scheme: fc.constant('https'),
    host: fc.oneof({ weight: 3, arbitrary: fc.constant(sni) }, { weight: 1, arbitrary: name }),
    sni: fc.oneof({ weight: 8, arbitrary: fc.constant(sni) }, { weight: 1, arbitrary: fc.constant(undefined) }),
    target,
  }),
);

/** As many at once. */
const BATCH = 25;

test.each([
  { name: 'over plain HTTP', request: plain, batches: 80, atLeast: 40 },
  { name: 'over HTTPS', request: overTls, batches: 12, atLeast: 15 },
])('nginx lets the location answer that the routing says, $name', async ({ request, batches, atLeast }) => {
  const seen = new Set<string>();
  const batch = fc.array(request, { minLength: BATCH, maxLength: BATCH });
  await fc.assert(
    fc.asyncProperty(batch, async requests => {
      const answers = await Promise.all(requests.map(answerOf));
      const answered = requests.map((each, index) => ({ ...each, answer: answers[index] }));
      expect(answered).toEqual(requests.map(each => ({ ...each, answer: expected(each) })));
      for (const answer of answers) seen.add(answer.replace(/[?].*$/, ''));
    }),
    runs(batches),
  );
  // Many locations have answered, not always the same.
  expect(seen.size).toBeGreaterThan(atLeast);
});

import { PASSWORDS } from '../support/credentials.ts';
import type { Chance } from './chance.ts';
import type { Sent } from './client.ts';
import type { MadeSet } from './sets.ts';
import { hostsOf } from './sets.ts';

const METHODS = ['GET', 'GET', 'GET', 'GET', 'GET', 'HEAD', 'POST', 'OPTIONS', 'PUT', 'DELETE'] as const;
const RARE_METHODS = ['PATCH', 'TRACE', 'PROPFIND', 'get', 'CONNECT'] as const;
const LABELS = ['a', 'www', 'x-1', 'shop', 'a.b'] as const;
const TAILS = [
  '',
  '',
  '',
  '/',
  'x',
  '/x',
  '/bar',
  '/v1/users',
  '/..',
  '/./y',
  '//z',
  '/%2e%2e/w',
  '.php',
  '/a%20b',
  '/%C3%A9',
  '%2F',
  '/q.secret',
] as const;
const STRAY = [
  '/',
  '/foo',
  '/FOO',
  '/api/v2/x',
  '/app',
  '/only',
  '/kept/x',
  '/.well-known/acme-challenge/t',
  '/healthz',
  '/nginx_status',
  '/%',
  '/%zz',
  '/a%00b',
  '/..',
  '/../etc',
  '//',
  '/en/start',
  '/v2/17',
  '/abc',
  '/xx/42',
  '/aabaa',
  '/old/thing',
  '/gone',
  '/é',
  '/%2',
  '/a;b,c',
  '/a%0Ab',
  '/a%3Fb',
  '/a%23b',
  '/+a+',
] as const;
const QUERIES = ['', '', '', '?', '?x=1', '?a=b&c=%20d', '?q=/../x', '?x=%C3%A9&y=$1', '?é'] as const;
const USERS = ['ines', 'tomasz'] as const;

/** A host that is asked: of the set, most of the time. */
function hostFor({ chance, set }: Asking): string {
  if (chance.percent(4)) return chance.pick(['unknown.test', '127.0.0.1', 'localhost', `x.also${set.number}.test`]);
  const hosts = hostsOf(set);
  const aliases = set.ingresses
    .flatMap(({ annotations }) => (annotations['server-alias'] ?? '').split(','))
    .filter(Boolean);
  const known = chance.percent(10) && aliases.length > 0 ? aliases : hosts;
  const [first = set.domain] = known;
  const pattern = chance.pick([first, ...known]);
  const label = chance.pick(LABELS);
  // Rules without host are those of names that nobody has.
  if (pattern === '') return 'nobody.test';
  const host = pattern.startsWith('~') ? `re${chance.below(20)}.${set.domain}` : pattern.replace('*', label);
  const other = chance.percent(4) ? `www.${host}` : host;
  const cased = chance.percent(5) ? other.toUpperCase() : other;
  return chance.percent(5) ? `${cased}${chance.pick([':80', ':8080', ':443', '.', ':'])}` : cased;
}

/** A path that one of the rules might take. */
function pathFor({ chance, set }: Asking): string {
  if (chance.percent(14)) return chance.pick(STRAY);
  const snippets = set.ingresses.flatMap(({ annotations }) => annotations['server-snippet'] ?? []);
  const paths = [
    ...snippets.flatMap(text => /location (?:= |~ )?(\S+)/.exec(text)?.[1] ?? []),
    ...set.ingresses.flatMap(({ rules }) => rules.flatMap(rule => rule.paths.map(({ path }) => path))),
  ];
  const [first = '/'] = paths;
  const plain = chance
    .pick([first, ...paths])
    .replaceAll(/\(\?[^)]*\)|\(\/\|\$\)|\(\.\*\)|\\d\+|[()[\]{}|?*+$\\^]/g, '')
    .replaceAll(' ', '%20');
  const path = `${plain === '' ? '/' : plain}${chance.pick(TAILS)}`;
  return chance.percent(6) ? path.toUpperCase() : path;
}

function headersFor({ chance }: Asking, method: string): Sent['headers'] {
  const headers: { name: string; value: string }[] = [];
  const add = (percent: number, name: string, value: () => string): void => {
    if (chance.percent(percent)) headers.push({ name, value: value() });
  };
  add(30, 'X-Canary', () => chance.pick(['always', 'never', 'yes', 'ALWAYS', 'abc', '42']));
  add(15, 'X-Kind', () => chance.pick(['a', 'b', 'c', 'always', 'YES']));
  add(25, 'Cookie', () =>
    chance.pick([
      'canary=always',
      'canary=never',
      'a=b; canary=always',
      'my-canary=always',
      'route=abc',
      'CANARY=always',
      'canary=x; my-canary=never',
    ]),
  );
  add(25, 'Origin', () =>
    chance.pick(['https://app.test', 'https://x.app.test', 'http://b.test', 'null', 'HTTPS://APP.TEST']),
  );
  // Explanations take passwords for right.
  add(35, 'Authorization', () => {
    const user = chance.pick(USERS);
    return `Basic ${Buffer.from(`${user}:${PASSWORDS[user]}`).toString('base64')}`;
  });
  add(10, 'User-Agent', () => chance.pick(['curl/8', 'Evil bot', 'Mozilla/5.0']));
  add(8, 'X-Forwarded-Proto', () => chance.pick(['https', 'http', 'HTTPS']));
  add(8, 'X-Forwarded-For', () => chance.pick(['10.1.2.3', '127.0.0.2, 10.0.0.1', 'nonsense']));
  add(6, 'X-Forwarded-Host', () => chance.pick(['front.test', 'a.test, b.test']));
  add(4, 'X-Forwarded-Port', () => chance.pick(['8443', 'abc']));
  add(4, 'X-Request-ID', () => 'req-1');
  add(10, 'Access-Control-Request-Method', () => 'POST');
  if (method === 'POST' || method === 'PUT')
    headers.push({ name: 'Content-Length', value: chance.pick(['0', '5', '2000']) });
  return headers;
}

interface Asking {
  readonly chance: Chance;
  readonly set: MadeSet;
}

export function requestFor(set: MadeSet, chance: Chance): Sent {
  const asking: Asking = { chance, set };
  const method = chance.percent(2) ? chance.pick(RARE_METHODS) : chance.pick(METHODS);
  const target = `${pathFor(asking)}${chance.pick(QUERIES)}`;
  return {
    method,
    scheme: chance.percent(35) ? 'https' : 'http',
    host: hostFor(asking),
    target,
    headers: headersFor(asking, method),
    clientIp: `127.0.0.${1 + chance.below(4)}`,
  };
}

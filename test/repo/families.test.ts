import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { describe, expect, test } from 'vitest';

import { annotationFamilies } from '../../src/annotations/registry.ts';
import type { Family } from '../../src/annotations/family.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** What CONTRIBUTING says of a new family: the paths between backticks, some with NAME. */
const SECTION = /^## Add a family of annotations\n(?<text>[\s\S]*?)^## /mu.exec(
  readFileSync(join(ROOT, 'CONTRIBUTING.md'), 'utf8'),
)?.groups?.['text'];
const PATHS = [...(SECTION ?? '').matchAll(/`(?<path>(?:src|templates|test|fixtures)\/[^`\s]+)`/gu)].flatMap(
  ({ groups }) => groups?.['path'] ?? [],
);
const NAMED = PATHS.filter(path => path.includes('NAME'));
const SHARED = PATHS.filter(path => !path.includes('NAME'));

/** A family has these only if it needs them, as CONTRIBUTING says. */
const OPTIONAL = [
  'src/annotations/rules/NAME.ts',
  'src/lint/NAME.ts',
  'src/lint/rules/NAME.ts',
  'templates/policies/NAME.conf',
];

/** What else differs from CONTRIBUTING, by family and file, and why. */
interface Exceptions {
  /** Files that it does not have. */
  readonly lacks?: Readonly<Record<string, string>>;
  /** Files of others that name it. */
  readonly elsewhere?: Readonly<Record<string, string>>;
}

const EXCEPTIONS: Readonly<Record<string, Exceptions>> = {
  customErrors: {
    elsewhere: {
      'src/compile/concerned.ts': 'pages may come from the Service of another host',
      'src/nginx/blocks/locations.ts': 'what a server answers by itself has no pages',
      'src/routing/error-pages.ts': 'what a server answers has the pages of options',
    },
  },
  tlsRedirect: {
    elsewhere: {
      'src/nginx/blocks/locations.ts':
        'what all locations redirect, the server redirects before nginx looks at the body',
      'src/annotations/port-in-redirects.ts': 'an annotation for redirects of both kinds',
      'src/compile/plain-hosts.ts': 'who redirects, or asks for no redirect, has thought of TLS',
      'src/nginx/made-parts.ts': 'that redirect stands where it would stand in a location',
      'src/lint/backend-protocol.ts': 'what is redirected has TLS, whatever became of its Secret',
      'src/lint/client-certificate.ts': 'what is not redirected shows no certificate',
      'src/compile/idle-tls-redirects.ts': 'whether a host has TLS shows over all Ingresses',
    },
  },
  limits: { elsewhere: { 'src/annotations/guards.ts': 'tells what limits requests from what was meant to' } },
  limitRate: { elsewhere: { 'src/annotations/guards.ts': 'tells what limits requests from what only looks like it' } },
  basicAuth: {
    elsewhere: {
      'src/annotations/guards.ts': 'tells what keeps people out from what was meant to',
      'src/nginx/collector.ts': 'what passwords leave of Authorization holds in internal locations, too',
      'src/nginx/render.ts': 'only the files of guards that are asked are written',
    },
  },
  clientCertificate: {
    elsewhere: {
      'src/annotations/guards.ts': 'tells what keeps people out from what was meant to',
      'src/test-file/request.ts': 'a request of a test may show a certificate',
    },
  },
  buffering: {
    elsewhere: {
      'src/annotations/external-auth.ts': 'answers of an auth service fit into the same buffer',
      'src/annotations/global-auth.ts': 'answers of an auth service fit into the same buffer',
    },
  },
  externalAuth: {
    elsewhere: {
      'src/compile/concerned.ts': 'a service that is asked may be one of another host',
      'src/annotations/buffering-limits.ts': 'one annotation is of both',
      'src/annotations/buffering.ts': 'one annotation is of both',
      'src/annotations/global-auth.ts': 'an Ingress with a service of its own does not ask that of all',
      'src/compile/report-open-options.ts': 'looks at options as they are written, before anybody asks for them',
      'src/annotations/guards.ts': 'tells what keeps people out from what was meant to',
      'src/annotations/mirror.ts': 'reads a URL with variables in the same way',
      'src/annotations/backend-protocol.ts': 'puts in names of the location in the same way',
    },
  },
  globalAuth: {
    lacks: {
      'src/routing/policies/global-auth.ts': 'it asks nginx for the same as external-auth',
      'src/nginx/policies/global-auth.ts': 'it asks nginx for the same as external-auth',
    },
    elsewhere: {
      'src/compile/concerned.ts': 'the same',
      'src/annotations/buffering-limits.ts': 'one annotation is of both',
      'src/annotations/buffering.ts': 'one annotation is of both',
      'src/annotations/external-auth.ts': 'an Ingress with a service of its own does not ask that of all',
      'src/annotations/guards.ts': 'tells what keeps people out from what was meant to',
      'src/lint/external-auth.ts': 'who is asked may be out of reach, whoever asks',
      'src/nginx/policies/external-auth.ts': 'it asks nginx for the same as external-auth',
    },
  },
  sourceRange: {
    elsewhere: { 'src/annotations/guards.ts': 'tells what keeps people out from what was meant to' },
  },
  rewrite: {
    elsewhere: {
      'src/nginx/policies/tls-redirect.ts': 'a rewrite to a URL is a redirect that comes first',
    },
  },
  appRoot: { elsewhere: { 'src/lint/redirect-loops.ts': 'it is a redirect, which may lead to itself' } },
  redirects: {
    elsewhere: {
      'src/lint/redirect-loops.ts': 'a redirect may lead to itself, over those of others, too',
      'src/annotations/port-in-redirects.ts': 'an annotation for redirects of both kinds',
      'src/nginx/policies/slash-redirect.ts': 'the slash of a folder is added by a redirect, too',
    },
  },
  ciphers: { elsewhere: { 'src/controller-config/tls.ts': 'the option of this name belongs to TLS of all hosts' } },
  backendTls: {
    elsewhere: {
      'src/annotations/encryption.ts': 'what it gives is of the routes to upstreams',
      'src/compile/encryption.ts': 'there the Ingresses of a host are put together',
      'src/nginx/blocks/upstream.ts': 'connections that differ are not kept',
    },
  },
  backendProtocol: { elsewhere: { 'src/annotations/backend-tls.ts': 'without TLS there is nothing to check' } },
  serverAlias: {
    lacks: {
      'src/routing/policies/server-alias.ts': 'what it gives are names of servers, which the routing has',
      'src/nginx/policies/server-alias.ts': 'the same',
    },
    elsewhere: { 'src/compile/concerned.ts': 'an Ingress has a say in the hosts of its aliases' },
  },
  affinity: {
    elsewhere: { 'src/nginx/policies/balancing.ts': 'an upstream with affinity is not balanced in another way' },
  },
  mirror: { elsewhere: { 'src/compile/concerned.ts': 'copies lead to a Service of another host' } },
  modsecurity: { elsewhere: { 'src/options/nginx-modules.ts': 'the module has the same name' } },
  opentelemetry: { elsewhere: { 'src/options/nginx-modules.ts': 'the module has the same name' } },
  serviceUpstream: {
    lacks: { 'src/nginx/policies/service-upstream.ts': 'where a Service is found is in the peers of its upstream' },
    elsewhere: { 'src/compile/known-backends.ts': 'finds a Service at the address that is asked for' },
  },
  sslPassthrough: {
    lacks: {
      'src/routing/policies/ssl-passthrough.ts': 'what it gives is a passthrough, which the routing has',
      'src/nginx/policies/ssl-passthrough.ts': 'passthroughs are rendered for whoever asks for them',
      'test/unit/annotations/ssl-passthrough.test.ts': 'which host it holds for shows over all Ingresses',
    },
    elsewhere: {
      'src/compile/concerned.ts': 'an Ingress has a say in the connections of its hosts',
      'src/compile/plain-hosts.ts': 'a host whose TLS is passed through is not without TLS',
    },
  },
  configurationSnippet: {
    elsewhere: {
      'src/annotations/guards.ts': 'what a snippet may keep out is kept out without it',
      'src/nginx/conf-users.ts': 'a complaint about a line of a snippet is one of whoever wrote it',
    },
  },
  streamSnippet: {
    lacks: {
      'src/routing/policies/stream-snippet.ts': 'what it gives stands in stream{}, which no policy is of',
      'src/nginx/policies/stream-snippet.ts': 'the same',
    },
    elsewhere: {
      'src/compile/stream-snippets.ts': 'those of all Ingresses and of the ConfigMap stand there in their order',
      'src/compile/snippet-options.ts': 'the snippets of the ConfigMap are checked once, where it is read',
    },
  },
  serverSnippet: {
    elsewhere: {
      'src/annotations/guards.ts': 'what a snippet may keep out is kept out without it',
      'src/annotations/configuration-snippet.ts': 'it may use the variables that a server-snippet sets',
      'src/routing/location-index.ts': 'a snippet may have locations, which take paths from others',
      'src/nginx/conf-users.ts': 'a complaint about a line of a snippet is one of whoever wrote it',
      'src/compile/snippet-options.ts': 'the snippets of the ConfigMap are checked once, where it is read',
    },
  },
  canary: {
    lacks: {
      'src/routing/policies/canary.ts': 'what it gives is a share, for which the routing has splits',
      'src/nginx/policies/canary.ts': 'splits are rendered for whoever asks for them',
    },
    elsewhere: {
      'src/compile/concerned.ts': 'whose shares count for a host shows over all Ingresses',
      'src/compile/rules/canary.ts': 'which main Ingress a share joins shows over all of them',
    },
  },
};

/** All files of src/ and templates/, by path from the root of the project. */
const SOURCES: ReadonlyMap<string, string> = new Map(
  ['src', 'templates'].flatMap(folder =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .map(name => `${folder}/${name}`)
      .filter(path => statSync(join(ROOT, path)).isFile())
      .map(path => [path, readFileSync(join(ROOT, path), 'utf8')] as const),
  ),
);

const kebabCase = (name: string): string => name.replaceAll(/[A-Z]/gu, letter => `-${letter.toLowerCase()}`);

/** Whether a file is one of a family: `NAME.ts`, or `NAME.server.conf` and `NAME-origins.ts` beside it. */
function isOwn(path: string, name: string): boolean {
  return NAMED.some(named => {
    const [before = '', after = ''] = named.split('NAME');
    if (!path.startsWith(before + name) || !path.endsWith(after)) return false;
    return after !== '' && /^(?:[.-][\w.-]+)?$/u.test(path.slice(before.length + name.length, -after.length));
  });
}

/** The files of src/ that a text imports, by path from the root of the project. */
function importsOf(path: string, text: string): readonly string[] {
  return [...text.matchAll(/ from '(?<path>\.[^']+)'/gu)].map(({ groups }) =>
    join(dirname(path), groups?.['path'] ?? ''),
  );
}

/** Directives of nginx, of which some have the names of families. */
const LANGUAGE = /^src\/(?:snippets\/|routing\/snippet|nginx\/snippet-)/u;

/** What is said of a request, or of two routings, is said of each policy; names of steps are those of some families. */
const ANSWERS = /^src\/(?:answers\/(?:explain|tests|diff)\/|report\/explain-)/u;

/** Whether a file of others knows a family: by its own name, one of its files, its policy, a template or an annotation. */
function knows(path: string, withComments: string, { name, annotations }: Family): boolean {
  const kebab = kebabCase(name);
  const text = withComments.replaceAll(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gmu, '');
  if (importsOf(path, text).some(imported => isOwn(imported, kebab))) return true;
  if (new RegExp(`^${kebab}[.-]`, 'u').test(basename(path))) return true;
  const words = [
    `policies(?:\\.\\w+)?\\??\\.${name}\\b`,
    `policies/${kebab}[.]`,
    ...[name, ...Object.keys(annotations)].map(word => `'${word}'`),
  ];
  return new RegExp(words.join('|'), 'u').test(text);
}

test('CONTRIBUTING names files of a family, and files that all of them share', () => {
  expect(NAMED).toEqual(expect.arrayContaining(['src/annotations/NAME.ts', ...OPTIONAL]));
  expect(SHARED.length).toBeGreaterThan(0);
  expect(SHARED.filter(path => !existsSync(join(ROOT, path)))).toEqual([]);
});

describe.each(Object.values<Family>(annotationFamilies))('the family $name', family => {
  const kebab = kebabCase(family.name);
  const { lacks = {}, elsewhere = {} } = EXCEPTIONS[family.name] ?? {};

  test('has the files that CONTRIBUTING names', () => {
    const missing = NAMED.filter(path => !OPTIONAL.includes(path))
      .map(path => path.replace('NAME', kebab))
      .filter(path => !existsSync(join(ROOT, path)));
    expect(missing).toEqual(Object.keys(lacks));
  });

  test('is named by no other file', () => {
    const others = [...SOURCES].filter(
      ([path]) => !isOwn(path, kebab) && !SHARED.includes(path) && !LANGUAGE.test(path) && !ANSWERS.test(path),
    );
    const found = others.filter(([path, text]) => knows(path, text, family)).map(([path]) => path);
    expect(found.toSorted()).toEqual(Object.keys(elsewhere).toSorted());
  });

  test('is asked on a real nginx', () => {
    const folders = readdirSync(join(ROOT, 'fixtures/golden', kebab));
    const asked = folders.filter(folder => existsSync(join(ROOT, 'fixtures/golden', kebab, folder, 'requests.yaml')));
    expect(asked).not.toEqual([]);
  });
});

test.each([
  { name: 'an import of its policy', text: "import type { BasicAuth } from '../routing/policies/basic-auth.ts';\n" },
  { name: 'its policy', text: 'const { realm } = location.policies.basicAuth.asks;\n' },
  { name: 'its policy, where there may be none', text: 'if (policies?.basicAuth === undefined) return;\n' },
  { name: 'its name', text: "if (name === 'basicAuth') return;\n" },
  { name: 'an annotation', text: "const GUARDS = ['auth-type'];\n" },
  { name: 'its template', text: '{% include "policies/basic-auth.conf" %}\n' },
])('a file knows a family by $name', ({ text }) => {
  expect(knows('src/live/basic-auth.ts', '', annotationFamilies.basicAuth)).toBe(true);
  expect(knows('src/live/health.ts', text, annotationFamilies.basicAuth)).toBe(true);
  expect(knows('src/live/health.ts', text, annotationFamilies.rewrite)).toBe(false);
});

test('exceptions are those of families that there are', () => {
  expect(Object.keys(EXCEPTIONS).filter(name => !Object.hasOwn(annotationFamilies, name))).toEqual([]);
});

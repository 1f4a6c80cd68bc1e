import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import fc from 'fast-check';
import { dump } from 'js-yaml';
import { describe, expect, test } from 'vitest';

import { askedRequest } from '../../src/answers/explain/asked-url.ts';
import { concernsOf, explainLoaded } from '../../src/jobs/explain.ts';
import type { ExplainRequest } from '../../src/jobs/explain.ts';
import type { CompileSettings } from '../../src/compile/settings.ts';
import type { SourceText } from '../../src/input/source.ts';
import { loadTexts } from '../../src/jobs/load.ts';
import type { Routing, Server } from '../../src/routing/model.ts';
import { SETTINGS } from '../support/compiled.ts';
import { flagsOf } from '../support/golden/flags.ts';
import { app, ingress, rule, secret, service, tlsSecret, userSecret } from '../support/manifests.ts';
import type { Manifest } from '../support/manifests.ts';
import { runs } from './runs.ts';

/** What is to be the same: all that has a say in requests for a host. */
function partsFor(host: string, { servers, upstreams, splits, passthroughs, http, main, listeners }: Routing): object {
  const own = servers.filter(server => server.host === host || server.aliases?.includes(host));
  const targets = own.flatMap(({ locations }) =>
    locations.flatMap(({ target }) => (target.kind === 'proxy' ? [target.to.name] : [])),
  );
  const ofSplits = splits.filter(({ name }) => targets.includes(name));
  const names = new Set([
    ...targets,
    ...ofSplits.flatMap(({ rules, shares }) => [...rules, ...shares].map(({ to }) => to)),
  ]);
  return {
    // Which of its further names are hosts of their own is only known of those that are asked for.
    own: own.map(server => ({ ...server, aliases: undefined })),
    ofSplits,
    upstreams: upstreams.filter(({ name }) => names.has(name)),
    passthroughs: passthroughs.filter(each => each.host === host),
    http,
    main,
    listeners,
  };
}

/** Hosts that requests may name for a server. */
function hostsOf({ host, aliases = [] }: Server): readonly string[] {
  return [host, ...aliases]
    .filter(name => name !== '_' && !name.startsWith('~'))
    .map(name => name.replace(/^\*/, 'any').replace(/\*$/, 'any').replaceAll('*', 'any'));
}

/** Holds what is read for each host against what all of the texts say; how often that was less. */
function holdAll(sources: readonly SourceText[], settings: CompileSettings, most = Infinity): number {
  const whole = loadTexts({ sources, settings });
  const hosts = [...new Set(whole.routing.servers.flatMap(hostsOf))].slice(0, most);
  let narrowed = 0;
  for (const host of hosts) {
    const concerns = concernsOf(askedOf('https', host));
    if (concerns === undefined) throw new Error(`${host} is a host`);
    let some: Routing | undefined;
    const isEnough = (routing: Routing): boolean => {
      if (concerns.isEnough(routing)) some = routing;
      return some !== undefined;
    };
    const loaded = loadTexts({ sources, settings, concerns: { ...concerns, isEnough } });
    for (const asked of [askedOf('https', host), askedOf('http', host)]) {
      if (concernsOf(asked)?.isEnough(loaded.routing) !== true) continue;
      expect(explainLoaded(loaded, asked)).toEqual(explainLoaded(whole, asked));
    }
    if (some === undefined) continue;
    expect(partsFor(host, some)).toEqual(partsFor(host, whole.routing));
    if (some.servers.length < whole.routing.servers.length) narrowed += 1;
  }
  return narrowed;
}

function askedOf(scheme: 'http' | 'https', host: string): ExplainRequest {
  return { request: askedRequest({ scheme, host, target: '/cart/7?x=1' }), follows: false };
}

const FIXTURES = fileURLToPath(new URL('../../fixtures', import.meta.url));

function foldersIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(entry => join(folder, entry.name));
}

function settingsOf(folder: string): CompileSettings {
  const flags = flagsOf(folder);
  const valueOf = (flag: string): string | undefined => flags[flags.indexOf(flag) + 1];
  return {
    ...SETTINGS,
    ...(flags.includes('--controller-config') ? { controllerConfig: valueOf('--controller-config') ?? '' } : {}),
    ...(flags.includes('--default-backend-service')
      ? { defaultBackendService: valueOf('--default-backend-service') ?? '' }
      : {}),
    ...(flags.includes('--snippets') ? { snippets: 'all' } : {}),
  };
}

test('of all golden inputs, what is read for a host says of it what all of the input says', () => {
  const folders = foldersIn(join(FIXTURES, 'golden')).flatMap(foldersIn);
  let narrowed = 0;
  for (const folder of folders) {
    const path = join(folder, 'input.yaml');
    if (!existsSync(path)) continue;
    narrowed += holdAll([{ name: 'input.yaml', text: readFileSync(path, 'utf8') }], settingsOf(folder), 2);
  }
  expect(narrowed).toBeGreaterThan(40);
});

test('of all repositories as well', () => {
  let narrowed = 0;
  for (const folder of foldersIn(join(FIXTURES, 'repositories'))) {
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted();
    const files = names.filter(name => /\.(?:ya?ml|json)$/.test(name) && statSync(join(folder, name)).isFile());
    const sources = files.map(name => ({ name, text: readFileSync(join(folder, name), 'utf8') }));
    narrowed += holdAll(sources, { ...SETTINGS, watchWithoutClass: true }, 2);
  }
  expect(narrowed).toBeGreaterThan(5);
});

describe('of random inputs', () => {
  const HOSTS = [
    'a.test',
    'www.a.test',
    'b.test',
    'x.b.test',
    '*.b.test',
    'c.test',
    'x.d.test',
    '',
    'a.*.test',
    'e.test',
    'f.test',
    'g.test',
    'h.test',
    'i.test',
  ];
  const host = fc.constantFrom(...HOSTS);
  const PODS_HERE = ['web', 'cart', 'blog', 'login', 'spare', 'dead'] as const;
  const pod = fc.constantFrom(...PODS_HERE, 'one');
  const path = fc.tuple(fc.constantFrom('/', '/cart', '/a'), fc.constantFrom('Prefix' as const, 'Exact' as const), pod);
  const rows = fc.array(path, { minLength: 1, maxLength: 2 });
  const annotations = fc.constantFrom<Readonly<Record<string, string>>>(
    ...Array.from({ length: 16 }, () => ({})),
    { canary: 'true', 'canary-weight': '30' },
    { canary: 'true', 'canary-by-header': 'x-new' },
    { 'server-alias': 'c.test,*.d.test' },
    { 'server-alias': '~^x.*' },
    { 'from-to-www-redirect': 'true' },
    { affinity: 'cookie' },
    { 'upstream-hash-by': '$request_uri' },
    { 'backend-protocol': 'HTTPS' },
    { 'auth-type': 'basic', 'auth-secret': 'passwords' },
    { 'auth-url': 'http://one.shop.svc.cluster.local/check' },
    { 'default-backend': 'blog', 'custom-http-errors': '404' },
    { 'ssl-passthrough': 'true' },
    { 'use-regex': 'true' },
    { 'whitelist-source-range': 'not an address' },
    { 'service-upstream': 'true' },
  );
  const oneIngress = fc.record({
    namespace: fc.constantFrom('shop', 'shop', 'shop-web'),
    rules: fc.array(fc.tuple(host, rows), { minLength: 0, maxLength: 2 }),
    annotations,
    defaultBackend: fc.option(pod, { freq: 4, nil: undefined }),
    tls: fc.boolean(),
    createdAt: fc.constantFrom('2024-01-01T00:00:00Z', '2024-02-01T00:00:00Z', undefined),
  });
  type OneIngress = typeof oneIngress extends fc.Arbitrary<infer T> ? T : never;
  /** Services that are there with endpoints, there without, or missing. */
  const services = fc.record({ withEndpoints: fc.subarray([...PODS_HERE]), without: fc.subarray([...PODS_HERE]) });
  const extras = fc.subarray(['external', 'passwords', 'certificate', 'noise'] as const);

  function manifestOf(
    { namespace, rules, annotations: asks, defaultBackend, tls, createdAt }: OneIngress,
    index: number,
  ): Manifest {
    const hosts = rules.map(([name]) => name).filter(name => name !== '');
    return ingress({
      name: `ingress-${index}`,
      namespace,
      annotations: asks,
      rules: rules.map(([name, paths]) => rule(name, paths)),
      ...(defaultBackend === undefined ? {} : { defaultBackend }),
      ...(tls ? { tls: [{ hosts, secretName: 'shop-tls' }] } : {}),
      ...(createdAt === undefined ? {} : { createdAt }),
    });
  }

  const BACKENDS = { ports: { http: 8080, metrics: 9090 }, close: () => Promise.resolve() };
  const PORTS = [{ name: 'http', number: 80, pod: 8080 }];
  const EXTRAS: { readonly [K in 'external' | 'passwords' | 'certificate' | 'noise']: readonly Manifest[] } = {
    external: [service('one', PORTS, { type: 'ExternalName', externalName: 'blog.shop.svc.cluster.local' })],
    passwords: [userSecret('passwords')],
    certificate: [tlsSecret('shop-tls', 'shop')],
    noise: [secret('unused', { key: 'value' }), ...app(BACKENDS, 'admin')],
  };
  const set = fc.record({ ingresses: fc.array(oneIngress, { minLength: 3, maxLength: 9 }), services, extras });

  test('what is read for a host says of it what all of the input says', () => {
    let narrowed = 0;
    fc.assert(
      fc.property(set, ({ ingresses, services: { withEndpoints, without }, extras: more }) => {
        const manifests = [
          ...without.map(name => service(name, PORTS, { selector: { app: name } })),
          ...more.flatMap(name => EXTRAS[name]),
          ...ingresses.map(manifestOf),
          ...withEndpoints.filter(name => !without.includes(name)).flatMap(name => app(BACKENDS, name)),
        ];
        const text = manifests.map(manifest => dump(manifest)).join('---\n');
        narrowed += holdAll([{ name: 'all.yaml', text }], SETTINGS);
      }),
      runs(40),
    );
    expect(narrowed).toBeGreaterThan(30);
  });
});

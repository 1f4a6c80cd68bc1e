import { describe, expect, test } from 'vitest';

import type { Migration, PlacedAt, TargetId } from '../../../src/answers/migrate/model.ts';
import { loadTexts } from '../../../src/jobs/load.ts';
import { migrationIn } from '../../../src/jobs/migrate.ts';
import { SETTINGS } from '../../support/compiled.ts';
import { ingress, yamlOf } from '../../support/manifests.ts';
import type { Manifest } from '../../support/manifests.ts';

const CONTROLLER = 'ingress-nginx/controller';
const OPTIONS = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { namespace: 'ingress-nginx', name: 'controller' },
  data: { 'ssl-redirect': 'false', 'lua-shared-dicts': 'a: 5', 'no-such-option': '1' },
};

function found(manifests: readonly Manifest[], to: readonly TargetId[] = [], settings = {}): Migration<PlacedAt> {
  const sources = [{ name: 'a.yaml', text: yamlOf(manifests) }];
  const loaded = loadTexts({ sources, settings: { ...SETTINGS, ...settings } });
  return migrationIn({ loaded, to }).migration;
}

/** An Ingress with these annotations of the controller. */
function web(name: string, annotations: Readonly<Record<string, string>>, parts = {}): Manifest {
  return ingress({ name, host: `${name}.io`, annotations, paths: [['/', 'Prefix', 'web']], ...parts });
}

test('an Ingress with errors is not counted, and named', () => {
  const broken = { ...web('b', {}), spec: { rules: 'b.io' } };
  const { totals, incomplete } = found([web('a', {}), broken]);
  expect(totals.ingresses).toBe(1);
  expect(incomplete).toMatchObject({ ingresses: ['shop/b'] });
  expect(found([web('a', {})]).incomplete).toBeUndefined();
});

test('an Ingress with errors that is of another class is none that is missing', () => {
  const broken = { ...web('b', {}), spec: { ingressClassName: 'other', rules: 'b.io' } };
  expect(found([web('a', {}), broken]).incomplete?.ingresses ?? []).toEqual([]);
});

describe('annotations', () => {
  const all = [
    web('a', { 'ssl-redirect': 'false', 'session-cookie-expires': '5' }),
    web('b', { 'ssl-redirect': 'false', 'http2-push-preload': 'true' }),
    web('c', { 'ssl-redirect': 'true', 'mirror-uri': '/x', 'proxy-bdy-size': '1m' }),
  ];

  test('come with the worst first, then by number of Ingresses, then by name', () => {
    const { annotations } = found(all);
    expect(annotations.map(({ name, here, ingresses }) => [name, here?.verdict, ingresses.length])).toEqual([
      ['http2-push-preload', 'refused', 1],
      ['session-cookie-expires', 'differs', 1],
      ['ssl-redirect', 'same', 3],
      ['mirror-uri', 'removed', 1],
    ]);
  });

  test('say where the first is written', () => {
    const { annotations } = found(all);
    expect(annotations.find(({ name }) => name === 'ssl-redirect')?.at).toMatchObject({ file: 'a.yaml', line: 8 });
  });

  test('that are unknown are told apart, with the one that was meant', () => {
    expect(found(all).unknown).toMatchObject([
      { name: 'proxy-bdy-size', meant: 'proxy-body-size', ingresses: ['shop/c'] },
    ]);
  });

  test('that are empty, or switch off what is off by default, ask for nothing', () => {
    const off = { 'enable-cors': 'False', canary: '0', 'auth-url': '', 'cors-allow-credentials': 'false' };
    expect(found([web('a', off)]).annotations.map(({ name }) => name)).toEqual(['cors-allow-credentials']);
  });

  test('of others are counted, and those of kubectl and the class are not', () => {
    const annotations = {
      'cert-manager.io/issuer': 'a',
      'kubernetes.io/ingress.class': 'nginx',
      'kubectl.kubernetes.io/last-applied-configuration': '{}',
    };
    const manifest = ingress({ name: 'x', host: 'x.io', paths: [['/', 'Prefix', 'web']] });
    const metadata = { namespace: 'shop', name: 'x', annotations };
    expect(found([{ ...manifest, metadata }]).others).toMatchObject([{ name: 'cert-manager.io/issuer' }]);
  });

  test('of other classes are not looked at', () => {
    const other = web('z', { 'ssl-redirect': 'false' }, { className: 'traefik' });
    expect(found([...all, other]).totals.ingresses).toBe(3);
  });
});

describe('totals', () => {
  test('count each Ingress once, by the worst of what it has', () => {
    const all = [
      web('a', {}),
      web('b', { 'app-root': '/x' }),
      web('c', { 'app-root': '/x', 'limit-rps': '5' }),
      web('d', { 'limit-rps': '5', satisfy: 'any' }),
    ];
    expect(found(all, ['traefik']).totals).toEqual({
      ingresses: 4,
      withAnnotations: 3,
      here: { same: 4, differs: 0, refused: 0 },
      there: [{ target: 'traefik', same: 2, differs: 1, unchecked: 0, none: 1 }],
    });
  });

  test('count what is asked for besides annotations', () => {
    const { totals } = found(
      [web('a', { 'use-regex': 'true' }, { paths: [['/x[0-9]', 'ImplementationSpecific', 'web']] })],
      ['haproxy'],
    );
    expect(totals.there).toMatchObject([{ target: 'haproxy', none: 1 }]);
  });
});

describe('besides annotations', () => {
  const shapesOf = (manifests: readonly Manifest[]) => found(manifests).shapes.map(({ name }) => name);
  test.each<{ name: string; given: readonly Manifest[]; shapes: readonly string[] }>([
    { name: 'nothing is special about a prefix of all', given: [web('a', {})], shapes: [] },
    { name: 'a prefix is', given: [web('a', {}, { paths: [['/x', 'Prefix', 'web']] })], shapes: ['prefixPaths'] },
    {
      name: 'a path of the type ImplementationSpecific is',
      given: [web('a', {}, { paths: [['/x', 'ImplementationSpecific', 'web']] })],
      shapes: ['implementationSpecific'],
    },
    {
      name: 'an expression is, since another Ingress of the host has use-regex',
      given: [
        web('a', {}, { host: 'h.io', paths: [['/x.*', 'ImplementationSpecific', 'web']] }),
        web('b', { 'use-regex': 'true' }, { host: 'h.io', paths: [['/y', 'Exact', 'web']] }),
      ],
      shapes: ['sharedHosts', 'regexPaths'],
    },
    { name: 'a wildcard host is', given: [web('a', {}, { host: '*.h.io' })], shapes: ['wildcardHosts'] },
    {
      name: 'a TLS Secret is',
      given: [web('a', {}, { tls: [{ hosts: ['a.io'], secretName: 's' }] })],
      shapes: ['tlsSecrets'],
    },
  ])('$name', ({ given, shapes }) => {
    expect(shapesOf(given)).toEqual(shapes);
  });
});

describe('options', () => {
  test('are those of the ConfigMap that is named, the worst first; others are no options', () => {
    const { options } = found([web('a', {}), OPTIONS], ['traefik'], { controllerConfig: CONTROLLER });
    expect(options?.map(({ name, here, there }) => [name, here?.verdict, there[0]?.verdict])).toEqual([
      ['lua-shared-dicts', 'refused', 'none'],
      ['ssl-redirect', 'same', 'differs'],
    ]);
  });

  test('are unknown without it', () => {
    expect(found([web('a', {}), OPTIONS])).not.toHaveProperty('options');
  });
});

test('what has no effect in the controller needs nothing anywhere', () => {
  const { annotations } = found([web('a', { 'mirror-uri': '/x' })], ['f5']);
  expect(annotations).toMatchObject([{ here: { verdict: 'removed' }, there: [{ verdict: 'same' }] }]);
});

import { describe, expect, test } from 'vitest';

import type { Backends } from '../support/backends.ts';
import { expectAnswer } from '../support/client.ts';
import { app, ingress, ingressClass } from '../support/manifests.ts';
import type { IngressOptions, Manifest } from '../support/manifests.ts';
import { serve } from '../support/serve.ts';

const OURS = 'k8s.io/ingress-nginx';
const byAnnotation = { className: null, annotations: { 'kubernetes.io/ingress.class': 'nginx' } };

/** An Ingress whose host says what it is. */
function claim(name: string, options: IngressOptions): Manifest {
  return ingress({ name, host: `${name}.example.com`, paths: [['/', 'Prefix', 'web']], ...options });
}

async function servedHosts(
  names: readonly string[],
  manifests: (backends: Backends) => readonly Manifest[],
  flags: readonly string[] = [],
) {
  const served = await serve(backends => [...app(backends, 'web'), ...manifests(backends)], flags);
  try {
    const statuses = await Promise.all(
      names.map(async name => (await served.ask({ host: `${name}.example.com`, path: '/' })).status),
    );
    return Object.fromEntries(names.map((name, index) => [name, statuses[index]]));
  } finally {
    await served.stop();
  }
}

test('with classes in the input', async () => {
  const names = ['field', 'annotation', 'unknown', 'other', 'renamed', 'other-annotation', 'none', 'both'];
  const statuses = await servedHosts(names, () => [
    ingressClass('nginx', OURS),
    ingressClass('edge', OURS),
    ingressClass('haproxy', 'haproxy.org/ingress-controller'),
    claim('field', { className: 'nginx' }),
    claim('annotation', byAnnotation),
    claim('unknown', { className: 'nobody-knows' }),
    claim('other', { className: 'haproxy' }),
    claim('renamed', { className: 'edge' }),
    claim('other-annotation', { className: null, annotations: { 'kubernetes.io/ingress.class': 'traefik' } }),
    claim('none', { className: null }),
    // The field decides; the annotation is not looked at.
    claim('both', { className: 'haproxy', annotations: { 'kubernetes.io/ingress.class': 'nginx' } }),
  ]);
  expect(statuses).toEqual({
    field: 200,
    annotation: 200,
    unknown: 404,
    other: 404,
    renamed: 200,
    'other-annotation': 404,
    none: 404,
    both: 404,
  });
});

describe('without classes in the input', () => {
  test.each([
    {
      name: 'the name nginx is enough',
      flags: [],
      statuses: { field: 200, annotation: 200, none: 404, edge: 404 },
    },
    {
      name: '--watch-ingress-without-class takes those without class',
      flags: ['--watch-ingress-without-class'],
      statuses: { field: 200, annotation: 200, none: 200, edge: 404 },
    },
    {
      name: '--ingress-class names another',
      flags: ['--ingress-class', 'edge'],
      statuses: { field: 404, annotation: 404, none: 404, edge: 200 },
    },
  ])('$name', async ({ flags, statuses }) => {
    const manifests = [
      claim('field', { className: 'nginx' }),
      claim('annotation', byAnnotation),
      claim('none', { className: null }),
      claim('edge', { className: 'edge' }),
    ];
    expect(await servedHosts(Object.keys(statuses), () => manifests, flags)).toEqual(statuses);
  });
});

describe('an Ingress without class', () => {
  test.each([
    { name: 'belongs to our default class', classes: [ingressClass('nginx', OURS, true)], status: 200 },
    {
      name: 'belongs to the default class of another controller',
      classes: [ingressClass('nginx', OURS), ingressClass('traefik', 'traefik.io/ingress-controller', true)],
      status: 404,
    },
  ])('$name', async ({ classes, status }) => {
    const statuses = await servedHosts(['none'], () => [...classes, claim('none', { className: null })]);
    expect(statuses).toEqual({ none: status });
  });
});

test('--controller-class names another controller', async () => {
  const manifests = [
    ingressClass('nginx', OURS),
    ingressClass('mine', 'example.com/mine'),
    claim('mine', { className: 'mine' }),
    claim('field', { className: 'nginx' }),
  ];
  const statuses = await servedHosts(['mine', 'field'], () => manifests, ['--controller-class', 'example.com/mine']);
  expect(statuses).toEqual({ mine: 200, field: 404 });
});

test('an Ingress of another class cannot take a path, however old it is', async () => {
  const served = await serve(backends => [
    ...app(backends, 'web'),
    ...app(backends, 'cart'),
    claim('old', { className: 'traefik', createdAt: '2019-01-01T00:00:00Z' }),
    claim('new', { host: 'old.example.com', createdAt: '2024-01-01T00:00:00Z', paths: [['/', 'Prefix', 'cart']] }),
  ]);
  try {
    expectAnswer(await served.ask({ host: 'old.example.com', path: '/' }), { status: 200, pod: 'cart' });
  } finally {
    await served.stop();
  }
});

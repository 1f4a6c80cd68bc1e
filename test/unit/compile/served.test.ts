import { expect, test } from 'vitest';

import { compile } from '../../../src/compile/compile.ts';
import { servedIngresses } from '../../../src/compile/served.ts';
import { collect } from '../../../src/diagnostics/diagnostic.ts';
import { readUnit } from '../../../src/resources/unit.ts';
import { SETTINGS } from '../../support/compiled.ts';
import type { IngressOptions, Manifest } from '../../support/manifests.ts';
import { ingress, service, yamlOf } from '../../support/manifests.ts';

function web(options: IngressOptions = {}): Manifest {
  return ingress({ name: 'web', host: 'a.example.com', paths: [['/', 'Prefix', 'web']], ...options });
}

function canaryOf(name: string): Manifest {
  return web({
    name: 'canary',
    paths: [['/', 'Prefix', name]],
    annotations: { canary: 'true', 'canary-weight': '5' },
  });
}

test.each([
  { name: 'an Ingress of our class is served', objects: [web()], served: ['shop/web'] },
  {
    name: 'one of another class is not',
    objects: [web(), web({ name: 'other', className: 'other' })],
    served: ['shop/web'],
  },
  {
    name: 'one that the API server would refuse is not',
    objects: [web(), web({ name: 'bad', host: 'A_b' })],
    served: ['shop/web'],
  },
  {
    name: 'one whose paths an older one has is served by that one',
    objects: [web({ createdAt: '2025-01-01T00:00:00Z' }), web({ name: 'late', createdAt: '2025-02-01T00:00:00Z' })],
    served: ['shop/web', 'shop/late'],
  },
  {
    name: 'one with a default backend alone is served',
    objects: [ingress({ defaultBackend: 'web' })],
    served: ['shop/shop'],
  },
  {
    name: 'a canary that takes nothing is not',
    objects: [web(), canaryOf('web')],
    served: ['shop/web'],
  },
  {
    name: 'a canary that takes a share is',
    objects: [web(), canaryOf('next')],
    served: ['shop/web', 'shop/canary'],
  },
])('$name', ({ objects, served }) => {
  const services = ['web', 'next'].map(each => service(each, [{ number: 80, pod: 8080 }], { clusterIP: '10.0.0.7' }));
  const text = yamlOf([...services, ...objects]);
  const { resources } = readUnit({ name: 'in.yaml', text });
  const { routing } = compile(resources, SETTINGS, collect().report);
  const ingresses = resources.filter(resource => resource.kind === 'Ingress');
  expect(servedIngresses(routing, ingresses).map(({ namespace, name }) => `${namespace}/${name}`)).toEqual(served);
});

import { expect, test } from 'vitest';

import { ocsp } from '../../../src/controller-config/ocsp.ts';
import { runOptions } from '../../support/annotations.ts';
import { compiled, configMapOf, ingressOf, serviceOf, settingsOf } from '../../support/resources.ts';

test.each([
  { data: {}, asks: undefined },
  { data: { 'enable-ocsp': 'false' }, asks: undefined },
  { data: { 'enable-ocsp': 'true' }, asks: { isStapled: true } },
])('responses are stapled: $data', ({ data, asks }) => expect(runOptions(ocsp, data).policy).toEqual(asks));

test('nginx is told who knows the names of responders', () => {
  const resources = [
    serviceOf('web'),
    ingressOf({ hosts: { 'a.io': [['/', 'web:80']] } }),
    serviceOf('kube-system/kube-dns', ['53'], { clusterIP: '10.96.0.10' }),
    configMapOf('ingress-nginx/options', { 'enable-ocsp': 'true' }),
  ];
  const { routing } = compiled(resources, settingsOf({ controllerConfig: 'ingress-nginx/options' }));
  expect(routing.resolvers).toEqual(['10.96.0.10']);
});

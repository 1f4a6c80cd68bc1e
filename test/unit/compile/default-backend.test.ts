import { expect, test } from 'vitest';

import type { Resource } from '../../../src/resources/model.ts';
import { appOf, compiled, ingressOf, serviceOf, sliceOf } from '../../support/resources.ts';

const FLAG = '--default-backend-service';
const ANSWERS = 'requests that no Ingress matches get 404';

test.each<{ name: string; given: readonly Resource[]; rest: string; lines?: readonly string[] }>([
  { name: 'is a Service with endpoints', given: appOf('rest', '10.0.0.9'), rest: 'shop-rest-80' },
  {
    name: 'has the first port',
    given: [serviceOf('rest', ['a:81->8081', 'b:80->8080']), sliceOf('rest', ['a:8081', 'b:8080'], ['10.0.0.9'])],
    rest: 'shop-rest-81',
  },
  {
    name: 'may be without endpoints in an input that has none',
    given: [serviceOf('rest', ['80'], { clusterIP: '10.96.0.9' })],
    rest: 'shop-rest-80',
  },
  {
    name: 'answers 404 if the Service is missing',
    given: appOf('rest-2', '10.0.0.9'),
    rest: '404',
    lines: [`missing-default-backend: the Service shop/rest of ${FLAG} is not in the input: ${ANSWERS}`],
  },
  {
    name: 'answers 404 if nobody is ready',
    given: appOf('rest', '-10.0.0.9'),
    rest: '404',
    lines: [`missing-default-backend: the Service shop/rest of ${FLAG} has no ready endpoint: ${ANSWERS}`],
  },
  {
    name: 'answers 404 if the Service has no port',
    given: [serviceOf('rest', [])],
    rest: '404',
    lines: [`missing-default-backend: the Service shop/rest of ${FLAG} has no port: ${ANSWERS}`],
  },
])('the default backend of the installation $name', ({ given, rest, lines = [] }) => {
  const web = serviceOf('web', ['80'], { clusterIP: '10.96.0.1' });
  const endpoints = given.some(({ kind }) => kind === 'EndpointSet') ? [sliceOf('web', ['80'], ['10.0.0.1'])] : [];
  const { locations, lines: said } = compiled(
    [ingressOf({ hosts: { 'a.io': [['/x', 'web:80', 'Exact']] } }), web, ...endpoints, ...given],
    { defaultBackendService: 'shop/rest' },
  );
  expect(locations('_')).toEqual(['= /healthz -> 200', `^ / -> ${rest}`]);
  expect(locations('a.io')).toEqual(['= /x -> shop-web-80', `^ / -> ${rest}`]);
  expect(said).toEqual(lines);
});

test.each([
  { address: 'node-port', problem: 'has no node port' },
  { address: 'port-forward', problem: 'has no port-forward yet' },
] as const)('the default backend of the installation $problem', ({ address, problem }) => {
  const { lines } = compiled([ingressOf(), serviceOf('rest')], {
    defaultBackendService: 'shop/rest',
    backendAddress: address,
  });
  expect(lines).toEqual([`missing-default-backend: the Service shop/rest of ${FLAG} ${problem}: ${ANSWERS}`]);
});

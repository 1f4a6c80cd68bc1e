import { expect, test } from 'vitest';

import { backendHost } from '../../../src/annotations/backend-host.ts';
import { linesOf } from '../../support/resources.ts';
import { runFamily } from '../../support/annotations.ts';

const NAME = 'upstream-vhost';
const INVALID = `invalid-annotation-value: ${NAME}:`;

test.each<{ name: string; text: string; host: string | undefined; lines?: readonly string[] }>([
  { name: 'is what the annotation says', text: 'inner.example.com:8443', host: 'inner.example.com:8443' },
  { name: 'has white space around it', text: ' inner.example.com\n', host: 'inner.example.com' },
  { name: 'is that of the client without a text', text: ' ', host: undefined },
  { name: 'may have variables of nginx', text: 'up.${host}-$http_x_shop', host: 'up.${host}-$http_x_shop' },
  {
    name: 'may name the Service, its port and its namespace',
    text: '$service_name.${namespace}.svc.cluster.local:$service_port',
    host: 'web.shop.svc.cluster.local:80',
  },
  { name: 'may name the Ingress', text: '$ingress_name.example.com', host: 'web.example.com' },
  {
    name: 'is that of the client with a variable that nginx does not have',
    text: '$upstream_name.example.com',
    host: undefined,
    lines: [`${INVALID} "$upstream_name.example.com" has $upstream_name, which is not a variable of nginx`],
  },
  {
    name: 'is that of the client with a group',
    text: '$1.example.com',
    host: undefined,
    lines: [`${INVALID} "$1.example.com" has $1, which is not a variable of nginx`],
  },
  {
    name: 'is that of the client with a dollar alone',
    text: 'a$',
    host: undefined,
    lines: [`${INVALID} "a$" has a $ without the name of a variable`],
  },
  ...['$uri', '${document_uri}', '$remote_user', '$request_body'].map(found => ({
    name: `never holds ${found}`,
    text: `a.${found}`,
    host: undefined,
    lines: [`${INVALID} "a.${found}" has ${found}, in which clients could put further headers`],
  })),
])('the host that a backend gets $name', ({ text, host, lines = [] }) => {
  const { policy, denied, found } = runFamily(backendHost, { [NAME]: text });
  expect(policy?.host).toBe(host);
  expect(denied).toBeUndefined();
  expect(linesOf(found)).toEqual(lines);
});

test('the default backend of the installation has no name that it could get', () => {
  const facts = { backend: undefined };
  expect(runFamily(backendHost, { [NAME]: '$service_name' }, { facts }).policy).toBeUndefined();
});

test.each(['inner example.com', 'a"b', 'a;b', 'häuser.example.com'])(
  'the controller drops an Ingress whose host is "%s": its locations are closed',
  text => {
    const { plan, found } = runFamily(backendHost, { [NAME]: text });
    expect(plan.closes).toEqual([{ closes: 'dropped', reason: `invalid value in annotation ${NAME}` }]);
    expect(linesOf(found)).toEqual([`dropped-for-value: ${NAME}: "${text}" has characters that are not allowed here`]);
  },
);

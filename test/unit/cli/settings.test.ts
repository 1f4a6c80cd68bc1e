import { expect, test } from 'vitest';

import { parseVersion } from '../../../src/cli/flags.ts';
import {
  addAddress,
  addResolver,
  parseClass,
  parseClusterDomain,
  parseObjectName,
  parseObjectNameOrNone,
  parsePort,
} from '../../../src/cli/settings.ts';

const resolver = (text: string): readonly string[] => addResolver(text, ['10.0.0.1']);

test.each([
  { name: 'the least port', parse: parsePort, text: '1', value: 1 },
  { name: 'the greatest port', parse: parsePort, text: '65535', value: 65_535 },
  { name: 'a namespace and a name', parse: parseObjectName, text: 'shop/web.v2', value: 'shop/web.v2' },
  { name: 'no certificate', parse: parseObjectNameOrNone, text: 'none', value: 'none' },
  { name: 'a domain', parse: parseClusterDomain, text: 'cluster.local', value: 'cluster.local' },
  { name: 'a controller', parse: parseClass, text: 'k8s.io/ingress-nginx', value: 'k8s.io/ingress-nginx' },
  { name: 'an IPv4 resolver', parse: resolver, text: '10.96.0.10', value: ['10.0.0.1', '10.96.0.10'] },
  { name: 'a resolver with a port', parse: resolver, text: '10.96.0.10:5353', value: ['10.0.0.1', '10.96.0.10:5353'] },
  { name: 'an IPv6 resolver, which gets brackets', parse: resolver, text: 'fd00::a', value: ['10.0.0.1', '[fd00::a]'] },
  { name: 'an IPv6 resolver with a port', parse: resolver, text: '[fd00::a]:53', value: ['10.0.0.1', '[fd00::a]:53'] },
  {
    name: 'a node',
    parse: (text: string) => addAddress(text, ['10.0.0.1']),
    text: 'FD00::A',
    value: ['10.0.0.1', 'fd00::a'],
  },
  {
    name: 'a node once',
    parse: (text: string) => addAddress(text, ['10.0.0.1']),
    text: '10.0.0.1',
    value: ['10.0.0.1'],
  },
  { name: 'the oldest nginx', parse: parseVersion, text: '1.22.0', value: { major: 1, minor: 22, patch: 0 } },
])('takes $name', ({ parse, text, value }) => {
  expect(parse(text)).toEqual(value);
});

test.each([
  { name: 'port 0', parse: parsePort, text: '0' },
  { name: 'a port over 65535', parse: parsePort, text: '99999' },
  { name: 'a port with a sign', parse: parsePort, text: '+80' },
  { name: 'a port in hexadecimal', parse: parsePort, text: '0x50' },
  { name: 'no port', parse: parsePort, text: '' },
  { name: 'a name without namespace', parse: parseObjectName, text: 'web' },
  { name: 'a name that climbs', parse: parseObjectName, text: 'shop/../web' },
  { name: 'a namespace with a dot', parse: parseObjectName, text: 'a.b/web' },
  { name: 'a name in upper case', parse: parseObjectName, text: 'shop/Web' },
  { name: 'none where an object is needed', parse: parseObjectName, text: 'none' },
  { name: 'a domain that ends its directive', parse: parseClusterDomain, text: 'a; return 418' },
  { name: 'a domain of 254 characters', parse: parseClusterDomain, text: `${'a.'.repeat(126)}aa` },
  { name: 'a class with a space', parse: parseClass, text: 'a b' },
  { name: 'a resolver by name', parse: resolver, text: 'dns.example.com' },
  { name: 'a resolver with a bad port', parse: resolver, text: '10.0.0.1:x' },
  { name: 'a resolver with a zone', parse: resolver, text: 'fe80::1%eth0' },
  { name: 'a resolver that ends its directive', parse: resolver, text: '10.0.0.1; x' },
  { name: 'a node by name', parse: (text: string) => addAddress(text, []), text: 'minikube' },
  { name: 'a node with a zone', parse: (text: string) => addAddress(text, []), text: 'fe80::1%eth0' },
  { name: 'a node with a port', parse: (text: string) => addAddress(text, []), text: '10.0.0.1:80' },
  { name: 'an nginx that is too old', parse: parseVersion, text: '1.21.9' },
  { name: 'a version of two numbers', parse: parseVersion, text: '1.26' },
  { name: 'a word for a version', parse: parseVersion, text: 'latest' },
])('refuses $name', ({ parse, text }) => {
  expect(() => parse(text)).toThrow(expect.objectContaining({ code: 'commander.invalidArgument' }));
});

import { describe, expect, test } from 'vitest';

import { backendProtocol } from '../../../src/annotations/backend-protocol.ts';
import { plannerOf } from '../../../src/annotations/plan.ts';
import { indexCluster } from '../../../src/cluster/cluster.ts';
import { readControllerConfig } from '../../../src/compile/controller-options.ts';
import { FACTS } from '../../support/annotations.ts';
import { configMapOf, ingressOf, linesOf, reported } from '../../support/resources.ts';

const PROTOCOL = 'backend-protocol';

const run = (given: Readonly<Record<string, string>>) => {
  const { result, found } = reported(report => {
    const tables = indexCluster([], report);
    const config = readControllerConfig(undefined, tables, report);
    return plannerOf([backendProtocol]).plan({ ingress: ingressOf({ annotations: given }), tables, config, report });
  });
  return { protocol: result.protocol, closes: result.closes, lines: linesOf(found) };
};

test.each([
  { name: 'HTTP without the annotation', given: {}, protocol: 'http' },
  { name: 'HTTP without a text', given: { [PROTOCOL]: '' }, protocol: 'http' },
  { name: 'HTTP where it says so', given: { [PROTOCOL]: 'HTTP' }, protocol: 'http' },
  { name: 'HTTPS', given: { [PROTOCOL]: 'HTTPS' }, protocol: 'https' },
  { name: 'HTTPS in lower case', given: { [PROTOCOL]: 'https' }, protocol: 'https' },
  { name: 'HTTPS in any case, with blanks and line ends', given: { [PROTOCOL]: ' Https\n' }, protocol: 'https' },
  { name: 'that of the client', given: { [PROTOCOL]: 'AUTO_HTTP' }, protocol: 'client' },
  { name: 'gRPC', given: { [PROTOCOL]: 'GRPC' }, protocol: 'grpc' },
  { name: 'FastCGI', given: { [PROTOCOL]: 'FCGI' }, protocol: 'fastcgi' },
  { name: 'FastCGI in lower case', given: { [PROTOCOL]: 'fcgi' }, protocol: 'fastcgi' },
  { name: 'gRPC over TLS, in lower case', given: { [PROTOCOL]: 'grpcs' }, protocol: 'grpcs' },
])('a backend speaks $name', ({ given, protocol }) => {
  expect(run(given)).toEqual({ protocol, closes: [], lines: [] });
});

test.each([
  {
    name: 'nobody knows',
    value: 'HTTP2',
    line: 'invalid-annotation-value: backend-protocol: "HTTP2" is not one of HTTP, HTTPS, AUTO_HTTP, GRPC, GRPCS, FCGI',
  },
  {
    name: 'the controller once knew',
    value: 'AJP',
    line: 'invalid-annotation-value: backend-protocol: "AJP" is not one of HTTP, HTTPS, AUTO_HTTP, GRPC, GRPCS, FCGI',
  },
])('a protocol that $name is HTTP, with a finding', ({ value, line }) => {
  expect(run({ [PROTOCOL]: value })).toEqual({ protocol: 'http', closes: [], lines: [line] });
});

describe('FastCGI', () => {
  const FCGI = { [PROTOCOL]: 'FCGI' };
  const data = {
    fine: { SCRIPT_FILENAME: '/srv$fastcgi_script_name', A: '${uri}.b', EMPTY: '' },
    root: { A: '$document_root/a', B: '${realpath_root}b' },
    names: { A: '$namespace/$service_name', B: '$best_http_host' },
    character: { A: 'a b' },
    name: { 'A B': 'a' },
    variable: { A: '$nobody' },
    dollar: { A: 'a${' },
    long: { A: 'a'.repeat(3000) },
    both: { A: '$nobody', B: ';' },
  };
  const configMaps = Object.entries(data).map(([name, entries]) => configMapOf(`shop/${name}`, entries));

  function asked(given: Readonly<Record<string, string>>) {
    const { result, found } = reported(report => {
      const tables = indexCluster(configMaps, report);
      const config = readControllerConfig(undefined, tables, report);
      const plan = plannerOf([backendProtocol]).plan({
        ingress: ingressOf({ annotations: given }),
        tables,
        config,
        report,
      });
      const { backendProtocol: policy } = plan.location(FACTS);
      return { protocol: plan.protocol, asks: policy?.asks, closes: plan.closes.map(each => each.closes) };
    });
    return { ...result, lines: linesOf(found) };
  }

  test.each([
    { name: 'nothing more by itself', given: FCGI, asks: { index: undefined, params: [] } },
    { name: 'an index', given: { ...FCGI, 'fastcgi-index': ' index.php ' }, asks: { index: 'index.php', params: [] } },
    {
      name: 'the parameters of a ConfigMap of the own namespace, by name',
      given: { ...FCGI, 'fastcgi-params-configmap': 'fine' },
      asks: {
        index: undefined,
        params: [
          { name: 'A', value: [{ variable: 'uri' }, { text: '.b' }] },
          { name: 'EMPTY', value: [] },
          { name: 'SCRIPT_FILENAME', value: [{ text: '/srv' }, { variable: 'fastcgi_script_name' }] },
        ],
      },
    },
    {
      name: 'the folder of the controller in place of that of any other nginx',
      given: { ...FCGI, 'fastcgi-params-configmap': 'shop/root' },
      asks: {
        index: undefined,
        params: [
          { name: 'A', value: [{ text: '/usr/local/nginx/html' }, { text: '/a' }] },
          { name: 'B', value: [{ text: '/usr/local/nginx/html' }, { text: 'b' }] },
        ],
      },
    },
    {
      name: 'variables of the controller, those of the location as text',
      given: { ...FCGI, 'fastcgi-params-configmap': 'names' },
      asks: {
        index: undefined,
        params: [
          { name: 'A', value: [{ text: 'shop' }, { text: '/' }, { text: 'web' }] },
          { name: 'B', value: [{ ofController: 'best_http_host' }] },
        ],
      },
    },
  ])('has $name', ({ given, asks }) => {
    expect(asked(given)).toEqual({ protocol: 'fastcgi', asks, closes: [], lines: [] });
  });

  test.each([
    {
      name: 'is not there',
      params: 'nobody',
      closes: 'location',
      line: 'the ConfigMap shop/nobody is not in the input',
    },
    { name: 'has no name', params: 'a/b/c', closes: 'location', line: '"a/b/c" is not the name of a ConfigMap' },
    {
      name: 'has a blank',
      params: 'character',
      closes: 'dropped',
      line: 'ConfigMap shop/character: A: "a b" has characters that are not allowed',
    },
    {
      name: 'has a name with a blank',
      params: 'name',
      closes: 'dropped',
      line: 'ConfigMap shop/name: "A B" is not the name of a parameter',
    },
    {
      name: 'has a variable that nginx has not',
      params: 'variable',
      closes: 'location',
      line: 'ConfigMap shop/variable: A: "$nobody" has $nobody, which is not a variable of nginx',
    },
    {
      name: 'has a dollar without a name',
      params: 'dollar',
      closes: 'location',
      line: 'ConfigMap shop/dollar: A: "a${" has a $ without the name of a variable',
    },
    {
      name: 'has a text without end',
      params: 'long',
      closes: 'location',
      line: 'ConfigMap shop/long: A is longer than 2048 characters',
    },
  ])('is closed by a ConfigMap that $name', ({ params, closes, line }) => {
    const { closes: found, lines } = asked({ ...FCGI, 'fastcgi-params-configmap': params });
    expect(found).toEqual([closes]);
    expect(lines).toEqual([`refused-fastcgi-params: fastcgi-params-configmap: ${line}`]);
  });

  test('drops out for the worst of several entries', () => {
    const { closes, lines } = asked({ ...FCGI, 'fastcgi-params-configmap': 'both' });
    expect(closes).toEqual(['dropped']);
    expect(lines).toHaveLength(2);
  });

  test('drops out for an index that is no name of a file', () => {
    const { closes, lines } = asked({ ...FCGI, 'fastcgi-index': '/index.php' });
    expect(closes).toEqual(['dropped']);
    expect(lines).toEqual(['dropped-for-value: fastcgi-index: "/index.php" has characters that are not allowed here']);
  });

  test('takes nothing of a ConfigMap of another namespace', () => {
    const given = { ...FCGI, 'fastcgi-index': 'index.php', 'fastcgi-params-configmap': 'other/fine' };
    expect(asked(given)).toEqual({
      protocol: 'fastcgi',
      asks: { index: undefined, params: [] },
      closes: [],
      lines: [
        'annotation-without-effect: fastcgi-params-configmap and fastcgi-index have no effect: the ConfigMap other/fine is of another namespace',
      ],
    });
  });

  test.each([
    { given: { 'fastcgi-index': 'index.php' }, name: 'fastcgi-index' },
    { given: { [PROTOCOL]: 'HTTPS', 'fastcgi-params-configmap': 'fine' }, name: 'fastcgi-params-configmap' },
  ])('is what $name needs', ({ given, name }) => {
    const { asks, lines } = asked(given);
    expect(asks).toBeUndefined();
    expect(lines).toEqual([`annotation-without-effect: ${name} has no effect without backend-protocol: FCGI`]);
  });
});

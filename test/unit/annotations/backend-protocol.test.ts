import { expect, test } from 'vitest';

import { backendProtocol } from '../../../src/annotations/backend-protocol.ts';
import { plannerOf } from '../../../src/annotations/plan.ts';
import { indexCluster } from '../../../src/cluster/cluster.ts';
import { readControllerConfig } from '../../../src/compile/controller-options.ts';
import { ingressOf, linesOf, reported } from '../../support/resources.ts';

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
  {
    name: 'is not built yet',
    value: 'fcgi',
    line: 'unsupported-annotation: backend-protocol: FCGI is not supported yet: requests go to the backend as HTTP/1.1, which it probably rejects',
  },
])('a protocol that $name is HTTP, with a finding', ({ value, line }) => {
  expect(run({ [PROTOCOL]: value })).toEqual({ protocol: 'http', closes: [], lines: [line] });
});

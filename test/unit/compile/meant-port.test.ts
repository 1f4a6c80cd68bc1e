import { expect, test } from 'vitest';

import { portsHelp } from '../../../src/compile/meant-port.ts';
import type { PortRef } from '../../../src/resources/model.ts';
import { serviceOf } from '../../support/resources.ts';

test.each<{ name: string; ports: readonly string[]; asked: PortRef; help: string }>([
  { name: 'a Service without ports', ports: [], asked: { number: 80 }, help: 'the Service has no port' },
  { name: 'another number', ports: ['http:80', '81'], asked: { number: 8080 }, help: 'it has 80 (http) and 81' },
  {
    name: 'a name with a letter too few',
    ports: ['metrics:9090'],
    asked: { name: 'metric' },
    help: 'did you mean `name: metrics`? it has 9090 (metrics)',
  },
  { name: 'a name of something else', ports: ['http:80'], asked: { name: 'grpc' }, help: 'it has 80 (http)' },
  {
    name: 'the node port',
    ports: ['80->8080@30080'],
    asked: { number: 30080 },
    help: '30080 is the node port of port 80: write `number: 80`',
  },
  {
    name: 'a port for UDP alone',
    ports: ['dns:53->53/UDP'],
    asked: { number: 53 },
    help: 'it has 53 (dns) for UDP only, and nginx needs a port for TCP',
  },
  { name: 'UDP ports beside others', ports: ['dns:53->53/UDP', '80'], asked: { number: 53 }, help: 'it has 80' },
])('$name', ({ ports, asked, help }) => {
  expect(portsHelp(serviceOf('web', ports), { port: asked, protocol: 'TCP' })).toBe(help);
});

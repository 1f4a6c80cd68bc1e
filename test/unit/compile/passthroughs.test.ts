import { describe, expect, test } from 'vitest';

import type { CompileSettings } from '../../../src/compile/settings.ts';
import type { Resource } from '../../../src/resources/model.ts';
import type { IngressParts } from '../../support/resources.ts';
import { compiled, configMapOf, ingressOf, serviceOf, sliceOf } from '../../support/resources.ts';

const PASSED = { 'ssl-passthrough': 'true' };
const HOST = 'vault.example.com';
const vault: readonly Resource[] = [
  serviceOf('vault', ['tls:443->8200']),
  sliceOf('vault', ['tls:8200'], ['10.0.0.2', '10.0.0.1']),
];

interface Given {
  readonly ingresses: readonly IngressParts[];
  readonly resources?: readonly Resource[];
  readonly settings?: Partial<CompileSettings>;
}

function passedOf({ ingresses, resources = [], settings = {} }: Given) {
  const all = ingresses.map((parts, index) => ingressOf({ name: `i${index}`, ...parts }));
  const { routing, lines } = compiled([...all, ...vault, ...resources], settings);
  const hosts = routing.passthroughs.map(({ host, to }) => {
    if (to === undefined) return `${host} closed`;
    const where =
      to.peers.kind === 'addresses'
        ? to.peers.addresses.map(({ address, port }) => `${address}:${port}`).join(' ')
        : `${to.peers.host}:${to.peers.port}`;
    return `${host} -> ${to.service} ${where}`;
  });
  return { hosts, lines: lines.filter(line => !line.startsWith('behaviour-difference')), routing };
}

const READY = `${HOST} -> shop/vault:443 10.0.0.1:8200 10.0.0.2:8200`;

describe('ssl-passthrough', () => {
  test.each<Given & { name: string; hosts: readonly string[]; lines?: readonly string[] }>([
    {
      name: 'hands a host to the Service of its path /',
      ingresses: [{ hosts: { [HOST]: [['/', 'vault:443']] }, annotations: PASSED }],
      hosts: [READY],
    },
    {
      name: 'finds a port by its name',
      ingresses: [{ hosts: { [HOST]: [['/', 'vault:tls']] }, annotations: PASSED }],
      hosts: [READY.replace('443', 'tls')],
    },
    {
      name: 'may be asked for by any Ingress of the host',
      ingresses: [
        { hosts: { [HOST]: [['/', 'vault:443']] } },
        { hosts: { [HOST]: [['/x', 'vault:443']] }, annotations: PASSED },
      ],
      hosts: [READY],
    },
    {
      name: 'is off with false',
      ingresses: [{ hosts: { [HOST]: [['/', 'vault:443']] }, annotations: { 'ssl-passthrough': 'f' } }],
      hosts: [],
    },
    {
      name: 'drops its Ingress if it is no boolean, as in the controller',
      ingresses: [{ hosts: { [HOST]: [['/', 'vault:443']] }, annotations: { 'ssl-passthrough': 'yes' } }],
      hosts: [],
      lines: [expect.stringMatching(/ssl-passthrough: "yes" is not a boolean/u)],
    },
    {
      name: 'closes a host without a path /',
      ingresses: [{ hosts: { [HOST]: [['/x', 'vault:443']] }, annotations: PASSED }],
      hosts: [`${HOST} closed`],
      lines: [`passthrough-without-backend: TLS connections for ${HOST} are closed: it has no path "/" of type Prefix`],
    },
    {
      name: 'closes a host whose default backend only has the rest',
      ingresses: [{ hosts: { [HOST]: [['/x', 'vault:443']] }, defaultBackend: 'vault:443', annotations: PASSED }],
      hosts: [`${HOST} closed`],
      lines: [`passthrough-without-backend: TLS connections for ${HOST} are closed: it has no path "/" of type Prefix`],
    },
    {
      name: 'closes a host behind which nobody is ready',
      ingresses: [{ hosts: { [HOST]: [['/', 'idle:443']] }, annotations: PASSED }],
      resources: [serviceOf('idle', ['443']), sliceOf('idle', ['443'], ['-10.0.0.9'])],
      hosts: [`${HOST} closed`],
      lines: [
        expect.stringMatching(/no ready endpoint/u),
        `passthrough-without-backend: TLS connections for ${HOST} are closed: nobody is reached at shop/idle:443`,
      ],
    },
    {
      name: 'has no effect on a wildcard, as in the controller',
      ingresses: [{ hosts: { '*.example.com': [['/', 'vault:443']] }, annotations: PASSED }],
      hosts: [],
      lines: [
        'annotation-without-effect: ssl-passthrough has no effect on *.example.com: only a whole name is passed through',
      ],
    },
    {
      name: 'has no effect where no host is named',
      ingresses: [{ hosts: { '': [['/', 'vault:443']] }, annotations: PASSED }],
      hosts: [],
      lines: [
        'annotation-without-effect: ssl-passthrough has no effect on requests without a host: TLS connections without a host end in nginx',
      ],
    },
    {
      name: 'can be switched off for all',
      ingresses: [{ hosts: { [HOST]: [['/', 'vault:443']] }, annotations: PASSED }],
      settings: { withoutPassthrough: true },
      hosts: [],
      lines: [
        `annotation-without-effect: ssl-passthrough has no effect on ${HOST}: as --no-enable-ssl-passthrough says`,
      ],
    },
    {
      name: 'goes before a redirect, which TLS connections never come to',
      ingresses: [
        {
          hosts: { [HOST]: [['/', 'vault:443']] },
          annotations: { ...PASSED, 'permanent-redirect': 'https://a.example' },
        },
      ],
      hosts: [READY],
    },
  ])('$name', ({ hosts, lines = [], ...given }) => {
    const passed = passedOf(given);
    expect(passed.hosts).toEqual(hosts);
    expect(passed.lines).toEqual(lines);
  });
});

describe('the ports behind that of HTTPS', () => {
  const ingresses = [{ hosts: { [HOST]: [['/', 'vault:443'] as const] }, annotations: PASSED }];
  test.each<{
    name: string;
    settings: Partial<CompileSettings>;
    tcp?: Readonly<Record<string, string>>;
    ports: readonly number[];
  }>([
    { name: 'are the next below it', settings: {}, ports: [442, 441] },
    { name: 'are not that of HTTP', settings: { httpPort: 8442, httpsPort: 8443 }, ports: [8441, 8440] },
    {
      name: 'are none of a TCP service',
      settings: { httpPort: 8080, httpsPort: 8443 },
      tcp: { '8442': 'shop/vault:443' },
      ports: [8441, 8440],
    },
    { name: 'lie above it where none are below', settings: { httpPort: 2, httpsPort: 1 }, ports: [3, 4] },
    { name: 'are what the flag says', settings: { sslPassthroughProxyPort: 9442 }, ports: [9442, 9441] },
  ])('$name', ({ settings, tcp = {}, ports }) => {
    const resources = [configMapOf('ingress/tcp', tcp)];
    const { routing } = passedOf({
      ingresses,
      resources,
      settings: { ...settings, tcpServicesConfigMap: 'ingress/tcp' },
    });
    expect([routing.listeners.passing?.https, routing.listeners.passing?.passed]).toEqual(ports);
  });

  test('are not there where nobody asks for them', () => {
    expect(passedOf({ ingresses: [{}] }).routing.listeners.passing).toBeUndefined();
  });
});

import { describe, expect, test } from 'vitest';
import { examine } from './examine.ts';

const BACKEND = 'backend: {service: {name: web, port: {number: 80}}}';

function v1(spec: string, metadata = 'name: web'): string {
  return `{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {${metadata}}, spec: {${spec}}}`;
}

function beta(spec: string, metadata = 'name: web'): string {
  return `{apiVersion: extensions/v1beta1, kind: Ingress, metadata: {${metadata}}, spec: {${spec}}}`;
}

function onePath(path: string, host = 'a.example.com'): string {
  return v1(`rules: [{host: "${host}", http: {paths: [{${path}}]}}]`);
}

const DEFAULT = 'defaultBackend: {service: {name: web, port: {number: 80}}}';

describe('messages say what is wrong, and what to write', () => {
  test.each([
    {
      name: 'an upper-case host',
      given: onePath(`path: /, pathType: Prefix, ${BACKEND}`, 'A.example.com'),
      message: '"A.example.com" is not a DNS name: host names are lower case',
      help: 'write "a.example.com"',
    },
    {
      name: 'a Service without its fields',
      given: onePath('path: /, pathType: Prefix, backend: {service: s1}'),
      message: '`service` must be a mapping, got "s1"',
      help: 'write `service: {name: s1, port: {number: 80}}`, with the port of the Service',
    },
    {
      name: 'a host that is only a star',
      given: onePath(`path: /, pathType: Prefix, ${BACKEND}`, '*'),
      message: '"*" is not a wildcard host: "*" may only be the whole first label',
      help: 'leave the host out to answer on every name, or write "*." and a domain, such as "*.example.com"',
    },
    {
      name: 'a host with a port',
      given: onePath(`path: /, pathType: Prefix, ${BACKEND}`, 'a.example.com:8080'),
      message: '"a.example.com:8080" is not a DNS name: it has a port',
      help: 'write "a.example.com"',
    },
    {
      name: 'a wildcard inside a host',
      given: onePath(`path: /, pathType: Prefix, ${BACKEND}`, 'shop.*.example.com'),
      message: '"shop.*.example.com" is not a wildcard host: "*" may only be the whole first label',
      help: 'write "*.example.com"',
    },
    {
      name: 'an IP address as host',
      given: onePath(`path: /, pathType: Prefix, ${BACKEND}`, '10.0.0.1'),
      message: '"10.0.0.1" is an IP address, and a host is a DNS name',
      help: 'use a name that leads to that address, or leave the host out to answer on every name',
    },
    {
      name: 'a missing pathType',
      given: onePath(`path: /, ${BACKEND}`),
      message: 'this path has no `pathType`',
      help: 'add `pathType: Prefix`, or `Exact` or `ImplementationSpecific`',
    },
    {
      name: 'a pathType in lower case',
      given: onePath(`path: /, pathType: prefix, ${BACKEND}`),
      message: '`pathType` must be "Exact", "Prefix" or "ImplementationSpecific", got "prefix"',
      help: 'write "Prefix"',
    },
    {
      name: 'a relative path',
      given: onePath(`path: api, pathType: Prefix, ${BACKEND}`),
      message: '"api" is not an absolute path',
      help: 'begin it with "/": "/api"',
    },
    {
      name: 'a path with two slashes in a row',
      given: onePath(`path: /a//b/../c, pathType: Prefix, ${BACKEND}`),
      message: '"/a//b/../c" contains "//" and contains "/../", which a path of type Prefix may not',
      help: 'write "/a/c"',
    },
    {
      name: 'a port number in quotes',
      given: v1('defaultBackend: {service: {name: web, port: {number: "80"}}}'),
      message: '`number` must be a whole number, got "80"',
      help: 'write 80 without quotes',
    },
    {
      name: 'a port number as a port name',
      given: v1('defaultBackend: {service: {name: web, port: {name: "80"}}}'),
      message: '"80" is not a port name: a name has at least one letter',
      help: 'write "number: 80" instead of a name',
    },
    {
      name: 'an unquoted true in an annotation',
      given: v1(DEFAULT, 'name: web, annotations: {nginx.ingress.kubernetes.io/ssl-redirect: true}'),
      message: 'the annotation "nginx.ingress.kubernetes.io/ssl-redirect" must be text, got true',
      help: 'put quotes around what is written there; without them yes, no, on, off, y and n are booleans, too',
    },
    {
      name: 'an unquoted number in an annotation',
      given: v1(DEFAULT, 'name: web, annotations: {nginx.ingress.kubernetes.io/proxy-body-size: 8}'),
      message: 'the annotation "nginx.ingress.kubernetes.io/proxy-body-size" must be text, got 8',
      help: 'put quotes around what is written there',
    },
    {
      name: 'a misspelt field',
      given: v1('rules: [{hostname: a.example.com}]'),
      message: 'an entry of `rules` has no field "hostname"',
      help: 'did you mean `host`?',
    },
    {
      name: 'a field in the wrong place',
      given: v1('rules: [{host: a.example.com, tls: []}]'),
      message: 'an entry of `rules` has no field "tls"',
      help: 'move it to `spec`, beside `rules`',
    },
    {
      name: 'a backend of v1beta1 in v1',
      given: onePath('path: /, pathType: Prefix, backend: {serviceName: web, servicePort: http}'),
      message: 'this backend is written as in a v1beta1 version',
      help: 'write `service: {name: web, port: {name: http}}`',
    },
    {
      name: 'a backend of v1 in v1beta1',
      given: beta(`rules: [{http: {paths: [{${BACKEND}}]}}]`),
      message: 'this backend is written as in networking.k8s.io/v1',
      help: 'write `serviceName: web` and `servicePort: 80`',
    },
    {
      name: 'a default backend under its name of v1 in v1beta1',
      given: beta('rules: [{}], defaultBackend: {}'),
      message: '`spec` has no field "defaultBackend"',
      help: 'write `backend`, as this field is called in extensions/v1beta1',
    },
    {
      name: 'a Secret with its namespace',
      given: v1(`${DEFAULT}, tls: [{secretName: shop/cert}]`),
      message: '"shop/cert" is not a DNS name: "/" is not allowed in it',
      help: 'write "cert"',
    },
    {
      name: 'neither rules nor a default backend',
      given: v1('tls: []'),
      message: 'this Ingress has neither `rules` nor a `defaultBackend`',
      help: 'add `rules`',
    },
  ])('$name', ({ given, message, help }) => {
    const { diagnostics } = examine(given);
    expect(diagnostics.map(found => ({ message: found.message, help: found.help }))).toEqual([{ message, help }]);
  });
});

describe('each mistake is found at its place, once', () => {
  test.each([
    { name: 'a good one', given: v1(DEFAULT), found: [] },
    {
      name: 'several rules broken',
      given: onePath('path: x, pathType: Exact, backend: {service: {name: X, port: {}}}', 'B'),
      found: [
        'invalid-host spec.rules.0.host',
        'invalid-path spec.rules.0.http.paths.0.path',
        'invalid-name spec.rules.0.http.paths.0.backend.service.name',
        'invalid-backend spec.rules.0.http.paths.0.backend',
      ],
    },
    {
      name: 'an empty class',
      given: v1(`${DEFAULT}, ingressClassName: ""`),
      found: ['missing-field spec.ingressClassName'],
    },
    {
      name: 'both forms of backend',
      given: v1('defaultBackend: {service: {name: a, port: {number: 1}}, resource: {kind: B, name: c}}'),
      found: ['invalid-backend spec.defaultBackend'],
    },
    {
      name: 'a port by name and number',
      given: v1('defaultBackend: {service: {name: a, port: {number: 1, name: b}}}'),
      found: ['invalid-backend spec.defaultBackend'],
    },
    {
      name: 'resource names',
      given: v1('defaultBackend: {resource: {apiGroup: "", kind: a/b, name: ".."}}'),
      found: [
        'missing-field spec.defaultBackend.resource.apiGroup',
        'invalid-reference spec.defaultBackend.resource.kind',
        'invalid-reference spec.defaultBackend.resource.name',
      ],
    },
    {
      name: 'a null among TLS hosts',
      given: v1(`${DEFAULT}, tls: [{hosts: [null]}]`),
      found: ['invalid-type spec.tls.0.hosts.0'],
    },
    {
      name: 'an IPv6 address as TLS host',
      given: v1(`${DEFAULT}, tls: [{hosts: ["::1"]}]`),
      found: ['invalid-host spec.tls.0.hosts.0'],
    },
    {
      name: 'keys of annotations',
      given: v1(DEFAULT, 'name: a, annotations: {"a b": x, /x: x, a_b.c/x: x, a/b/c: x, "": x}'),
      found: [
        'invalid-annotation-key metadata.annotations.a b#',
        'invalid-annotation-key metadata.annotations./x#',
        'invalid-annotation-key metadata.annotations.a_b.c/x#',
        'invalid-annotation-key metadata.annotations.a/b/c#',
        'invalid-annotation-key metadata.annotations.#',
      ],
    },
    {
      name: 'labels',
      given: v1(DEFAULT, 'name: a, labels: {A.b/c: x, a: "a b", b: "-a"}'),
      found: [
        'invalid-label metadata.labels.A.b/c#',
        'invalid-label metadata.labels.a',
        'invalid-label metadata.labels.b',
      ],
    },
    {
      name: 'a bad namespace',
      given: v1(DEFAULT, 'name: a, namespace: My_Team'),
      found: ['invalid-name metadata.namespace'],
    },
    {
      name: 'a prefix of a name',
      given: v1(DEFAULT, 'generateName: Web_'),
      found: ['invalid-name metadata.generateName', 'unnamed-object metadata.generateName'],
    },
    {
      name: 'owners and finalizers',
      given: v1(DEFAULT, 'name: a, finalizers: [x], ownerReferences: [{apiVersion: "", kind: A, name: b, uid: ""}]'),
      found: [
        'missing-field metadata.ownerReferences.0.apiVersion',
        'missing-field metadata.ownerReferences.0.uid',
        'invalid-reference metadata.finalizers.0',
      ],
    },
    {
      name: 'class twice',
      given: v1(`${DEFAULT}, ingressClassName: nginx`, 'name: a, annotations: {kubernetes.io/ingress.class: nginx}'),
      found: ['class-and-annotation metadata.annotations.kubernetes.io/ingress.class'],
    },
    {
      name: 'a wrong type hides nothing else',
      given: v1('rules: [{host: 1}, {host: B}]'),
      found: ['invalid-type spec.rules.0.host', 'invalid-host spec.rules.1.host'],
    },
    {
      name: 'spec is text',
      given: '{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: a}, spec: x}',
      found: ['invalid-type spec', 'empty-ingress spec'],
    },
    {
      name: 'metadata is a list',
      given: '{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: [], spec: {rules: [{}]}}',
      found: ['invalid-type metadata', 'missing-field metadata'],
    },
  ])('$name', ({ given, found }) => {
    expect(examine(given).found.toSorted()).toEqual(found.toSorted());
  });
});

describe('accepted, although one might expect otherwise', () => {
  test.each([
    ...[
      '',
      'localhost',
      '123.456',
      '999.1.1.1',
      '127.1',
      '0x7f.1',
      '010.0.0.1',
      '*.com',
      '*.1.2.3.4',
      'a'.repeat(64),
    ].map(host => ({ name: `host "${host}"`, given: v1(`rules: [{host: "${host}"}]`) })),
    ...[
      '/a b',
      '/a;b{c}',
      '/$x',
      '/a"b'.replace('"', '\\"'),
      '/a\\tb',
      '/a\\nb',
      '/a\\0b',
      '/api/(.*)$',
      '/é',
      '/...',
      '/%2e%2e',
      '/?a#b',
    ].map(path => ({ name: `path ${path}`, given: onePath(`path: "${path}", pathType: Exact, ${BACKEND}`) })),
    {
      name: 'an empty TLS entry',
      given: v1(`${DEFAULT}, tls: [{}, null, {hosts: [10.0.0.1, 10.0.0.1], secretName: ""}]`),
    },
    {
      name: 'nulls',
      given: v1(
        `rules: [null], defaultBackend: null, tls: null, ingressClassName: null`,
        'name: a, annotations: {a: null}, labels: null',
      ),
    },
    {
      name: 'a null service beside a resource',
      given: v1('defaultBackend: {service: null, resource: {kind: A, name: b}}'),
    },
    { name: 'an upper-case prefix of an annotation', given: v1(DEFAULT, 'name: a, annotations: {Example.com/a: b}') },
    {
      name: 'a live object',
      given: v1(
        DEFAULT,
        'name: a, uid: x, generation: 1, resourceVersion: "1", selfLink: x, creationTimestamp: "2024-01-31T08:00:00Z", managedFields: [{manager: kubectl, operation: Update, apiVersion: v1, time: "2024-01-31T08:00:00Z", fieldsType: FieldsV1, fieldsV1: {"f:spec": {}}}]',
      ),
    },
    {
      name: 'any status',
      given: `{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: a}, spec: {${DEFAULT}}, status: {loadBalancer: {ingress: [{ip: x, hostname: A, ports: [{port: 99999, protocol: x, error: x}]}]}}}`,
    },
  ])('$name', ({ given }) => {
    expect(examine(given).found).toEqual([]);
  });
});

describe('what the betas accept and v1 refuses', () => {
  const secret = `${DEFAULT}, tls: [{secretName: ns/cert}]`;
  const wildcard = (backend: string) =>
    `rules: [{host: "*.example.com", http: {paths: [{path: x, pathType: Prefix, ${backend}}]}}]`;
  test.each([
    { name: 'v1 without pathType', given: onePath(`path: /, ${BACKEND}`), severities: ['error'], taken: 0 },
    {
      name: 'v1 without pathType, live',
      given: v1(`rules: [{http: {paths: [{path: /, ${BACKEND}}]}}]`, 'name: a, uid: x'),
      severities: ['warning'],
      taken: 1,
    },
    {
      name: 'beta without pathType',
      given: beta('rules: [{http: {paths: [{backend: {serviceName: a, servicePort: 1}}]}}]'),
      severities: [],
      taken: 1,
    },
    { name: 'v1 with the namespace of a Secret', given: v1(secret), severities: ['error'], taken: 0 },
    {
      name: 'v1 with the namespace of a Secret, live',
      given: v1(secret, 'name: a, uid: x'),
      severities: ['warning'],
      taken: 1,
    },
    {
      name: 'v1 below a wildcard',
      given: v1(wildcard('backend: {service: {name: X, port: {number: 80}}}')),
      severities: ['error', 'error'],
      taken: 0,
    },
    {
      name: 'v1 below a wildcard, live',
      given: v1(wildcard('backend: {service: {name: X, port: {number: 80}}}'), 'name: a, uid: x'),
      severities: ['warning', 'warning'],
      taken: 1,
    },
    {
      name: 'beta below a wildcard',
      given: beta(wildcard('backend: {serviceName: X, servicePort: 0}')),
      severities: ['warning', 'warning', 'warning'],
      taken: 1,
    },
    {
      name: 'beta below a wildcard, wrong type',
      given: beta(wildcard('backend: {serviceName: 1, servicePort: 1}')),
      severities: ['warning', 'error'],
      taken: 0,
    },
    {
      name: 'v1 with a bad host, live',
      given: v1('rules: [{host: A}]', 'name: a, uid: x'),
      severities: ['error'],
      taken: 0,
    },
  ])('$name', ({ given, severities, taken }) => {
    const { diagnostics, taken: accepted } = examine(given);
    expect(diagnostics.map(found => found.severity)).toEqual(severities);
    expect(accepted).toHaveLength(taken);
  });

  test('paths below a wildcard that lead nowhere are there to be closed', () => {
    const paths =
      '{path: x, backend: {serviceName: a, servicePort: 1}}, {path: /good, backend: {serviceName: a, servicePort: 1}}, {backend: {serviceName: X, servicePort: 1}}, {}';
    const { resources } = examine(beta(`rules: [{host: "*.example.com", http: {paths: [${paths}]}}]`));
    const nowhere = { kind: 'unreadable' };
    const found = [
      { path: '/x', backend: nowhere },
      { path: '/good', backend: { kind: 'service', service: 'a' } },
      { path: '', backend: nowhere },
      { path: '', backend: nowhere },
    ];
    expect(resources[0]).toMatchObject({ rules: [{ host: '*.example.com', paths: found }] });
  });
});

describe('all versions become one shape', () => {
  const at = (...path: readonly (string | number)[]) => ({ document: 'input.yaml#0', path });
  const common = {
    document: 'input.yaml#0',
    namespace: 'default',
    name: 'web',
    kind: 'Ingress',
    createdAt: undefined,
    annotations: {},
    annotationsPrefix: 'nginx.ingress.kubernetes.io/',
    ingressClassName: undefined,
    rules: [],
    tls: [],
    isRefused: false,
  };

  test('v1', () => {
    const { resources } = examine(
      v1(
        'ingressClassName: nginx, tls: [{hosts: [a.example.com], secretName: cert}], rules: [{host: a.example.com, http: {paths: [{path: /x, pathType: Exact, backend: {service: {name: web, port: {name: http}}}}]}}, {host: b.example.com}]',
        'name: web, namespace: shop, creationTimestamp: "1970-01-01T00:00:01Z", annotations: {a: b, c: null}',
      ),
    );
    const path = ['spec', 'rules', 0, 'http', 'paths', 0];
    expect(resources).toEqual([
      {
        ...common,
        apiVersion: 'networking.k8s.io/v1',
        namespace: 'shop',
        createdAt: 1000,
        annotations: { a: 'b', c: '' },
        ingressClassName: 'nginx',
        defaultBackend: undefined,
        tls: [{ hosts: ['a.example.com'], secretName: 'cert', at: at('spec', 'tls', 0) }],
        rules: [
          {
            host: 'a.example.com',
            at: at('spec', 'rules', 0),
            paths: [
              {
                path: '/x',
                pathType: 'Exact',
                at: at(...path),
                backend: { kind: 'service', service: 'web', port: { name: 'http' }, at: at(...path, 'backend') },
              },
            ],
          },
          { host: 'b.example.com', paths: undefined, at: at('spec', 'rules', 1) },
        ],
      },
    ]);
  });

  test.each(['networking.k8s.io/v1beta1', 'extensions/v1beta1'])('%s', apiVersion => {
    const spec =
      'backend: {serviceName: web, servicePort: http}, rules: [{http: {paths: [{backend: {serviceName: web, servicePort: 80}}]}}]';
    const { resources } = examine(`{apiVersion: ${apiVersion}, kind: Ingress, metadata: {name: web}, spec: {${spec}}}`);
    const path = ['spec', 'rules', 0, 'http', 'paths', 0];
    expect(resources).toEqual([
      {
        ...common,
        apiVersion,
        defaultBackend: { kind: 'service', service: 'web', port: { name: 'http' }, at: at('spec', 'backend') },
        rules: [
          {
            host: '',
            at: at('spec', 'rules', 0),
            paths: [
              {
                path: '',
                pathType: 'ImplementationSpecific',
                at: at(...path),
                backend: { kind: 'service', service: 'web', port: { number: 80 }, at: at(...path, 'backend') },
              },
            ],
          },
        ],
      },
    ]);
  });

  test('a resource backend is kept', () => {
    const { resources } = examine(v1('defaultBackend: {resource: {apiGroup: example.com, kind: Bucket, name: icons}}'));
    expect(resources[0]).toMatchObject({ defaultBackend: { kind: 'resource', resource: 'Bucket icons' } });
  });
});

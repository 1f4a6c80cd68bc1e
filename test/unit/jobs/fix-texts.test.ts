import { expect, test } from 'vitest';

import { fixedInput, fixedText } from '../../support/fixed.ts';

interface Row {
  readonly name: string;
  readonly before: string;
  readonly after: string;
  /** How many fixes it takes; 0 leaves the text as it is. */
  readonly count: number;
}

/** An Ingress; the lines of its `spec` and of its annotations are indented as they stand there. */
function ingress(apiVersion: string, spec: string, metadata = ''): string {
  return `apiVersion: ${apiVersion}\nkind: Ingress\nmetadata:\n  name: shop\n${metadata}spec:\n${spec}`;
}

function path(lines: string): string {
  return `  rules:\n  - host: shop.example.com\n    http:\n      paths:\n${lines}`;
}

const V1 = 'networking.k8s.io/v1';
const SERVICE = 'backend: {service: {name: web, port: {number: 80}}}';
const GOOD = path(`      - path: /\n        pathType: Prefix\n        ${SERVICE}\n`);

function annotated(...lines: readonly string[]): string {
  return ingress(V1, GOOD, `  annotations:\n${lines.map(line => `    ${line}\n`).join('')}`);
}

const VERSIONS: readonly Row[] = [
  ...['extensions/v1beta1', 'networking.k8s.io/v1beta1'].map(version => ({
    name: `writes an Ingress of ${version} as the API server converts it`,
    before: ingress(
      version,
      `  backend:\n    serviceName: web\n    servicePort: http\n${path(
        '      - path: / # all\n        backend:\n          serviceName: web\n          servicePort: 80\n',
      )}`,
    ),
    after: ingress(
      V1,
      `  defaultBackend:\n    service:\n      name: web\n      port:\n        name: http\n${path(
        '      - path: / # all\n        pathType: ImplementationSpecific\n        backend:\n          service:\n            name: web\n            port:\n              number: 80\n',
      )}`,
    ),
    count: 1,
  })),
  {
    name: 'keeps a path type, and writes one where there is not even a path',
    before: ingress(
      'extensions/v1beta1',
      path(
        '      - {path: /, pathType: Exact, backend: {servicePort: 80, serviceName: web}}\n      - backend: {serviceName: web, servicePort: 80}\n',
      ),
    ),
    after: ingress(
      V1,
      path(
        '      - {path: /, pathType: Exact, backend: {service: {port: {number: 80}, name: web}}}\n      - pathType: ImplementationSpecific\n        backend: {service: {name: web, port: {number: 80}}}\n',
      ),
    ),
    count: 1,
  },
  {
    name: 'writes digits in quotes as the number of a port',
    before: ingress(
      'extensions/v1beta1',
      path('      - path: /\n        backend: {serviceName: web, servicePort: "80"}\n'),
    ),
    after: ingress(
      V1,
      path(
        '      - path: /\n        pathType: ImplementationSpecific\n        backend: {service: {name: web, port: {number: 80}}}\n',
      ),
    ),
    count: 1,
  },
  {
    name: 'leaves an Ingress alone of which a backend names no port',
    before: ingress('extensions/v1beta1', path('      - path: /\n        backend: {serviceName: web}\n')),
    after: ingress('extensions/v1beta1', path('      - path: /\n        backend: {serviceName: web}\n')),
    count: 0,
  },
  {
    name: 'leaves an Ingress alone that v1 would refuse: below a wildcard the beta versions took any path',
    before: ingress(
      'extensions/v1beta1',
      path('      - path: "x"\n        backend: {serviceName: web, servicePort: 80}\n')
        .replace('shop.', '"*.')
        .replace('com', 'com"'),
    ),
    after: ingress(
      'extensions/v1beta1',
      path('      - path: "x"\n        backend: {serviceName: web, servicePort: 80}\n')
        .replace('shop.', '"*.')
        .replace('com', 'com"'),
    ),
    count: 0,
  },
  {
    name: 'leaves an Ingress alone of which an alias shares a backend',
    before: ingress(
      'extensions/v1beta1',
      `  backend: &web {serviceName: web, servicePort: 80}\n${path('      - path: /\n        backend: *web\n')}`,
    ),
    after: ingress(
      'extensions/v1beta1',
      `  backend: &web {serviceName: web, servicePort: 80}\n${path('      - path: /\n        backend: *web\n')}`,
    ),
    count: 0,
  },
  {
    name: 'writes an IngressClass of networking.k8s.io/v1beta1 as v1',
    before:
      'kind: IngressClass\napiVersion: networking.k8s.io/v1beta1\nmetadata: {name: nginx}\nspec: {controller: k8s.io/ingress-nginx}\n',
    after:
      'kind: IngressClass\napiVersion: networking.k8s.io/v1\nmetadata: {name: nginx}\nspec: {controller: k8s.io/ingress-nginx}\n',
    count: 1,
  },
  {
    name: 'leaves an EndpointSlice alone that has a topology, which v1 writes in another way',
    before:
      'apiVersion: discovery.k8s.io/v1beta1\nkind: EndpointSlice\nmetadata: {name: web-1}\naddressType: IPv4\nendpoints: [{addresses: [10.0.0.1], topology: {a: b}}]\n',
    after:
      'apiVersion: discovery.k8s.io/v1beta1\nkind: EndpointSlice\nmetadata: {name: web-1}\naddressType: IPv4\nendpoints: [{addresses: [10.0.0.1], topology: {a: b}}]\n',
    count: 0,
  },
  {
    name: 'keeps CR LF, and touches nothing else in a file of several objects',
    before: `# head\r\n---\r\napiVersion: v1\r\nkind: Secret\r\nmetadata:   {name: a}   \r\n---\r\n${ingress('extensions/v1beta1', path(`      - path: /\n        backend: {serviceName: web, servicePort: 80}\n`)).replaceAll('\n', '\r\n')}`,
    after: `# head\r\n---\r\napiVersion: v1\r\nkind: Secret\r\nmetadata:   {name: a}   \r\n---\r\n${ingress(V1, path(`      - path: /\n        pathType: ImplementationSpecific\n        ${SERVICE}\n`)).replaceAll('\n', '\r\n')}`,
    count: 1,
  },
  {
    name: 'writes the items of a list, in JSON as well',
    before:
      '{"apiVersion":"v1","kind":"List","items":[{"apiVersion":"extensions/v1beta1","kind":"Ingress","metadata":{"name":"a"},"spec":{"backend":{"serviceName":"web","servicePort":80}}},{"apiVersion":"extensions/v1beta1","kind":"Ingress","metadata":{"name":"b"},"spec":{"backend":{"serviceName":"web","servicePort":80}}}]}',
    after:
      '{"apiVersion":"v1","kind":"List","items":[{"apiVersion":"networking.k8s.io/v1","kind":"Ingress","metadata":{"name":"a"},"spec":{"defaultBackend":{"service":{"name":"web","port":{"number":80}}}}},{"apiVersion":"networking.k8s.io/v1","kind":"Ingress","metadata":{"name":"b"},"spec":{"defaultBackend":{"service":{"name":"web","port":{"number":80}}}}}]}',
    count: 2,
  },
];

const SHAPES: readonly Row[] = [
  {
    name: 'writes the parts of a beta version in networking.k8s.io/v1 as they are there',
    before: ingress(
      V1,
      `  backend: {serviceName: web, servicePort: 80}\n${path('      - path: /\n        backend:\n          serviceName: web\n          servicePort: http\n')}`,
    ),
    after: ingress(
      V1,
      `  defaultBackend: {service: {name: web, port: {number: 80}}}\n${path(
        '      - path: /\n        pathType: Prefix\n        backend:\n          service:\n            name: web\n            port:\n              name: http\n',
      )}`,
    ),
    count: 3,
  },
  {
    name: 'takes an expression for a path that depends on the controller',
    before: ingress(V1, path(`      - path: /api(/|$)(.*)\n        ${SERVICE}\n`)),
    after: ingress(
      V1,
      path(`      - path: /api(/|$)(.*)\n        pathType: ImplementationSpecific\n        ${SERVICE}\n`),
    ),
    count: 1,
  },
  {
    name: 'mends a field and a word that differ by case alone',
    before: ingress(V1, `  ingressclassname: nginx\n${GOOD.replace('Prefix', 'prefix')}`),
    after: ingress(V1, `  ingressClassName: nginx\n${GOOD}`),
    count: 2,
  },
  {
    name: 'mends the beginning of the name of one field',
    before: ingress(V1, `  ingressClass: nginx\n${GOOD}`),
    after: ingress(V1, `  ingressClassName: nginx\n${GOOD}`),
    count: 1,
  },
  {
    name: 'does not give a field a name whose value would be of another type',
    before: ingress(V1, `  tls:\n  - host: shop.example.com\n    secretName: tls\n${GOOD}`),
    after: ingress(V1, `  tls:\n  - host: shop.example.com\n    secretName: tls\n${GOOD}`),
    count: 0,
  },
  {
    name: 'writes a number without quotes where there must be one',
    before: ingress(V1, GOOD.replace('number: 80', "number: '80'")),
    after: ingress(V1, GOOD),
    count: 1,
  },
  ...(
    [
      ['{name: web, port: 80}', '{name: web, port: {number: 80}}'],
      ['{port: http, name: web}', '{port: {name: http}, name: web}'],
      ['{name: web, port: "80"}', '{name: web, port: {number: 80}}'],
      ['{name: web, port: {name: 80}}', '{name: web, port: {number: 80}}'],
      ['{name: web, port: {name: "80"}}', '{name: web, port: {number: 80}}'],
      ['{name: web, port: {number: http}}', '{name: web, port: {name: http}}'],
    ] as const
  ).map(([from, to]) => ({
    name: `writes the port of ${from} as v1 has it`,
    before: ingress(V1, GOOD.replace('{name: web, port: {number: 80}}', from)),
    after: ingress(V1, GOOD.replace('{name: web, port: {number: 80}}', to)),
    count: 1,
  })),
  {
    name: 'writes it on lines',
    before: ingress(
      V1,
      GOOD.replace(SERVICE, 'backend:\n          service:\n            name: web\n            port: 80 # why'),
    ),
    after: ingress(
      V1,
      GOOD.replace(
        SERVICE,
        'backend:\n          service:\n            name: web\n            port:\n              number: 80 # why',
      ),
    ),
    count: 1,
  },
  {
    name: 'mends what comes to light when something else is mended',
    before: annotated('nginx.ingress.kubernetes.io/ssl-redirect: true')
      .replace('kind: Ingress', 'kind: Ingress\nStatus: {}')
      .replace('pathType: Prefix', 'pathtype: Prefix'),
    after: annotated('nginx.ingress.kubernetes.io/ssl-redirect: "true"').replace(
      'kind: Ingress',
      'kind: Ingress\nstatus: {}',
    ),
    count: 3,
  },
];

const KINDS: readonly Row[] = [
  {
    name: 'mends a kind, and what comes to light by that',
    before: ingress(V1, GOOD.replace('Prefix', 'prefix')).replace('kind: Ingress', 'kind: "ingres"'),
    after: ingress(V1, GOOD).replace('kind: Ingress', 'kind: "Ingress"'),
    count: 2,
  },
  {
    name: 'mends the kind of an item of a list, in a file that has no other object',
    before:
      '# services\n---\nkind: List\napiVersion: v1\nitems:\n- kind: service\n  apiVersion: v1\n  metadata: {name: a}\n  spec: {ports: [{port: 80}]}\n',
    after:
      '# services\n---\nkind: List\napiVersion: v1\nitems:\n- kind: Service\n  apiVersion: v1\n  metadata: {name: a}\n  spec: {ports: [{port: 80}]}\n',
    count: 1,
  },
  {
    name: 'mends the only version that a kind has',
    before: 'apiVersion: apps/v1\nkind: Service\nmetadata: {name: a}\nspec: {ports: [{port: 80}]}\n',
    after: 'apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {ports: [{port: 80}]}\n',
    count: 1,
  },
  {
    name: 'does not say which of two versions was meant',
    before: ingress('networking.k8s.io/v2', GOOD),
    after: ingress('networking.k8s.io/v2', GOOD),
    count: 0,
  },
];

const OLD_FORMS: readonly Row[] = [
  {
    name: 'moves the class from the annotation to the field, with its comment, and no empty mapping stays',
    before: annotated('kubernetes.io/ingress.class: "nginx" # ours'),
    after: ingress(V1, `  ingressClassName: "nginx" # ours\n${GOOD}`),
    count: 1,
  },
  {
    name: 'moves it in JSON',
    before:
      '{"apiVersion":"networking.k8s.io/v1","kind":"Ingress","metadata":{"name":"a","annotations":{"a":"b","kubernetes.io/ingress.class":"nginx"}},"spec":{"defaultBackend":{"service":{"name":"web","port":{"number":80}}}}}',
    after:
      '{"apiVersion":"networking.k8s.io/v1","kind":"Ingress","metadata":{"name":"a","annotations":{"a":"b"}},"spec":{"ingressClassName":"nginx","defaultBackend":{"service":{"name":"web","port":{"number":80}}}}}',
    count: 1,
  },
  {
    name: 'moves it beside the change of the version, in one run',
    before: ingress(
      'extensions/v1beta1',
      '  backend: {serviceName: web, servicePort: 80}\n',
      '  annotations:\n    kubernetes.io/ingress.class: nginx\n    a: b\n',
    ),
    after: ingress(
      V1,
      '  ingressClassName: nginx\n  defaultBackend: {service: {name: web, port: {number: 80}}}\n',
      '  annotations:\n    a: b\n',
    ),
    count: 2,
  },
  {
    name: 'leaves the class of another controller alone',
    before: annotated('kubernetes.io/ingress.class: traefik'),
    after: annotated('kubernetes.io/ingress.class: traefik'),
    count: 0,
  },
  {
    name: 'leaves the class alone where the field would mean another controller',
    before: `${annotated('kubernetes.io/ingress.class: nginx')}---\napiVersion: ${V1}\nkind: IngressClass\nmetadata: {name: nginx}\nspec: {controller: example.com/other}\n`,
    after: `${annotated('kubernetes.io/ingress.class: nginx')}---\napiVersion: ${V1}\nkind: IngressClass\nmetadata: {name: nginx}\nspec: {controller: example.com/other}\n`,
    count: 0,
  },
  {
    name: 'removes the annotation beside the field',
    before: ingress(
      V1,
      `  ingressClassName: nginx\n${GOOD}`,
      '  annotations:\n    kubernetes.io/ingress.class: nginx\n',
    ),
    after: ingress(V1, `  ingressClassName: nginx\n${GOOD}`),
    count: 1,
  },
  {
    name: 'gives older names of annotations the newer ones',
    before: annotated(
      'nginx.ingress.kubernetes.io/whitelist-source-range: 10.0.0.0/8',
      'nginx.ingress.kubernetes.io/limit-rps: "5"',
      'nginx.ingress.kubernetes.io/limit-whitelist: 10.0.0.0/8',
    ),
    after: annotated(
      'nginx.ingress.kubernetes.io/allowlist-source-range: 10.0.0.0/8',
      'nginx.ingress.kubernetes.io/limit-rps: "5"',
      'nginx.ingress.kubernetes.io/limit-allowlist: 10.0.0.0/8',
    ),
    count: 2,
  },
  {
    name: 'leaves an older name alone beside the newer one, and without a text',
    before: annotated(
      'nginx.ingress.kubernetes.io/whitelist-source-range: 10.0.0.0/8',
      'nginx.ingress.kubernetes.io/allowlist-source-range: 10.0.0.0/8',
      'nginx.ingress.kubernetes.io/limit-whitelist: ""',
    ),
    after: annotated(
      'nginx.ingress.kubernetes.io/whitelist-source-range: 10.0.0.0/8',
      'nginx.ingress.kubernetes.io/allowlist-source-range: 10.0.0.0/8',
      'nginx.ingress.kubernetes.io/limit-whitelist: ""',
    ),
    count: 0,
  },
];

const QUOTES: readonly Row[] = [
  {
    name: 'puts numbers and truth values of annotations and labels in quotes',
    before: annotated('nginx.ingress.kubernetes.io/limit-rps: 5 # a second', 'example.com/a: True').replace(
      '  annotations:',
      '  labels: {v: 1.10}\n  annotations:',
    ),
    after: annotated('nginx.ingress.kubernetes.io/limit-rps: "5" # a second', 'example.com/a: "True"').replace(
      '  annotations:',
      '  labels: {v: "1.10"}\n  annotations:',
    ),
    count: 3,
  },
  {
    name: 'puts on and off in quotes where the annotation takes them, writes true or false where it takes these, and does not guess',
    before: annotated(
      'nginx.ingress.kubernetes.io/proxy-buffering: off',
      'nginx.ingress.kubernetes.io/ssl-redirect: on',
      'a: no',
    ),
    after: annotated(
      'nginx.ingress.kubernetes.io/proxy-buffering: "off"',
      'nginx.ingress.kubernetes.io/ssl-redirect: "true"',
      'a: no',
    ),
    count: 2,
  },
  {
    name: 'puts values of a ConfigMap in quotes',
    before: 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  hsts: false\n  keep-alive: 75\n',
    after: 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  hsts: "false"\n  keep-alive: "75"\n',
    count: 2,
  },
  {
    name: 'shows and changes no value of a Secret',
    before: 'apiVersion: v1\nkind: Secret\nmetadata: {name: a}\nstringData: {password: 12345}\n',
    after: 'apiVersion: v1\nkind: Secret\nmetadata: {name: a}\nstringData: {password: 12345}\n',
    count: 0,
  },
];

test.each(Object.entries({ VERSIONS, SHAPES, KINDS, OLD_FORMS, QUOTES }).flatMap(([, rows]) => rows))(
  '$name',
  async ({ before, after, count }) => {
    const once = await fixedText(before);
    expect(once.text).toBe(after);
    expect(once.count).toBe(count);
    expect((await fixedText(once.text)).text).toBe(once.text);
  },
);

test('says why a fix is not made', async () => {
  const { refused } = await fixedText(annotated('nginx.ingress.kubernetes.io/auth-realm: yes'));
  expect(refused).toEqual(['"yes" may be meant as another text']);
});

test('a file that a link brought into the folder from outside is not changed', async () => {
  const text = ingress(V1, GOOD.replace('number: 80', 'number: "80"'));
  const { texts, refused } = await fixedInput([{ name: 'a.yaml', text, isFromOutside: true }]);
  expect(texts).toEqual([text]);
  expect(refused).toEqual(['a link leads out of the folder to this file']);
});

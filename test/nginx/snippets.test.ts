import { beforeAll, expect, test } from 'vitest';

import { explainComplaint, readRefusal } from '../../src/nginx/complaint.ts';
import { compileSources } from '../support/compiled.ts';
import { ingress, service, slice } from '../support/manifests.ts';
import type { Manifest } from '../support/manifests.ts';
import { checkNginx, freePorts } from '../support/nginx.ts';

const PORTS = [{ name: 'http', number: 80, pod: 8080 }];
const WEB: readonly Manifest[] = [service('web', PORTS), slice('web', PORTS, { ready: ['web'] })];

let ports: { readonly httpPort: number; readonly httpsPort: number };

beforeAll(async () => {
  const [httpPort = 0, httpsPort = 0] = await freePorts(2);
  ports = { httpPort, httpsPort };
});

/** What becomes of an Ingress that is fine, and of another one with these annotations. */
function filesOf(annotations: Readonly<Record<string, string>>, data: Readonly<Record<string, string>>) {
  const options = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'options', namespace: 'shop' }, data };
  const fine = { 'server-snippet': 'location /x { return 404; }' };
  const manifests = [
    options,
    ...WEB,
    ingress({ name: 'fine', host: 'fine.example.com', paths: [['/', 'Prefix', 'web']], annotations: fine }),
    ingress({ name: 'web', host: 'web.example.com', paths: [['/', 'Prefix', 'web']], annotations }),
  ];
  const text = manifests.map(manifest => JSON.stringify(manifest)).join('\n---\n');
  const settings = { ...ports, snippets: 'all', controllerConfig: 'shop/options' } as const;
  return compileSources([{ name: 'shop.yaml', text }], settings).files;
}

function complaintAbout(
  annotations: Readonly<Record<string, string>>,
  data: Readonly<Record<string, string>>,
): { readonly path: unknown; readonly suspects: readonly string[] | undefined } {
  const files = filesOf(annotations, data);
  const { isFine, stderr } = checkNginx(files);
  expect(isFine).toBe(false);
  const [finding] = explainComplaint(stderr, files);
  const at = finding?.at;
  return {
    path: at !== undefined && 'path' in at ? at.path.at(-1) : at,
    suspects: readRefusal(stderr, files)?.suspects.map(({ resource }) => resource.name),
  };
}

const PREFIX = 'nginx.ingress.kubernetes.io/';

test.each([
  { annotation: 'configuration-snippet', text: 'deny all;\nsub_filter a;' },
  { annotation: 'server-snippet', text: 'set $a b;\nclient_body_timeout never;' },
  { annotation: 'server-snippet', text: 'location /a {\n  return 403;\n  sub_filter a;\n}' },
])('a complaint of nginx about $text leads to $annotation', ({ annotation, text }) => {
  expect(complaintAbout({ [annotation]: text }, {})).toEqual({ path: PREFIX + annotation, suspects: ['web'] });
});

test.each([
  { option: 'location-snippet', text: 'sub_filter a;' },
  { option: 'server-snippet', text: 'location /a {\n  sub_filter a;\n}' },
  { option: 'http-snippet', text: 'map a;' },
  { option: 'main-snippet', text: 'no_such_directive on;' },
])('a complaint of nginx about $text leads to $option of the ConfigMap', ({ option, text }) => {
  expect(complaintAbout({}, { [option]: text })).toEqual({ path: option, suspects: [] });
});

test.each([
  { name: 'of the host', annotations: { 'server-snippet': 'client_max_body_size 9m;' }, data: {} },
  { name: 'of all hosts', annotations: {}, data: { 'server-snippet': 'client_max_body_size 9m;' } },
])(
  'nginx takes what a snippet $name says for the server, and annotations for the locations',
  ({ annotations, data }) => {
    const files = filesOf({ 'proxy-body-size': '50m', ...annotations }, data);
    expect(checkNginx(files)).toMatchObject({ isFine: true });
  },
);

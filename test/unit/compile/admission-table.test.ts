import { describe, expect, test } from 'vitest';

import type { CompileSettings } from '../../../src/compile/settings.ts';
import { levelled } from '../../../src/findings/levels.ts';
import { loadTexts } from '../../../src/jobs/load.ts';
import { SETTINGS } from '../../support/compiled.ts';
import type { IngressOptions, Manifest } from '../../support/manifests.ts';
import { ingress, service, yamlOf } from '../../support/manifests.ts';

const LINT = { byRule: new Map(), areForLint: true } as const;

/** What lint says of an Ingress for shop.example.com, beside others. */
function said(
  given: IngressOptions,
  { others = [], settings = {} }: { others?: readonly Manifest[]; settings?: Partial<CompileSettings> } = {},
): readonly string[] {
  const web = ingress({ host: 'shop.example.com', paths: [['/', 'Prefix', 'web']], ...given });
  const objects = [web, ...others, service('web', [{ number: 80, pod: 8080 }])];
  const sources = [{ name: 'shop.yaml', text: yamlOf(objects) }];
  const { diagnostics } = loadTexts({ sources, settings: { ...SETTINGS, ...settings, isCheck: true } });
  return diagnostics.flatMap(found => {
    const { severity, rule } = levelled(found, LINT) ?? {};
    return rule === undefined ? [] : [`${severity} ${rule.name}`];
  });
}

const options = (data: Readonly<Record<string, string>>) => ({
  others: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'controller', namespace: 'shop' }, data }],
  settings: { controllerConfig: 'shop/controller' },
});

/**
 * Everything that the admission webhook of the controller looks at. Left out: the form of a uid, which the API server gives
 * itself, and --disable-catch-all, which is a flag of the installation.
 * Source: ingress-nginx 1.15.1, internal/ingress/controller/controller.go, CheckIngress and CheckWarning, and
 * internal/ingress/inspector.
 */
describe('what the webhook rejects is an error', () => {
  test.each([
    {
      check: 'deep inspection: alias',
      found: said({ paths: [['/x;alias /y;', 'ImplementationSpecific', 'web']] }),
      rule: 'forbidden-text',
    },
    {
      check: 'deep inspection: root',
      found: said({ paths: [['/x;root /y;', 'ImplementationSpecific', 'web']] }),
      rule: 'forbidden-text',
    },
    {
      check: 'deep inspection: files of the system',
      found: said({ paths: [['/etc/passwd', 'Prefix', 'web']] }),
      rule: 'forbidden-text',
    },
    {
      check: 'deep inspection: the controller',
      found: said({ paths: [['/etc/nginx', 'Prefix', 'web']] }),
      rule: 'forbidden-text',
    },
    {
      check: 'deep inspection: tokens',
      found: said({ paths: [['/var/run/secrets', 'Prefix', 'web']] }),
      rule: 'forbidden-text',
    },
    { check: 'deep inspection: Lua', found: said({ paths: [['/a_by_lua', 'Prefix', 'web']] }), rule: 'forbidden-text' },
    { check: 'path types: a Prefix', found: said({ paths: [['/a=b', 'Prefix', 'web']] }), rule: 'refused-path-type' },
    { check: 'path types: an Exact', found: said({ paths: [['/a=b', 'Exact', 'web']] }), rule: 'refused-path-type' },
    {
      check: 'another prefix of annotations',
      found: said({ annotations: { 'proxy-body-size': '8m' } }, { settings: { annotationsPrefix: 'a.example.com/' } }),
      rule: 'refused-prefix',
    },
    {
      check: 'forbidden words in values',
      found: said(
        { annotations: { 'app-root': '/load_module' } },
        options({ 'annotation-value-word-blocklist': 'load_module' }),
      ),
      rule: 'blocked-word',
    },
    {
      check: 'keys that end in -snippet',
      found: said({ annotations: { 'example.com/a-snippet': 'x' } }),
      rule: 'foreign-snippet',
    },
    {
      check: 'annotations: the level of risk',
      found: said({ annotations: { 'auth-url': 'http://10.0.0.1/' } }, options({ 'annotations-risk-level': 'Low' })),
      rule: 'annotation-above-risk',
    },
    {
      check: 'annotations: a value that drops the Ingress',
      found: said({ annotations: { 'limit-rps': 'ten' } }),
      rule: 'dropped-for-value',
    },
  ])('$check', ({ found, rule }) => {
    expect(found).toContain(`error ${rule}`);
  });

  test('a snippet that is not allowed', () => {
    expect(said({ annotations: { 'configuration-snippet': 'add_header A b;' } })).toContainEqual(
      expect.stringMatching(/ snippet-not-allowed$/u),
    );
  });

  test('one host and path in two Ingresses', () => {
    const other = ingress({ name: 'other', host: 'shop.example.com', paths: [['/', 'Prefix', 'web']] });
    expect(said({}, { others: [other] })).toContainEqual(expect.stringMatching(/ path-conflict$/u));
  });
});

describe('what the webhook warns of', () => {
  test.each([
    'enable-influxdb',
    'influxdb-measurement',
    'influxdb-port',
    'influxdb-host',
    'influxdb-server-name',
    'secure-verify-ca-secret',
  ])('%s', name => {
    expect(said({ annotations: { [name]: 'x' } })).toContain('warning removed-annotation');
  });
});

/** Source: ingress-nginx 1.15.1, cmd/plugin/lints/ingress.go. Those for Deployments are left out: none is read. */
describe('what the lint of the kubectl plugin says', () => {
  test.each([
    ...['secure-backends', 'grpc-backend', 'add-base-url', 'base-url-scheme', 'session-cookie-hash', 'mirror-uri'].map(
      name => ({ check: name, given: { annotations: { [name]: 'x' } }, rule: 'removed-annotation' }),
    ),
    {
      check: 'rewrite-target without a group',
      given: { annotations: { 'rewrite-target': '/' }, paths: [['/api', 'Prefix', 'web']] } as const,
      rule: 'rewrite-without-group',
    },
    { check: 'nginx.org/', given: { annotations: { 'nginx.org/rewrites': 'x' } }, rule: 'other-prefix' },
    { check: 'nginx.com/', given: { annotations: { 'nginx.com/slow-start': 'x' } }, rule: 'other-prefix' },
    {
      check: 'x-forwarded-prefix as a boolean',
      given: {
        annotations: { 'x-forwarded-prefix': 'true', 'rewrite-target': '/$1' },
        paths: [['/api/(.*)', 'ImplementationSpecific', 'web']],
      } as const,
      rule: 'invalid-annotation-value',
    },
  ])('$check', ({ given, rule }) => {
    expect(said(given)).toContain(`warning ${rule}`);
  });

  test('satisfy in a configuration-snippet', () => {
    const annotations = { 'configuration-snippet': 'satisfy any;', 'auth-type': 'basic', 'auth-secret': 'users' };
    expect(said({ annotations }, { settings: { snippets: 'all' } })).toContain('info satisfy-in-snippet');
  });
});

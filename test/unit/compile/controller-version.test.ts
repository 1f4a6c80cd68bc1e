import { describe, expect, test } from 'vitest';

import { annotationSince } from '../../../src/annotations/since.ts';
import { removedAnnotations } from '../../../src/annotations/removed.ts';
import { options } from '../../../src/controller-config/registry.ts';
import { olderDefaults } from '../../../src/controller-config/older-defaults.ts';
import { isBefore, parseControllerVersion } from '../../../src/options/controller-version.ts';
import type { ControllerVersion } from '../../../src/options/controller-version.ts';
import { compileSources } from '../../support/compiled.ts';
import type { IngressOptions } from '../../support/manifests.ts';
import { ingress, service, yamlOf } from '../../support/manifests.ts';

const PATHS = [['/', 'Prefix', 'web']] as const;

/** What is said for a version, but for what is said of the version itself. */
function said(controllerVersion: ControllerVersion | undefined, given: IngressOptions) {
  const web = ingress({ host: 'shop.example.com', paths: PATHS, ...given });
  const text = yamlOf([web, service('web', [{ number: 80, pod: 8080 }])]);
  const settings = controllerVersion === undefined ? {} : { controllerVersion };
  const { diagnostics } = compileSources([{ name: 'shop.yaml', text }], { ...settings, withoutNotes: true });
  return diagnostics.filter(
    ({ rule }) => !['other-defaults', 'vulnerable-controller', 'assumed-resolver'].includes(rule.name),
  );
}

const linesOf = (found: ReturnType<typeof said>): readonly string[] =>
  found.map(({ severity, rule, message }) => `${severity} ${rule.name}: ${message}`);

interface Row {
  readonly name: string;
  readonly version: ControllerVersion;
  readonly given: IngressOptions;
  readonly lines: readonly string[];
}

test.each<Row>([
  {
    name: 'an annotation that came later',
    version: '1.12',
    given: { annotations: { 'relative-redirects': 'true' } },
    lines: [
      'warning annotation-not-yet: the controller 1.12 does not know relative-redirects, only 1.13.0 and later do',
    ],
  },
  {
    name: 'an annotation that is there',
    version: '1.13',
    given: { annotations: { 'relative-redirects': 'true' } },
    lines: [],
  },
  {
    name: 'a guard that came later',
    version: '1.8.4',
    given: { annotations: { 'allowlist-source-range': '10.0.0.0/8' } },
    lines: [
      'error annotation-not-yet: the controller 1.8.4 does not know allowlist-source-range, only 1.9.0 and later do: shop.example.com is open to everybody',
    ],
  },
  {
    name: 'what a later version took away',
    version: '1.11',
    given: { annotations: { 'global-rate-limit': '10' } },
    lines: ['warning removed-later: the controller 1.11 still honours global-rate-limit, 1.12.0 and later do not'],
  },
  {
    name: 'what it no longer has itself',
    version: '1.12',
    given: { annotations: { 'global-rate-limit': '10' } },
    lines: ['warning removed-annotation: global-rate-limit was removed from the controller'],
  },
  {
    name: 'a value for which later versions drop the Ingress',
    version: '1.11',
    given: { annotations: { 'limit-rps': 'ten' } },
    lines: ['warning unvalidated-value: limit-rps: "ten" is not a whole number'],
  },
  {
    name: 'a path that the webhook of later versions rejects',
    version: '1.11',
    given: { paths: [['/a=b', 'Prefix', 'web']] },
    lines: [
      'info refused-path-type: the admission webhook of ingress-nginx rejects the path "/a=b" with pathType Prefix',
    ],
  },
  {
    name: 'a path that the webhook rejects',
    version: '1.12',
    given: { paths: [['/a=b', 'Prefix', 'web']] },
    lines: [
      'warning refused-path-type: the admission webhook of ingress-nginx rejects the path "/a=b" with pathType Prefix',
    ],
  },
  {
    name: 'a snippet, which later versions do not allow by default',
    version: '1.8',
    given: { annotations: { 'configuration-snippet': 'add_header X-A b;' } },
    lines: [],
  },
])('for a version: $name', ({ version, given, lines }) => {
  expect(linesOf(said(version, given))).toEqual(lines);
});

test('the older name of an annotation is advised where the version has it', () => {
  const annotations = { 'allowlist-source-range': '10.0.0.0/8' };
  expect(said('1.8', { annotations })[0]?.help).toBe(
    'write nginx.ingress.kubernetes.io/whitelist-source-range as well',
  );
});

test.each(['1.11.4', '1.12.0', '1.9', '1.0'] as const)('%s is open to the attack on the webhook', version => {
  const { diagnostics } = compileSources(
    [{ name: 'a.yaml', text: yamlOf([ingress({ host: 'a.io', paths: PATHS })]) }],
    {
      controllerVersion: version,
    },
  );
  expect(diagnostics.map(({ rule }) => rule.name)).toContain('vulnerable-controller');
});

test.each(['1.11.5', '1.11', '1.12.1', '1.12', '1.15'] as const)('%s is not', version => {
  const { diagnostics } = compileSources(
    [{ name: 'a.yaml', text: yamlOf([ingress({ host: 'a.io', paths: PATHS })]) }],
    {
      controllerVersion: version,
    },
  );
  expect(diagnostics.map(({ rule }) => rule.name)).not.toContain('vulnerable-controller');
});

describe('the tables', () => {
  test('have older defaults of options that exist, and none for the version of today', () => {
    expect([...olderDefaults('1.0').keys()].filter(name => !Object.hasOwn(options, name))).toEqual([]);
    expect([...olderDefaults('1.15.1')]).toEqual([]);
  });

  test('have no annotation that was taken away before it came', () => {
    const wrong = Object.entries(removedAnnotations).filter(([name, { since }]) => {
      const came = parseControllerVersion(annotationSince.get(name) ?? '');
      return came !== undefined && !isBefore(came, since);
    });
    expect(wrong).toEqual([]);
  });
});

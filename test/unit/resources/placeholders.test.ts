import { describe, expect, test } from 'vitest';

import { placeholderIn } from '../../../src/resources/placeholders.ts';
import { compileSources } from '../../support/compiled.ts';
import { growthOfWork, MOST_GROWTH } from '../../support/growth.ts';
import { ingress, service, userSecret, yamlOf } from '../../support/manifests.ts';
import type { Manifest } from '../../support/manifests.ts';

const WEB = service('web', [{ number: 80, pod: 8080 }]);
const open = (parts: Parameters<typeof ingress>[0]): Manifest =>
  ingress({ host: 'a.example.com', paths: [['/', 'Prefix', 'web']], ...parts });

function foundIn(manifest: Manifest) {
  const { diagnostics } = compileSources([{ name: 'a.yaml', text: yamlOf([WEB, userSecret('u'), manifest]) }], {
    backendAddress: 'dns',
  });
  return diagnostics.filter(({ severity }) => severity !== 'info');
}

const namesIn = (manifest: Manifest): readonly string[] => foundIn(manifest).map(({ rule }) => rule.name);

describe('a placeholder is told as one, and nothing else is said of it', () => {
  test.each([
    ['a host', open({ host: '${HOST}' }), '${HOST}'],
    ['a host of sed', open({ host: '@HOST@' }), '@HOST@'],
    ['a host of a batch file', open({ host: '%HOST%.example.com' }), '%HOST%'],
    ['a host between underlines', open({ host: '__HOST__' }), '__HOST__'],
    ['a host in angle brackets', open({ host: '<your-host>' }), '<your-host>'],
    ['a host of ERB', open({ host: '<%= host %>' }), '<%= host %>'],
    ['a path', open({ paths: [['/${BASE}', 'Prefix', 'web']] }), '${BASE}'],
    ['a path with a default', open({ paths: [['/${BASE:-shop}', 'Prefix', 'web']] }), '${BASE:-shop}'],
    [
      'a path of Helm',
      open({ paths: [['/{{ .Values.path }}', 'ImplementationSpecific', 'web']] }),
      '{{ .Values.path }}',
    ],
    ['a Secret of users', open({ annotations: { 'auth-type': 'basic', 'auth-secret': '${AUTH}' } }), '${AUTH}'],
    [
      'a realm',
      open({ annotations: { 'auth-type': 'basic', 'auth-secret': 'u', 'auth-realm': '${REALM}' } }),
      '${REALM}',
    ],
    ['a target', open({ annotations: { 'rewrite-target': '/${TARGET}' } }), '${TARGET}'],
    ['a class', open({ className: '${CLASS}' }), '${CLASS}'],
    ['the Secret of a certificate', open({ tls: [{ hosts: ['a.example.com'], secretName: '${CERT}' }] }), '${CERT}'],
  ])('%s', (_, manifest, text) => {
    expect(namesIn(manifest)).toEqual(['unfilled-placeholder']);
    expect(foundIn(manifest)[0]?.message).toContain(`"${text}"`);
  });

  test('two in one object are one finding', () => {
    const found = foundIn(open({ host: '${HOST}', paths: [['/${BASE}', 'Prefix', 'web']] }));
    expect(found.map(({ message }) => message)).toEqual(['placeholders are not filled in: "${HOST}", "${BASE}"']);
  });
});

describe('what looks like a placeholder and means itself is taken', () => {
  test.each([
    ['variables of nginx', open({ annotations: { 'rewrite-target': 'https://b.example.com/${uri}' } })],
    [
      'a count in an expression',
      open({ annotations: { 'use-regex': 'true' }, paths: [['/v[0-9]{1,2}$', 'ImplementationSpecific', 'web']] }),
    ],
    ['a path with an at sign', open({ paths: [['/@HOST@', 'ImplementationSpecific', 'web']] })],
  ])('%s', (_, manifest) => expect(namesIn(manifest)).not.toContain('unfilled-placeholder'));
});

test.each(['{{', '{%', '<%=', '${A:'])('in many of %s there is none, which takes as long as the text is', begin => {
  expect(placeholderIn(begin.repeat(10_000))).toBeUndefined();
  expect(growthOfWork(size => begin.repeat(size), 10_000, placeholderIn)).toBeLessThan(MOST_GROWTH);
});

test.each(['{{ .Values.host }}', '{{}}', '{% if a %}', '<%= a %>', '${HOST}', '${HOST:-a.example.com}'])(
  '%s is a placeholder in a text',
  placeholder => {
    expect(placeholderIn(`a ${placeholder}.example.com}} %> }`)).toBe(placeholder);
  },
);

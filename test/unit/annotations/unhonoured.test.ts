import { describe, expect, test } from 'vitest';

import { indexCluster } from '../../../src/cluster/cluster.ts';
import { readControllerConfig } from '../../../src/compile/controller-options.ts';
import { reportUnhonoured } from '../../../src/annotations/unhonoured.ts';
import { appOf, compiled, ingressOf, linesOf, reported } from '../../support/resources.ts';

const config = readControllerConfig(
  undefined,
  indexCluster([], () => undefined),
  () => undefined,
);

function unhonoured(annotations: Readonly<Record<string, string>>) {
  const ingress = ingressOf({ annotations });
  const { found } = reported(report => reportUnhonoured({ ingress, config, report }));
  return { found, lines: linesOf(found) };
}

describe('an annotation', () => {
  test.each([
    { name: 'that is built', annotation: 'rewrite-target', lines: [] },
    { name: 'of another prefix', annotation: 'example.com/rewrite-targte', lines: [] },
    {
      name: 'that nobody knows',
      annotation: 'rewrite-targte',
      lines: ['unknown-annotation: there is no annotation "nginx.ingress.kubernetes.io/rewrite-targte"'],
      help: 'did you mean nginx.ingress.kubernetes.io/rewrite-target?',
    },
    ...['nginx.ingres.kubernetes.io/', 'nginx.ingress.kuberntes.io/', 'Nginx.Ingress.Kubernetes.io/'].map(prefix => ({
      name: `under the misspelt prefix ${prefix}`,
      annotation: `${prefix}ssl-redirect`,
      lines: [`unknown-annotation: there is no annotation "${prefix}ssl-redirect"`],
      help: 'did you mean nginx.ingress.kubernetes.io/ssl-redirect?',
    })),
    {
      name: 'of which prefix and name are misspelt',
      annotation: 'nginx.ingres.kubernetes.io/colour-of-the-sky',
      lines: ['unknown-annotation: there is no annotation "nginx.ingres.kubernetes.io/colour-of-the-sky"'],
      help: 'did you mean the prefix nginx.ingress.kubernetes.io/?',
    },
    {
      name: 'of an older controller',
      annotation: 'ingress.kubernetes.io/ssl-redirect',
      lines: [
        'other-prefix: "ingress.kubernetes.io/ssl-redirect" has no effect: only versions of the controller before 0.9 read ingress.kubernetes.io/',
      ],
      help: 'write nginx.ingress.kubernetes.io/ssl-redirect',
    },
    { name: 'of an older controller that it never had', annotation: 'ingress.kubernetes.io/protocol', lines: [] },
    { name: 'with a character that no key has, which is said of it', annotation: 'rewrite-target ', lines: [] },
    {
      name: 'that is like none',
      annotation: 'colour-of-the-sky',
      lines: ['unknown-annotation: there is no annotation "nginx.ingress.kubernetes.io/colour-of-the-sky"'],
      help: 'remove it',
    },
    {
      name: 'that is written in capitals',
      annotation: 'Rewrite-Target',
      lines: ['unknown-annotation: there is no annotation "nginx.ingress.kubernetes.io/Rewrite-Target"'],
      help: 'did you mean nginx.ingress.kubernetes.io/rewrite-target?',
    },
    {
      name: 'without name',
      annotation: 'nginx.ingress.kubernetes.io/',
      lines: ['unknown-annotation: there is no annotation "nginx.ingress.kubernetes.io/"'],
      help: 'remove it',
    },
    {
      name: 'that was removed',
      annotation: 'secure-backends',
      lines: ['removed-annotation: secure-backends was removed from the controller'],
    },
    // Names that every object has.
    ...['constructor', 'toString', '__proto__'].map(name => ({
      name: `called ${name}`,
      annotation: name,
      lines: [`unknown-annotation: there is no annotation "nginx.ingress.kubernetes.io/${name}"`],
      help: 'remove it',
    })),
  ])('$name', ({ annotation, lines, help }) => {
    const { lines: said, found } = unhonoured({ [annotation]: 'x' });
    expect(said).toEqual(lines);
    expect([undefined, found[0]?.help]).toContain(help);
  });

  test.each([
    {
      value: 'true',
      lines: [expect.stringMatching(/^unsupported-annotation: http2-push-preload is not honoured: nginx /)],
    },
    { value: 'false', lines: [] },
    { value: '', lines: [] },
  ])('that is refused is named if it asks for something: "$value"', ({ value, lines }) => {
    expect(unhonoured({ 'http2-push-preload': value }).lines).toEqual(lines);
  });

  test('with a dot in place of the slash is unknown', () => {
    const key = 'nginx.ingress.kubernetes.io.ssl-redirect';
    const { found } = compiled([...appOf('web', '10.0.0.1'), { ...ingressOf(), annotations: { [key]: 'true' } }]);
    expect(linesOf(found)).toEqual([`unknown-annotation: there is no annotation "${key}"`]);
    expect(found[0]?.help).toBe('did you mean nginx.ingress.kubernetes.io/ssl-redirect?');
  });

  test.each([
    { name: 'affinity', value: '' },
    { name: 'configuration-snippet', value: '' },
    { name: 'auth-url', value: '' },
  ])('that asks for what happens anyway is no word worth: $name "$value"', ({ name, value }) => {
    expect(unhonoured({ [name]: value })).toMatchObject({ lines: [] });
  });

  test('is pointed at by its key', () => {
    expect(unhonoured({ 'secure-backends': '/x' }).found[0]?.at).toEqual({
      document: 'shop/web',
      path: ['metadata', 'annotations', 'nginx.ingress.kubernetes.io/secure-backends'],
      part: 'key',
    });
  });
});

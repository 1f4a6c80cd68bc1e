import { expect, test } from 'vitest';

import { builtAnnotations } from '../../../src/annotations/registry.ts';
import { compileSources } from '../../support/compiled.ts';
import { ingress } from '../../support/manifests.ts';

/** A host with a path, and what it needs to be served. */
const SERVICE = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web', namespace: 'shop' },
  spec: { clusterIP: '10.96.1.1', selector: { app: 'web' }, ports: [{ port: 80 }] },
};
const ENDPOINTS = {
  apiVersion: 'v1',
  kind: 'Endpoints',
  metadata: { name: 'web', namespace: 'shop' },
  subsets: [{ addresses: [{ ip: '10.1.0.4' }], ports: [{ port: 80 }] }],
};

function compiledWith(annotations: Readonly<Record<string, string>>) {
  const items = [
    SERVICE,
    ENDPOINTS,
    ingress({ host: 'shop.example.com', paths: [['/', 'Prefix', 'web']], annotations }),
  ];
  const text = JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
  return compileSources([{ name: 'shop.json', text }]);
}

/** What asks for something that happens only in other cases, all of them usual, so that it does no harm. */
const HARMLESS: Readonly<Record<string, string>> = {
  'ssl-redirect': 'the host has no certificate, and gets none of the redirects that it switches off',
  'enable-global-auth': 'no service is asked for all hosts',
  'preserve-trailing-slash': 'the host redirects nothing',
};

const plain = compiledWith({});

test('the Ingress without annotations is served without findings', () => {
  expect(plain.diagnostics).toEqual([]);
});

const others = Object.entries(builtAnnotations()).filter(([name]) => !Object.hasOwn(HARMLESS, name));

test.each(others)('%s alone changes something, or says that it does not', (name, { example }) => {
  const { conf, diagnostics } = compiledWith({ [name]: example });
  expect(conf === plain.conf && diagnostics.length === 0).toBe(false);
});

test.each(Object.keys(HARMLESS))('%s is harmless, and said to be for a reason', name => {
  const { conf, diagnostics } = compiledWith({ [name]: builtAnnotations()[name]?.example ?? '' });
  expect({ isSame: conf === plain.conf, found: diagnostics }).toEqual({ isSame: true, found: [] });
});

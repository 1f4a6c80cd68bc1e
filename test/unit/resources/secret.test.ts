import { describe, expect, test } from 'vitest';
import { examine } from './examine.ts';

function secret(rest: string): string {
  return `{apiVersion: v1, kind: Secret, metadata: {name: web}, ${rest}}`;
}

describe('Secrets', () => {
  test.each([
    { name: 'plain text', given: secret('data: {a: "not base64!"}'), found: ['invalid-base64 data.a'] },
    { name: 'no padding', given: secret('data: {a: YQ}'), found: ['invalid-base64 data.a'] },
    { name: 'the URL alphabet', given: secret('data: {a: "-_-_"}'), found: ['invalid-base64 data.a'] },
    { name: 'a blank inside', given: secret('data: {a: "YW Jj"}'), found: ['invalid-base64 data.a'] },
    { name: 'line ends inside', given: secret('data: {a: "YW\\nJj\\r\\n"}'), found: [] },
    { name: 'text that happens to be base64', given: secret('data: {a: abcd}'), found: [] },
    { name: 'nulls', given: secret('data: {a: null}, stringData: null, type: null'), found: [] },
    { name: 'a key with a slash', given: secret('data: {../a: ""}'), found: ['invalid-data-key data.../a#'] },
    {
      name: 'a key in stringData',
      given: secret('stringData: {"a b": ""}'),
      found: ['invalid-data-key stringData.a b#'],
    },
    { name: 'a wrong type of data', given: secret('data: [a]'), found: ['invalid-type data'] },
    {
      name: 'TLS without key',
      given: secret('type: kubernetes.io/tls, data: {tls.crt: ""}'),
      found: ['incomplete-secret data'],
    },
    { name: 'TLS, empty', given: secret('type: kubernetes.io/tls, data: {tls.crt: "", tls.key: null}'), found: [] },
    {
      name: 'TLS in both maps',
      given: secret('type: kubernetes.io/tls, data: {tls.crt: ""}, stringData: {tls.key: ""}'),
      found: [],
    },
    { name: 'basic-auth without both', given: secret('type: kubernetes.io/basic-auth'), found: ['incomplete-secret'] },
    { name: 'basic-auth with one', given: secret('type: kubernetes.io/basic-auth, data: {password: ""}'), found: [] },
    {
      name: 'ssh-auth, empty',
      given: secret('type: kubernetes.io/ssh-auth, data: {ssh-privatekey: ""}'),
      found: ['incomplete-secret data'],
    },
    {
      name: 'a docker config that is none',
      given: secret('type: kubernetes.io/dockerconfigjson, data: {.dockerconfigjson: ""}'),
      found: ['incomplete-secret data..dockerconfigjson'],
    },
    {
      name: 'a docker config',
      given: secret('type: kubernetes.io/dockerconfigjson, stringData: {.dockerconfigjson: "{}"}'),
      found: [],
    },
    {
      name: 'a token without account',
      given: secret('type: kubernetes.io/service-account-token'),
      found: ['incomplete-secret metadata'],
    },
    { name: 'a free type', given: secret('type: example.com/own'), found: [] },
    { name: 'too large', given: secret(`stringData: {a: ${'a'.repeat(1_048_577)}}`), found: ['too-large stringData'] },
    {
      name: 'just not too large',
      given: secret(`data: {b: ${'A'.repeat(4)}}, stringData: {b: ${'a'.repeat(1_048_576)}}`),
      found: ['too-large-to-apply'],
    },
  ])('$name', ({ given, found }) => {
    expect(examine(given).found).toEqual(found);
  });

  test('keep their content out of every message', () => {
    const { diagnostics } = examine(
      secret(
        'data: {a: hunter2!, b: 31337, c: [hunter2], d: {e: hunter2}, "hunter2:$apr1$": x}, stringData: hunter2, metadata: hunter2',
      ),
    );
    expect(diagnostics.length).toBeGreaterThan(5);
    for (const { message, help = '' } of diagnostics) expect(message + help).not.toMatch(/hunter2|31337|apr1/);
  });

  test('are normalised: stringData wins and is encoded, line ends are gone', () => {
    const { resources } = examine(
      secret('data: {a: "YW\\nJj", b: eA==, c: null, __proto__: eA==}, stringData: {b: ä}'),
    );
    expect(resources).toEqual([
      {
        document: 'input.yaml#0',
        namespace: 'default',
        name: 'web',
        kind: 'Secret',
        type: 'Opaque',
        data: JSON.parse('{"a": "YWJj", "b": "w6Q=", "c": "", "__proto__": "eA=="}'),
        plainKeys: ['b'],
      },
    ]);
  });
});

describe('ConfigMaps', () => {
  const configMap = (rest: string) => `{apiVersion: v1, kind: ConfigMap, metadata: {name: web}, ${rest}}`;
  test.each([
    { name: 'a number', given: configMap('data: {a: 8, b: null}'), found: ['invalid-type data.a'] },
    { name: 'a key', given: configMap('data: {"a:b": ""}'), found: ['invalid-data-key data.a:b#'] },
    {
      name: 'a key in both maps',
      given: configMap('data: {a: ""}, binaryData: {a: eA==}'),
      found: ['duplicate-entry data.a#'],
    },
    {
      name: 'binary that is not base64',
      given: configMap('binaryData: {a: "!"}'),
      found: ['invalid-base64 binaryData.a'],
    },
    { name: 'too large', given: configMap(`data: {a: ${'ä'.repeat(524_289)}}`), found: ['too-large'] },
  ])('$name', ({ given, found }) => {
    expect(examine(given).found).toEqual(found);
  });

  test('are normalised', () => {
    const { resources } = examine(configMap('data: {a: b, c: null}, immutable: true'));
    expect(resources).toEqual([
      { document: 'input.yaml#0', namespace: 'default', name: 'web', kind: 'ConfigMap', data: { a: 'b', c: '' } },
    ]);
  });
});

import { describe, expect, test } from 'vitest';

import { indexCluster } from '../../../src/cluster/cluster.ts';
import { readUnit } from '../../../src/resources/unit.ts';
import { ingressOf } from '../../support/resources.ts';

const read = (text: string, name = 'all.yaml') => readUnit({ name, text });

const objectOf = (type: string, rest: string): string => {
  const slash = type.lastIndexOf('/');
  return `apiVersion: ${type.slice(0, slash)}\nkind: ${type.slice(slash + 1)}\nmetadata: { name: own, namespace: shop }\n${rest}\n`;
};

describe('a Secret is promised by', () => {
  test.each([
    {
      name: 'a SealedSecret, with the keys that it encrypts',
      type: 'bitnami.com/v1alpha1/SealedSecret',
      rest: 'spec: { encryptedData: { auth: AgB }, template: { type: Opaque } }',
      promised: { namespace: 'shop', name: 'own', keys: ['auth'], type: 'Opaque' },
    },
    {
      name: 'a SealedSecret whose template has another name and namespace',
      type: 'bitnami.com/v1alpha1/SealedSecret',
      rest: 'spec: { encryptedData: { a: A }, template: { metadata: { name: other, namespace: else }, data: { b: x } } }',
      promised: { namespace: 'else', name: 'other', keys: ['a', 'b'] },
    },
    {
      name: 'an ExternalSecret, under the name of its target',
      type: 'external-secrets.io/v1/ExternalSecret',
      rest: 'spec: { target: { name: login }, data: [{ secretKey: auth, remoteRef: { key: x } }] }',
      promised: { name: 'login', keys: ['auth'] },
    },
    {
      name: 'an ExternalSecret that takes all that a path of its store holds, whatever its keys are',
      type: 'external-secrets.io/v1beta1/ExternalSecret',
      rest: 'spec: { dataFrom: [{ extract: { key: x } }] }',
      promised: { name: 'own', keys: undefined },
    },
    {
      name: 'an ExternalSecret of the first API, whose fields stand under spec, too',
      type: 'kubernetes-client.io/v1/ExternalSecret',
      rest: 'spec: { data: [{ key: x, name: auth }] }',
      promised: { name: 'own', keys: ['auth'] },
    },
    {
      name: 'a ClusterExternalSecret, in any namespace',
      type: 'external-secrets.io/v1/ClusterExternalSecret',
      rest: 'spec: { externalSecretName: pull, externalSecretSpec: { target: { name: login } } }',
      promised: { namespace: '', name: 'login' },
    },
    {
      name: 'a Certificate of cert-manager, with its two keys',
      type: 'cert-manager.io/v1/Certificate',
      rest: 'spec: { secretName: shop-tls }',
      promised: { namespace: 'shop', name: 'shop-tls', keys: ['tls.crt', 'tls.key'], type: 'kubernetes.io/tls' },
    },
    {
      name: 'a Certificate whose Secret something copies to other namespaces',
      type: 'cert-manager.io/v1/Certificate',
      rest: 'spec: { secretName: all, secretTemplate: { annotations: { reflector.v1.k8s.emberstack.com/reflection-allowed: "true" } } }',
      promised: { namespace: '', name: 'all', keys: ['tls.crt', 'tls.key'], type: 'kubernetes.io/tls' },
    },
    {
      name: 'a SecretProviderClass that keeps a copy as a Secret',
      type: 'secrets-store.csi.x-k8s.io/v1/SecretProviderClass',
      rest: 'spec: { secretObjects: [{ secretName: tls, type: kubernetes.io/tls, data: [{ key: tls.crt }, { key: tls.key }] }] }',
      promised: { name: 'tls', keys: ['tls.crt', 'tls.key'], type: 'kubernetes.io/tls' },
    },
    {
      name: 'a OnePasswordItem, under its own name',
      type: 'onepassword.com/v1/OnePasswordItem',
      rest: 'spec: { itemPath: x }',
      promised: { name: 'own' },
    },
    {
      name: 'a VaultStaticSecret, under the name of its destination',
      type: 'secrets.hashicorp.com/v1beta1/VaultStaticSecret',
      rest: 'spec: { destination: { name: login, create: true } }',
      promised: { name: 'login' },
    },
    {
      name: 'an InfisicalSecret, in the namespace that it names',
      type: 'secrets.infisical.com/v1alpha1/InfisicalSecret',
      rest: 'spec: { managedSecretReference: { secretName: login, secretNamespace: else } }',
      promised: { namespace: 'else', name: 'login' },
    },
    {
      name: 'a SopsSecret, once for each of its templates',
      type: 'isindir.github.com/v1alpha3/SopsSecret',
      rest: 'spec: { secretTemplates: [{ name: login, stringData: { auth: ENC } }] }',
      promised: { name: 'login', keys: ['auth'] },
    },
  ])('$name', ({ type, rest, promised }) => {
    const { resources, diagnostics } = read(objectOf(type, rest));
    expect(diagnostics).toEqual([]);
    expect(resources).toEqual([
      {
        keys: undefined,
        type: undefined,
        namespace: 'shop',
        ...promised,
        kind: 'PromisedSecret',
        document: 'all.yaml#0',
        by: type.split('/').at(-1),
      },
    ]);
  });

  test.each([
    { name: 'a kind of the same name in another group', type: 'example.com/v1/SealedSecret', rest: 'spec: {}' },
    { name: 'a Certificate without the name of a Secret', type: 'cert-manager.io/v1/Certificate', rest: 'spec: {}' },
    { name: 'a maker of a strange shape', type: 'isindir.github.com/v1alpha3/SopsSecret', rest: 'spec: [1]' },
  ])('not by $name', ({ type, rest }) => {
    expect(read(objectOf(type, rest)).resources).toEqual([]);
  });
});

describe('the promises of a cluster', () => {
  const silent = (): undefined => undefined;
  const cluster = indexCluster(
    [
      ...read(objectOf('bitnami.com/v1alpha1/SealedSecret', 'spec: { encryptedData: { auth: A } }')).resources,
      ...read(objectOf('clustersecret.io/v1/ClusterSecret', 'data: { a: A }'), 'copied.yaml').resources,
      ingressOf({
        name: 'web',
        annotations: { 'cert-manager.io/cluster-issuer': 'letsencrypt' },
        tls: { 'web-tls': ['a.example.com'] },
      }),
      ingressOf({ name: 'plain', tls: { 'plain-tls': ['b.example.com'] } }),
    ],
    silent,
  );

  test.each([
    { name: 'of its own namespace', key: 'shop/own', by: 'SealedSecret' },
    { name: 'of any namespace', key: 'billing/own', by: 'ClusterSecret' },
    { name: 'that an Ingress asks cert-manager for', key: 'shop/web-tls', by: 'cert-manager' },
    { name: 'none where the Ingress asks nobody', key: 'shop/plain-tls', by: undefined },
    { name: 'none of another name', key: 'shop/owner', by: undefined },
  ])('$name', ({ key, by }) => {
    expect(cluster.promisedSecrets.get(key)?.by).toBe(by);
  });
});

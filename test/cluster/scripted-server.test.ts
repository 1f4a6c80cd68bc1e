import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { startKubeApiserver } from '../../scripts/kube-apiserver/server.mjs';
import { openApiClient } from '../support/api-client.ts';
import type { ApiCall, ApiClient } from '../support/api-client.ts';
import { startApiServer } from '../support/api-server.ts';

// What the ordinary tests learn from the scripted server holds only as far as it says what the real one says.

const folder = mkdtempSync(join(tmpdir(), 'ingress2nginx-cluster-'));
let real: ApiClient;
let scripted: ApiClient;
const ends: (() => unknown)[] = [];

beforeAll(async () => {
  const server = await startKubeApiserver(folder);
  ends.push(() => server.stop());
  real = openApiClient(server.kubeconfig);
  const other = await startApiServer();
  ends.push(other.close);
  scripted = openApiClient(other.kubeconfig);
});

afterAll(async () => {
  real.close();
  scripted.close();
  for (const end of ends) await end();
  rmSync(folder, { recursive: true, force: true });
});

const V1 = '/apis/networking.k8s.io/v1';
const INGRESSES = `${V1}/namespaces/default/ingresses`;
const LEASES = '/apis/coordination.k8s.io/v1/namespaces/default/leases';
const ingress = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name: 'shop', namespace: 'default' },
  spec: { defaultBackend: { service: { name: 'web', port: { number: 80 } } } },
};
const lease = {
  apiVersion: 'coordination.k8s.io/v1',
  kind: 'Lease',
  metadata: { name: 'leader', namespace: 'default' },
  spec: { holderIdentity: 'me', leaseDurationSeconds: 15, renewTime: '2026-11-24T05:00:00.000000Z' },
};
const leaseRead = (resourceVersion: string) => ({ ...lease, metadata: { ...lease.metadata, resourceVersion } });
const METADATA = 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json';
const METADATA_LIST = METADATA.replace(';g=', 'List;g=');
const status = { loadBalancer: { ingress: [{ ip: '127.0.0.1' }] } };

/** Without what no two servers share: versions, identities, times, and who manages which field. */
function comparable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value !== 'object' || value === null) return value;
  const own = ['resourceVersion', 'uid', 'creationTimestamp', 'managedFields', 'continue', 'storageVersionHash'];
  const entries = Object.entries(value).map(([key, field]) => [
    key,
    own.includes(key) ? typeof field : comparable(field),
  ]);
  return Object.fromEntries(entries);
}

/** The status that the real server gives a new Ingress says nothing. */
function withoutEmptyStatus(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value).replaceAll(',"status":{"loadBalancer":{}}', ''));
}

/** In this order: each finds what those before it left. */
const CALLS: readonly (ApiCall & { readonly name: string })[] = [
  { name: 'an empty list', path: `${V1}/ingresses` },
  { name: 'an object that is created', method: 'POST', path: INGRESSES, body: ingress },
  { name: 'an object that is there already', method: 'POST', path: INGRESSES, body: ingress },
  { name: 'another one', method: 'POST', path: INGRESSES, body: { ...ingress, metadata: { name: 'wiki' } } },
  { name: 'a list of all namespaces', path: `${V1}/ingresses` },
  { name: 'a list of one namespace', path: INGRESSES },
  { name: 'a list of another namespace', path: `${V1}/namespaces/nowhere/ingresses` },
  { name: 'a list in an older version', path: '/apis/extensions/v1beta1/ingresses' },
  { name: 'the first page of a list', path: `${V1}/ingresses?limit=1` },
  { name: 'a list of one name', path: `${V1}/ingresses?fieldSelector=metadata.name%3Dwiki` },
  { name: 'a selector for an unknown field', path: `${V1}/ingresses?fieldSelector=spec.host%3Da` },
  { name: 'a list of metadata alone', path: `${V1}/ingresses`, accept: METADATA_LIST },
  { name: 'the metadata of an object', path: `${INGRESSES}/shop`, accept: METADATA },
  { name: 'an object', path: `${INGRESSES}/shop` },
  { name: 'an object that is missing', path: `${INGRESSES}/nothing` },
  { name: 'a type that is not served', path: `${V1}/nothings` },
  { name: 'a method that is not allowed', method: 'POST', path: `${V1}/ingresses`, body: {} },
  { name: 'a patch', method: 'PATCH', path: `${INGRESSES}/shop`, body: { metadata: { annotations: { a: 'b' } } } },
  { name: 'a patch of nothing', method: 'PATCH', path: `${INGRESSES}/nothing`, body: {} },
  { name: 'a status', method: 'PATCH', path: `${INGRESSES}/shop/status`, body: { status, spec: { rules: [] } } },
  { name: 'the same status', method: 'PATCH', path: `${INGRESSES}/shop/status`, body: { status } },
  {
    name: 'a status that was read too early',
    method: 'PATCH',
    path: `${INGRESSES}/shop/status`,
    body: { status, metadata: { resourceVersion: '1' } },
  },
  { name: 'a status set through the object', method: 'PATCH', path: `${INGRESSES}/wiki`, body: { status } },
  { name: 'a status taken away', method: 'PATCH', path: `${INGRESSES}/shop/status`, body: { status: null } },
  { name: 'a Lease', method: 'POST', path: LEASES, body: lease },
  { name: 'a Lease that somebody has', method: 'POST', path: LEASES, body: lease },
  { name: 'a Lease that somebody changed', method: 'PUT', path: `${LEASES}/leader`, body: leaseRead('1') },
  { name: 'a Lease of unknown version', method: 'PUT', path: `${LEASES}/leader`, body: lease },
  { name: 'a Lease under another name', method: 'PUT', path: `${LEASES}/other`, body: lease },
  { name: 'a Lease that is given up', method: 'DELETE', path: `${LEASES}/leader` },
  { name: 'a Lease that is gone', method: 'DELETE', path: `${LEASES}/leader` },
  { name: 'a Secret that is missing', path: '/api/v1/namespaces/default/secrets/none' },
  { name: 'an object that is deleted', method: 'DELETE', path: `${INGRESSES}/wiki` },
  { name: 'a group', path: '/apis/networking.k8s.io' },
];

test.each(CALLS)('answers as kube-apiserver does: $name', async ({ name: _name, ...call }) => {
  const [expected, actual] = [await real.call(call), await scripted.call(call)];
  const shape = ({ code, value }: typeof expected) => withoutEmptyStatus({ code, value: comparable(value) });
  expect(shape(actual)).toEqual(shape(expected));
});

const WATCHES: readonly { readonly name: string; readonly query: string; readonly accept?: string }[] = [
  { name: 'a watch that begins with what is there', query: 'watch=1' },
  { name: 'a watch of metadata alone', query: 'watch=true', accept: METADATA },
  { name: 'a watch of one name', query: 'watch=true&fieldSelector=metadata.name%3Dshop' },
];

test.each(WATCHES)('streams as kube-apiserver does: $name', async ({ query, accept }) => {
  const path = `${V1}/ingresses?${query}&timeoutSeconds=1`;
  const events = async (client: ApiClient) => {
    const { value } = await client.call({ path, ...(accept === undefined ? {} : { accept }) });
    const lines =
      typeof value === 'string'
        ? value
            .trim()
            .split('\n')
            .map(line => JSON.parse(line) as unknown)
        : [value];
    return withoutEmptyStatus(comparable(lines));
  };
  expect(await events(scripted)).toEqual(await events(real));
});

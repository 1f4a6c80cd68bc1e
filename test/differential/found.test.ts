import { afterAll, beforeAll, expect, test } from 'vitest';

import { startBatch } from './batch.ts';
import type { Batch, ControllerOptions } from './batch.ts';
import type { Sent } from './client.ts';
import { FOUND } from './found.ts';
import { startPods } from './pods.ts';
import type { Pods } from './pods.ts';
import type { MadeSet } from './sets.ts';
import { manifestsOf } from './sets.ts';

let pods: Pods;
/** By their options. */
const batches = new Map<string, Batch>();

const domainOf = (index: number): string => `found${index + 1}.test`;

/** Each in a domain and a namespace of its own, so that one nginx serves all with the same options. */
function setOf(index: number): MadeSet {
  const {
    annotations,
    path,
    pathType = 'Prefix',
    service = 'alpha',
    hasTls = false,
    others = [],
  } = FOUND[index] ?? {
    annotations: {},
    path: '/',
  };
  const host = domainOf(index);
  const first = {
    name: 'found',
    annotations,
    hasTls,
    rules: [{ host, paths: [{ path, pathType, service, port: 80 }] }],
  };
  const more = others.map(other => ({
    name: `found-${other.path.replaceAll(/\W/g, '')}`,
    annotations: other.annotations,
    hasTls: false,
    rules: [{ host, paths: [{ path: other.path, pathType: other.pathType ?? 'Prefix', service: 'beta', port: 80 }] }],
  }));
  return { number: index + 1, domain: host, ingresses: [first, ...more] };
}

const optionsOf = (index: number): string => JSON.stringify(FOUND[index]?.options ?? {});

beforeAll(async () => {
  pods = await startPods();
  for (const options of new Set(FOUND.map((_, index) => optionsOf(index)))) {
    const sets = FOUND.flatMap((_, index) => (optionsOf(index) === options ? [setOf(index)] : []));
    const manifests = sets.flatMap(set => manifestsOf(set, pods));
    batches.set(options, await startBatch(manifests, JSON.parse(options) as ControllerOptions));
  }
});
afterAll(async () => {
  for (const batch of batches.values()) await batch.stop();
  pods.close();
});

test.each(FOUND.map((found, index) => ({ ...found, index })))('$name', async ({ request, answer, index }) => {
  const { method = 'GET', scheme = 'http', host = '', target, headers = [], clientIp = '127.0.0.1' } = request;
  const sent: Sent = { method, scheme, host: `${domainOf(index)}${host}`, target, headers, clientIp };
  const compared = await batches.get(optionsOf(index))?.compare(sent);
  if (compared === undefined) throw new Error('no nginx has it');
  const { got, difference } = compared;
  expect(difference).toBeUndefined();
  expect(got.kind === 'closed' ? 'closed' : (got.received?.uri ?? got.status)).toBe(answer);
});

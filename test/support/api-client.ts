import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';

import { typeOfKind } from './api-server/types.ts';
import type { KubeObject } from './api-server/types.ts';

export interface ApiReply {
  readonly code: number;
  readonly value: unknown;
}

export interface ApiCall {
  readonly method?: string;
  readonly path: string;
  readonly body?: unknown;
  readonly accept?: string;
}

/** The API as a test changes it: with the credentials of a kubeconfig, and without kubectl, which is slow. */
export interface ApiClient {
  readonly call: (call: ApiCall) => Promise<ApiReply>;
  /** Creates or replaces. */
  readonly put: (object: KubeObject) => Promise<void>;
  readonly remove: (object: KubeObject) => Promise<void>;
  readonly close: () => void;
}

interface Kubeconfig {
  readonly clusters: readonly [
    { readonly cluster: { readonly server: string; readonly 'certificate-authority': string } },
  ];
  readonly users: readonly [{ readonly user: { readonly token: string } }];
}

/** Reads a kubeconfig that the tests wrote: JSON, one cluster, the first user. */
export function openApiClient(kubeconfig: string): ApiClient {
  const { clusters, users } = JSON.parse(readFileSync(kubeconfig, 'utf8')) as Kubeconfig;
  const { server, 'certificate-authority': authority } = clusters[0].cluster;
  const agent = new Agent({ keepAlive: true, maxSockets: 4, ca: readFileSync(authority) });
  const call = ({ method = 'GET', path, body, accept = 'application/json' }: ApiCall) => {
    const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
    const headers = { authorization: `Bearer ${users[0].user.token}`, 'content-type': type, accept };
    return new Promise<ApiReply>((resolve, reject) => {
      const sent = request(`${server}${path}`, { method, headers, agent }, response => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.once('error', reject);
        response.once('end', () => resolve({ code: response.statusCode ?? 0, value: parse(Buffer.concat(chunks)) }));
      });
      sent.once('error', reject).end(body === undefined ? undefined : JSON.stringify(body));
    });
  };
  const expectCode = async (codes: readonly number[], what: ApiCall) => {
    const { code, value } = await call(what);
    if (!codes.includes(code)) throw new Error(`${what.method} ${what.path}: ${code} ${JSON.stringify(value)}`);
    return code;
  };
  const put = async (object: KubeObject) => {
    const path = pathOf(object);
    const code = await expectCode([201, 409], { method: 'POST', path: path.list, body: object });
    if (code === 201) return;
    const { value } = await call({ path: path.object });
    const { resourceVersion } = (value as KubeObject).metadata;
    const body = { ...object, metadata: { ...object.metadata, resourceVersion } };
    await expectCode([200], { method: 'PUT', path: path.object, body });
  };
  const remove = async (object: KubeObject) => {
    await expectCode([200], { method: 'DELETE', path: pathOf(object).object });
  };
  return { call, put, remove, close: () => agent.destroy() };
}

function pathOf({ apiVersion, kind, metadata }: KubeObject) {
  const { plural, isNamespaced } = typeOfKind(kind);
  const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const list = `${root}${isNamespaced ? `/namespaces/${metadata.namespace ?? 'default'}` : ''}/${plural}`;
  return { list, object: `${list}/${metadata.name}` };
}

function parse(bytes: Buffer): unknown {
  const text = bytes.toString('utf8');
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

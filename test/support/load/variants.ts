import type { Backends, Pod } from '../backends.ts';
import { HASHES, PASSWORDS } from '../credentials.ts';
import { app, ingress, secret } from '../manifests.ts';
import type { Manifest } from '../manifests.ts';

/** What differs from one good input to the next: an upstream, a host, a path, a password. */
export interface Variant {
  readonly shop: Pod;
  readonly hasBlog: boolean;
  readonly hasAdmin: boolean;
  readonly isGuarded: boolean;
}

/** A request of the clients, and what a variant answers to it: a pod with its status, or nginx with its own. */
export interface Query {
  readonly name: string;
  readonly host: string;
  readonly path: string;
  readonly isKnown: boolean;
  readonly expected: (variant: Variant) => string;
}

/** All sixteen in turn; each differs from the one before. */
export function variantAt(index: number): Variant {
  return {
    shop: index % 2 === 0 ? 'web' : 'cart',
    hasBlog: (index >> 1) % 2 === 0,
    hasAdmin: (index >> 2) % 2 === 0,
    isGuarded: (index >> 3) % 2 === 1,
  };
}

export const QUERIES: readonly Query[] = [
  { name: 'a host', host: 'shop.example.com', path: '/', isKnown: false, expected: ({ shop }) => `200 ${shop}` },
  {
    name: 'a host that comes and goes',
    host: 'blog.example.com',
    path: '/',
    isKnown: false,
    expected: ({ hasBlog }) => (hasBlog ? '200 blog' : '404'),
  },
  {
    name: 'a path that comes and goes',
    host: 'shop.example.com',
    path: '/admin/x',
    isKnown: false,
    expected: ({ hasAdmin, shop }) => `200 ${hasAdmin ? 'admin' : shop}`,
  },
  {
    name: 'a guarded host, without the password',
    host: 'team.example.com',
    path: '/',
    isKnown: false,
    expected: ({ isGuarded }) => (isGuarded ? '401' : '200 spare'),
  },
  {
    name: 'a guarded host, with the password',
    host: 'team.example.com',
    path: '/',
    isKnown: true,
    expected: () => '200 spare',
  },
];

/** The bytes of a request. */
export function requestOf({ host, path, isKnown }: Query, isLast: boolean): string {
  const password = Buffer.from(`ines:${PASSWORDS.ines}`).toString('base64');
  const lines = [
    `GET ${path} HTTP/1.1`,
    `Host: ${host}`,
    ...(isKnown ? [`Authorization: Basic ${password}`] : []),
    ...(isLast ? ['Connection: close'] : []),
  ];
  return `${lines.join('\r\n')}\r\n\r\n`;
}

/** What an answer is called in `expected`. */
export function nameOfAnswer(status: number, body: string): string {
  const pod = /"pod":"(\w+)"/.exec(body)?.[1];
  return pod === undefined ? String(status) : `${status} ${pod}`;
}

/** The objects of a variant; the host of the websocket is the same in all. */
export function manifestsOf({ shop, hasBlog, hasAdmin, isGuarded }: Variant, backends: Backends): readonly Manifest[] {
  const pods: readonly Pod[] = ['web', 'cart', 'blog', 'admin', 'login', 'spare'];
  const guard = isGuarded ? { 'auth-type': 'basic', 'auth-secret': 'users' } : {};
  return [
    ...pods.flatMap(pod => app(backends, pod)),
    secret('users', { auth: `ines:${HASHES.ines}\n` }),
    ingress({
      name: 'shop',
      host: 'shop.example.com',
      paths: [['/', 'Prefix', shop], ...(hasAdmin ? [['/admin', 'Prefix', 'admin'] as const] : [])],
    }),
    ...(hasBlog ? [ingress({ name: 'blog', host: 'blog.example.com', paths: [['/', 'Prefix', 'blog']] })] : []),
    ingress({ name: 'team', host: 'team.example.com', annotations: guard, paths: [['/', 'Prefix', 'spare']] }),
    ingress({ name: 'live', host: 'live.example.com', paths: [['/', 'Prefix', 'login']] }),
  ];
}

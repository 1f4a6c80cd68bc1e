import type { Manifest, PathRow } from '../manifests.ts';
import { ingress, userSecret } from '../manifests.ts';

/** A host and a path that are asked for. */
export type Asked = readonly [host: string, path: string];

/** An Ingress with a password beside others without, which would serve its requests if it were not there. */
export interface Shape {
  readonly name: string;
  readonly guarded: Manifest;
  readonly others: readonly Manifest[];
  readonly requests: readonly Asked[];
  /** What others have, and keep. */
  readonly kept: readonly Asked[];
  readonly hasRules: boolean;
  readonly hasHost: boolean;
}

const AUTH = { 'auth-type': 'basic', 'auth-secret': 'users' };
const OPEN: readonly PathRow[] = [['/', 'Prefix', 'blog']];
export const HOST = 'a.example.com';
const BELOW: readonly string[] = ['/admin', '/admin/', '/admin/x', '/admin/x/y'];

function shape(
  name: string,
  parts: Parameters<typeof ingress>[0],
  others: readonly Manifest[],
  more: Pick<Shape, 'requests' | 'kept'>,
): Shape {
  const guarded = ingress({ ...parts, name: 'guarded', annotations: { ...AUTH, ...parts.annotations } });
  const hasRules = parts.rules !== undefined || parts.paths !== undefined;
  return {
    name,
    guarded,
    others: [userSecret('users'), ...others],
    hasRules,
    hasHost: hasRules && parts.host !== '',
    ...more,
  };
}

const at = (host: string, ...paths: readonly string[]): readonly Asked[] => paths.map(path => [host, path]);
const open = (host: string, paths = OPEN, annotations = {}): Manifest =>
  ingress({ name: 'open', host, paths, annotations });

export const SHAPES: readonly Shape[] = [
  shape('a prefix below an open /', { host: HOST, paths: [['/admin', 'Prefix', 'web']] }, [open(HOST)], {
    requests: at(HOST, ...BELOW),
    kept: at(HOST, '/', '/other', '/administrator'),
  }),
  shape('an exact path below an open /', { host: HOST, paths: [['/admin', 'Exact', 'web']] }, [open(HOST)], {
    requests: at(HOST, '/admin'),
    kept: at(HOST, '/', '/admin/', '/admin/x'),
  }),
  shape(
    'a prefix below an open prefix',
    { host: HOST, paths: [['/docs/admin', 'Prefix', 'web']] },
    [open(HOST, [['/docs', 'Prefix', 'blog']])],
    {
      requests: at(HOST, '/docs/admin', '/docs/admin/x'),
      kept: at(HOST, '/docs', '/docs/x'),
    },
  ),
  shape(
    'a path in a host of expressions',
    { host: HOST, paths: [['/admin', 'Prefix', 'web']] },
    [open(HOST, [['/(.*)', 'ImplementationSpecific', 'blog']], { 'rewrite-target': '/$1' })],
    {
      requests: at(HOST, ...BELOW, '/ADMIN', '/adminx'),
      kept: at(HOST, '/', '/other'),
    },
  ),
  shape(
    'an expression below an open /',
    { host: HOST, annotations: { 'use-regex': 'true' }, paths: [['/admin(/|$)(.*)', 'ImplementationSpecific', 'web']] },
    [open(HOST)],
    {
      requests: at(HOST, ...BELOW, '/ADMIN', '/Admin/x', '/aDMIN/x/y'),
      kept: at(HOST, '/', '/other'),
    },
  ),
  shape(
    'a rewritten prefix below an open /',
    { host: HOST, annotations: { 'rewrite-target': '/x' }, paths: [['/admin', 'Prefix', 'web']] },
    [
      open(HOST, [
        ['/', 'Prefix', 'blog'],
        ['/admin/public', 'Prefix', 'blog'],
      ]),
    ],
    {
      requests: at(HOST, ...BELOW, '/ADMIN', '/Admin/x'),
      kept: at(HOST, '/', '/other', '/admin/public', '/admin/public/x'),
    },
  ),
  shape(
    'an expression with a class below an open /',
    {
      host: HOST,
      annotations: { 'use-regex': 'true' },
      paths: [['/api.v[0-9]+/admin', 'ImplementationSpecific', 'web']],
    },
    [open(HOST)],
    {
      requests: at(HOST, '/api.v1/admin', '/API.v1/admin', '/api.V1/Admin/x'),
      kept: at(HOST, '/', '/other', '/api'),
    },
  ),
  shape(
    'an expression that begins with an open /',
    {
      host: HOST,
      annotations: { 'use-regex': 'true' },
      paths: [['/(admin|office)/', 'ImplementationSpecific', 'web']],
    },
    [open(HOST)],
    {
      requests: at(HOST, '/admin/x', '/office/', '/Office/x'),
      kept: at(HOST, '/', '/other', '/administrator'),
    },
  ),
  shape('a host below an open wildcard', { host: HOST, paths: [['/', 'Prefix', 'web']] }, [open('*.example.com')], {
    requests: at(HOST, '/', '/x'),
    kept: at('b.example.com', '/', '/x'),
  }),
  shape(
    'one path of a host below an open wildcard',
    { host: HOST, paths: [['/admin', 'Prefix', 'web']] },
    [open('*.example.com')],
    {
      requests: at(HOST, ...BELOW, '/'),
      kept: at('b.example.com', '/', '/admin'),
    },
  ),
  shape(
    'a wildcard host above an open default server',
    { host: '*.example.com', paths: [['/', 'Prefix', 'web']] },
    [ingress({ name: 'open', defaultBackend: 'blog' })],
    {
      requests: at(HOST, '/', '/x'),
      kept: at('example.org', '/', '/x'),
    },
  ),
  shape(
    'a host above open rules without host',
    { host: HOST, paths: [['/admin', 'Prefix', 'web']] },
    [open('', [['/', 'Prefix', 'blog']])],
    {
      requests: at(HOST, ...BELOW, '/'),
      kept: at('example.org', '/', '/admin'),
    },
  ),
  shape(
    'a rule without host below an open /',
    { host: '', paths: [['/admin', 'Prefix', 'web']] },
    [open('', [['/', 'Prefix', 'blog']]), ingress({ name: 'other', host: 'b.example.com', paths: OPEN })],
    {
      requests: at(HOST, ...BELOW),
      kept: [...at(HOST, '/', '/x', '/healthz'), ...at('b.example.com', '/', '/admin')],
    },
  ),
  shape(
    'a rule without host for the health check',
    { host: '', paths: [['/healthz/x', 'Prefix', 'web']] },
    [open('', [['/', 'Prefix', 'blog']])],
    {
      requests: at(HOST, '/healthz/x', '/healthz/x/y'),
      kept: at(HOST, '/', '/healthz'),
    },
  ),
  shape('a catch-all beside an open host', { defaultBackend: 'web' }, [open('b.example.com')], {
    requests: at(HOST, '/', '/x'),
    kept: at('b.example.com', '/', '/x'),
  }),
  shape(
    'the rest of a host whose younger Ingress has an open one',
    { host: HOST, paths: [['/admin', 'Prefix', 'web']], defaultBackend: 'web', createdAt: '2020-01-01T00:00:00Z' },
    [
      ingress({
        name: 'open',
        host: HOST,
        paths: [['/x', 'Prefix', 'blog']],
        defaultBackend: 'blog',
        createdAt: '2024-01-01T00:00:00Z',
      }),
    ],
    {
      requests: at(HOST, ...BELOW, '/', '/other'),
      kept: at(HOST, '/x', '/x/y'),
    },
  ),
  shape(
    'a folder that a younger Ingress has with a slash',
    { host: HOST, paths: [['/admin', 'Prefix', 'web']], createdAt: '2020-01-01T00:00:00Z' },
    [ingress({ name: 'open', host: HOST, paths: [['/admin/', 'Prefix', 'blog']], createdAt: '2024-01-01T00:00:00Z' })],
    {
      requests: at(HOST, ...BELOW),
      kept: at(HOST, '/'),
    },
  ),
];

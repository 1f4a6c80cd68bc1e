import type { Manifest } from '../manifests.ts';
import { secret } from '../manifests.ts';
import { annotationsOf, annotationWay, copyOf, isLiteral, pathWay, ruleWay, treeAt, way } from './way.ts';
import type { Way } from './way.ts';

/** The documents with a key a line, and another separator than `---` before the last. */
function blockYaml(text: string, separator: string): string {
  const documents = text.split('---\n').map(json => {
    const entries = Object.entries(treeAt(JSON.parse(json)));
    return entries.map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`).join('');
  });
  return `${documents.slice(0, -1).join('---\n')}${separator}${documents.at(-1) ?? ''}`;
}

/** What a valid object asks for and does not get. */
export const OF_CONTENT: readonly Way[] = [
  annotationWay('a realm that the controller refuses', 'invalid-guard', { 'auth-realm': 'say "hi"' }),
  annotationWay('a realm that would open nginx', 'invalid-guard', { 'auth-realm': 'off' }),
  annotationWay('a kind of auth that nobody knows', 'invalid-guard', { 'auth-type': 'Basic' }),
  annotationWay('a kind of auth that nginx does not have', 'invalid-guard', { 'auth-type': 'digest' }),
  annotationWay('a list of networks with a wrong entry', 'invalid-guard', {
    'whitelist-source-range': '10.0.0.0/8,office',
  }),
  annotationWay('a size for which the controller drops the Ingress', 'dropped-for-value', {
    'client-body-buffer-size': '1 MB',
  }),
  way(
    'no kind of auth',
    'invalid-guard',
    tree => void delete annotationsOf(tree)['nginx.ingress.kubernetes.io/auth-type'],
  ),
  annotationWay('a Secret that is missing', 'missing-auth-secret', { 'auth-secret': 'nobody' }),
  annotationWay('a Secret of others', 'missing-auth-secret', { 'auth-secret': 'other/users' }),
  annotationWay('a ConfigMap of FastCGI parameters that is missing', 'refused-fastcgi-params', {
    'fastcgi-params-configmap': 'nobody',
  }),
  annotationWay('a ConfigMap for an auth service that is missing', 'refused-auth-headers', {
    'auth-url': 'http://auth.example.com/',
    'auth-proxy-set-headers': 'shop/nobody',
  }),
  annotationWay('a ConfigMap of headers that is missing', 'refused-custom-headers', {
    'custom-headers': 'shop/nobody',
  }),
  {
    name: 'a Secret that is refused',
    rule: 'invalid-base64',
    change: guarded => {
      const tree = copyOf(guarded);
      annotationsOf(tree)['nginx.ingress.kubernetes.io/auth-secret'] = 'broken';
      return [tree, { ...secret('broken', { auth: 'x' }), data: { auth: '!' } }];
    },
  },
  {
    ...annotationWay('a rewrite target that nginx refuses', 'invalid-rewrite-target', { 'rewrite-target': '/$nope' }),
    // Among expressions the longer one is first, be it of the younger Ingress.
    fits: each => !each.name.startsWith('a folder'),
  },
  annotationWay('a snippet of an auth service', 'snippet-not-allowed', {
    'auth-url': 'http://auth.example.com',
    'auth-snippet': 'set $a b;',
  }),
  annotationWay('a snippet that nobody allowed', 'snippet-not-allowed', { 'configuration-snippet': 'deny all;' }),
  annotationWay('a snippet of the whole host', 'snippet-not-allowed', { 'server-snippet': 'deny all;' }),
  annotationWay('a guard of the whole host', 'missing-client-authority', { 'auth-tls-secret': 'shop/ca' }),
  annotationWay('a Secret for backends that is missing', 'missing-backend-authority', {
    'proxy-ssl-secret': 'shop/nobody',
  }),
  annotationWay('a canary that is no boolean', 'unclear-canary', { canary: 'maybe' }),
  annotationWay('a share without canary', 'unclear-canary', { 'canary-weight': '50' }),
  way(
    'a text that only an attack has',
    'forbidden-text',
    tree =>
      void (treeAt(tree, 'spec')['tls'] = [
        { hosts: ['x.example.com'], secretName: 'x' },
        { hosts: ['x-by-lua.example.com'] },
      ]),
    () => false,
  ),
  ruleWay('a path that only an attack has', 'forbidden-text', each => {
    const paths: unknown = treeAt(each, 'http')['paths'];
    if (Array.isArray(paths)) paths.push({ ...treeAt(paths, 0), path: '/etc/nginx' });
  }),
  pathWay(
    'a placeholder that is not filled in',
    'unfilled-placeholder',
    path => void (treeAt(path, 'backend', 'service')['name'] = '${SERVICE}'),
  ),
  pathWay(
    'an expression that is none',
    'invalid-regex',
    path => void (path['path'] = `${String(path['path'])}([`),
    each => each.name.includes('expressions'),
  ),
  pathWay(
    'a path with a control character',
    'unwritable-path',
    path => void (path['path'] = `${String(path['path'])}\u0001`),
    isLiteral,
  ),
  pathWay(
    'a backend that is no Service',
    'resource-backend',
    path => void (path['backend'] = { resource: { kind: 'Bucket', name: 'x' } }),
  ),
  way(
    'a default backend that is no Service',
    'resource-backend',
    tree => void (treeAt(tree, 'spec')['defaultBackend'] = { resource: { kind: 'Bucket', name: 'x' } }),
    ({ hasRules }) => !hasRules,
  ),
  ...[{}, { a: 'b' }].map(annotations => ({
    name: `another object of its name with annotations ${JSON.stringify(annotations)}`,
    rule: 'duplicate-object',
    change: (guarded: Manifest) => {
      const tree = copyOf(guarded);
      treeAt(tree, 'metadata')['annotations'] = annotations;
      return [guarded, tree];
    },
  })),
  {
    name: 'no "---" before the next object',
    rule: 'missing-separator',
    change: guarded => [guarded, secret('other', { a: 'b' })],
    edit: text => blockYaml(text, ''),
  },
  {
    name: 'no line end behind "---"',
    rule: 'broken-separator',
    change: guarded => [guarded],
    edit: text => blockYaml(text, '---'),
  },
  { name: 'a refusal of nginx', change: guarded => [guarded], isRefusedByNginx: true },
];

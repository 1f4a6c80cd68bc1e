import {
  annotationsOf,
  annotationWay,
  hostWay,
  isLiteral,
  moved,
  ofHosts,
  ofRules,
  pathWay,
  ruleWay,
  treeAt,
  way,
} from './way.ts';
import type { Way } from './way.ts';
import { HOST } from './shapes.ts';

/** What the API server or kubectl refuses. */
export const OF_SCHEMA: readonly Way[] = [
  way('labels that are no mapping', 'invalid-type', tree => void (treeAt(tree, 'metadata')['labels'] = 'x')),
  pathWay('a path type that is a number', 'invalid-type', path => void (path['pathType'] = 1)),
  ruleWay(
    'paths without dashes',
    'invalid-type',
    each => void (treeAt(each, 'http')['paths'] = treeAt(each, 'http', 'paths', 0)),
  ),
  way(
    'rules without dashes',
    'invalid-type',
    tree => void (treeAt(tree, 'spec')['rules'] = treeAt(tree, 'spec', 'rules', 0)),
    ofRules,
  ),
  way('a class that is a list', 'invalid-type', tree => void (treeAt(tree, 'spec')['ingressClassName'] = ['nginx'])),
  way('annotations beside metadata', 'unknown-field', tree => moved(treeAt(tree, 'metadata'), 'annotations', tree)),
  way('annotations under spec', 'unknown-field', tree =>
    moved(treeAt(tree, 'metadata'), 'annotations', treeAt(tree, 'spec')),
  ),
  way('annotations misspelt', 'unknown-field', tree =>
    moved(treeAt(tree, 'metadata'), 'annotations', treeAt(tree, 'metadata'), 'anotations'),
  ),
  way('class and annotations beside metadata', 'unknown-field', tree => {
    moved(treeAt(tree, 'metadata'), 'annotations', tree);
    delete treeAt(tree, 'spec')['ingressClassName'];
    treeAt(tree, 'annotations')['kubernetes.io/ingress.class'] = 'nginx';
  }),
  way('class misspelt', 'unknown-field', tree =>
    moved(treeAt(tree, 'spec'), 'ingressClassName', treeAt(tree, 'spec'), 'ingressClass'),
  ),
  way(
    'tls in the rule',
    'unknown-field',
    tree => void (treeAt(tree, 'spec', 'rules', 0)['tls'] = [{ hosts: [HOST] }]),
    ofRules,
  ),
  way('tls beside spec', 'unknown-field', tree => void (tree['tls'] = [{ hosts: [HOST] }])),
  way(
    'rules beside spec',
    'unknown-field',
    tree => moved(treeAt(tree, 'spec'), 'rules', tree),
    each => ofRules(each) && !each.name.startsWith('the rest'),
  ),
  ruleWay('paths without http', 'unknown-field', each => {
    moved(treeAt(each, 'http'), 'paths', each);
    delete each['http'];
  }),
  ruleWay('the host misspelt', 'unknown-field', each => moved(each, 'host', each, 'hots'), ofHosts),
  pathWay('the path misspelt', 'unknown-field', path => moved(path, 'path', path, 'pth')),
  ...['NGINX', 'nginx ', 'Nginx', 'nginx-', 'nginx_'].map(name =>
    way(`the class "${name}"`, 'invalid-name', tree => void (treeAt(tree, 'spec')['ingressClassName'] = name)),
  ),
  way('a version that there is not', 'unknown-api-version', tree => void (tree['apiVersion'] = 'networking.k8s.io/v2')),
  way('a kind in lower case', 'misspelt-kind', tree => void (tree['kind'] = 'ingress')),
  ...['Ingres', 'Ingresss', 'Ignress', 'Ingresses', 'ing'].map(kind =>
    way(`the kind ${kind}`, 'misspelt-kind', tree => void (tree['kind'] = kind)),
  ),
  ...['networking.k8s.io', 'networking.k8s.o/v1', 'networking.k8s.io/v1beta2', 'networking/v1', 'apps/v1', 'v1'].map(
    version => way(`the version ${version}`, 'unknown-api-version', tree => void (tree['apiVersion'] = version)),
  ),
  way('a kind that is a list', 'missing-kind', tree => void (tree['kind'] = ['Ingress'])),
  way('a version that is a number', 'missing-api-version', tree => void (tree['apiVersion'] = 1)),
  way('kind in capitals', 'missing-kind', tree => moved(tree, 'kind', tree, 'Kind')),
  way('neither kind nor version', 'missing-kind', tree => {
    delete tree['kind'];
    delete tree['apiVersion'];
  }),
  way('spec under metadata', 'unknown-field', tree => moved(tree, 'spec', treeAt(tree, 'metadata'))),
  way('spec under annotations', 'non-string-annotation', tree => moved(tree, 'spec', annotationsOf(tree))),
  way('spec under spec', 'unknown-field', tree => void (tree['spec'] = { spec: tree['spec'] })),
  way('spec under a field that there is not', 'unknown-field', tree => {
    tree['template'] = { spec: tree['spec'] };
    delete tree['spec'];
  }),
  way('spec misspelt', 'unknown-field', tree => moved(tree, 'spec', tree, 'sepc')),
  way('the fields of spec beside it', 'unknown-field', tree => {
    Object.assign(tree, tree['spec']);
    delete tree['spec'];
  }),
  way(
    'spec under metadata and no kind',
    'missing-kind',
    tree => {
      moved(tree, 'spec', treeAt(tree, 'metadata'));
      delete tree['kind'];
    },
    ofRules,
  ),
  way(
    'rules under an entry of tls',
    'unknown-field',
    tree => {
      const spec = treeAt(tree, 'spec');
      spec['tls'] = [{ secretName: 'x', rules: spec['rules'] }];
      delete spec['rules'];
    },
    each => ofRules(each) && !each.name.startsWith('the rest'),
  ),
  way('no kind', 'missing-kind', tree => void delete tree['kind']),
  way('no version', 'missing-api-version', tree => void delete tree['apiVersion']),
  way('no name', 'missing-field', tree => void delete treeAt(tree, 'metadata')['name']),
  way('the prefix of a name', 'unnamed-object', tree =>
    moved(treeAt(tree, 'metadata'), 'name', treeAt(tree, 'metadata'), 'generateName'),
  ),
  way('a bad name', 'invalid-name', tree => void (treeAt(tree, 'metadata')['name'] = 'G_uarded')),
  hostWay('a host in capitals', host => host.toUpperCase()),
  hostWay('a host with a port', host => `${host}:8080`),
  hostWay('a URL as host', host => `https://${host}/`),
  hostWay('a host that ends in a dot', host => `${host}.`),
  hostWay('a host with a blank', host => ` ${host} `),
  hostWay('hosts with commas', host => `x.${host},${host}`),
  hostWay('hosts with blanks', host => `x.${host}  ${host}`),
  hostWay('hosts with commas and blanks', host => `x.${host}, ${host}`),
  hostWay('a host with a dot before it', host => `.${host}`),
  hostWay('a host with a star for a part of a label', host => `*${host}`),
  hostWay('a host with a star within a label', host => host.replace(/^(.[^.]*)/, '$1*')),
  hostWay('a host with a star for a label', host => host.replace(/\.[^.]+/, '.*')),
  hostWay('a host with a star at its end', host => host.replace(/[^.]+$/, '*')),
  hostWay('a host with two stars', host => host.replace(/^[^.]+\.[^.]+/, '*.*')),
  pathWay(
    'a path without slash',
    'invalid-path',
    path => void (path['path'] = String(path['path']).slice(1)),
    isLiteral,
  ),
  pathWay('a path as nginx writes it', 'invalid-path', path => void (path['path'] = `~ ^${String(path['path'])}`)),
  pathWay('a URL as path', 'invalid-path', path => void (path['path'] = `http://${HOST}${String(path['path'])}`)),
  pathWay('two slashes in a path', 'invalid-path', path => void (path['path'] = `/${String(path['path'])}`), isLiteral),
  pathWay('no path type', 'missing-path-type', path => void delete path['pathType']),
  pathWay('a port 0', 'invalid-port', path => void (treeAt(path, 'backend', 'service')['port'] = { number: 70_000 })),
  pathWay(
    'a backend twice',
    'invalid-backend',
    path => void (treeAt(path, 'backend')['resource'] = { kind: 'Bucket', name: 'x' }),
  ),
  pathWay('a backend without port', 'invalid-backend', path => void delete treeAt(path, 'backend', 'service')['port']),
  pathWay('no backend', 'invalid-backend', path => void delete path['backend']),
  pathWay(
    'a backend of another version',
    'invalid-backend',
    path => void (path['backend'] = { serviceName: 'web', servicePort: 80 }),
  ),
  pathWay('a path type in lower case', 'unsupported-value', path => void (path['pathType'] = 'prefix')),
  annotationWay('a bad annotation key', 'invalid-annotation-key', { 'a b': 'x' }),
  annotationWay('an annotation that is no text', 'non-string-annotation', { 'auth-secret-type': true }),
  way('a bad label', 'invalid-label', tree => void (treeAt(tree, 'metadata')['labels'] = { a: 'b c' })),
  way(
    'finalizers that cannot be used together',
    'duplicate-entry',
    tree => void (treeAt(tree, 'metadata')['finalizers'] = ['orphan', 'foregroundDeletion']),
  ),
  annotationWay('annotations that are too large', 'too-large', { 'example.com/x': 'x'.repeat(300_000) }),
  way('an owner that cannot be one', 'invalid-reference', tree => {
    treeAt(tree, 'metadata')['ownerReferences'] = [{ apiVersion: 'v1', kind: 'Event', name: 'x', uid: 'x' }];
  }),
];

import { expect, test } from 'vitest';

import { readSideName } from '../../../src/jobs/side-name.ts';

test.each([
  ['manifests/', { kind: 'path', path: 'manifests/' }],
  ['-', { kind: 'path', path: '-' }],
  ['./cluster', { kind: 'path', path: './cluster' }],
  ['cluster', { kind: 'cluster', context: undefined }],
  ['cluster:prod:eu', { kind: 'cluster', context: 'prod:eu' }],
  ['git:main', { kind: 'git', revision: 'main', path: '.' }],
  ['git:HEAD~1:', { kind: 'git', revision: 'HEAD~1', path: '.' }],
  ['git:v1.2:deploy/a:b.yaml', { kind: 'git', revision: 'v1.2', path: 'deploy/a:b.yaml' }],
  ['gitops/', { kind: 'path', path: 'gitops/' }],
])('%s', (text, name) => {
  expect(readSideName(text)).toEqual(name);
});

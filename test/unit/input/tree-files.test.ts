import { expect, test } from 'vitest';

import { manifestsInTree } from '../../../src/input/tree-files.ts';

const PATHS = [
  'README.md',
  'a.yaml',
  'deploy/.hidden.yaml',
  'deploy/b.JSON',
  'deploy/chart/Chart.yaml',
  'deploy/chart/templates/ingress.yaml',
  'deploy/chart/values.yaml',
  'deploy/crds/Chart.yaml',
  'deploy/crds/c.yml',
  'deploy/node_modules/d.yaml',
  'deployed/e.yaml',
];

function chosen(folder: string, patterns: readonly string[] = []): readonly string[] {
  const asked = patterns.map(pattern => ({ pattern, base: process.cwd(), from: '--exclude' }));
  const exclude = { patterns: asked, usesGitignore: true };
  return manifestsInTree(PATHS, { folder, base: folder, exclude });
}

test('of a folder, the manifests in it and below it are read, and of a chart only what says that it is one', () => {
  expect(chosen('deploy')).toEqual([
    'deploy/b.JSON',
    'deploy/chart/Chart.yaml',
    'deploy/crds/Chart.yaml',
    'deploy/crds/c.yml',
  ]);
});

test('a chart that is named itself is no other one', () => {
  expect(chosen('deploy/chart')).toEqual(['deploy/chart/Chart.yaml']);
  expect(chosen('deploy/chart/templates')).toEqual(['deploy/chart/templates/ingress.yaml']);
});

test('the root has all of them', () => {
  expect(chosen('')).toEqual(['a.yaml', ...chosen('deploy'), 'deployed/e.yaml']);
});

test('what is excluded is left out, as of a folder on the disk', () => {
  expect(chosen('deploy', ['crds/', '*.JSON'])).toEqual(['deploy/chart/Chart.yaml']);
});

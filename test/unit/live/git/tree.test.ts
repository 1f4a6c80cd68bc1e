import { join } from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { openTree } from '../../../../src/live/git/tree.ts';
import { openRepository } from '../../../support/repository.ts';

test('a folder may have blanks around its name', async () => {
  const repository = openRepository();
  onTestFinished(repository.remove);
  repository.write(' shop /web.yaml', 'a: 1');
  repository.commit('Begin');
  const tree = await openTree('HEAD', join(repository.folder, ' shop '), new AbortController().signal);
  expect(tree).toMatchObject({ kind: 'tree', prefix: ' shop /', paths: [' shop /web.yaml'] });
});

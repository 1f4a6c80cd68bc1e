import { relative } from 'node:path';

import { gitRootOf } from '../config-file/find.ts';
import type { ColourChoice } from './face.ts';

export function isGithubActions(): boolean {
  return process.env['GITHUB_ACTIONS'] === 'true';
}

/** Their log shows colours, though it is no terminal. */
export function colourOfActions(choice: ColourChoice): ColourChoice {
  const { FORCE_COLOR: force, NO_COLOR: no = '' } = process.env;
  return choice === 'auto' && force === undefined && no === '' ? 'always' : choice;
}

/**
 * The folder from which a CI system names files: that of the checkout if it says so, else that of the Git repository,
 * else the folder itself.
 */
export function repositoryRoot(folder: string): string {
  const { GITHUB_WORKSPACE: github, CI_PROJECT_DIR: gitlab } = process.env;
  const checkout = [github, gitlab].find(path => path !== undefined && path !== '' && isInside(folder, path));
  return checkout ?? gitRootOf(folder) ?? folder;
}

function isInside(folder: string, root: string): boolean {
  return !relative(root, folder).startsWith('..');
}

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A Git repository in a folder of its own. */
export interface Repository {
  readonly folder: string;
  readonly git: (...words: readonly string[]) => string;
  readonly write: (path: string, text: string) => void;
  readonly commit: (message: string) => void;
  readonly remove: () => void;
}

/** Nothing of the machine counts but git itself. */
const ENVIRONMENT = {
  ...process.env,
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'Anna',
  GIT_AUTHOR_EMAIL: 'anna@example.com',
  GIT_COMMITTER_NAME: 'Anna',
  GIT_COMMITTER_EMAIL: 'anna@example.com',
};

/** @param path Below it the repository begins; undefined: it is the folder. */
export function openRepository(path = '.'): Repository {
  const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'ingress2nginx-git-')));
  const folder = join(scratch, path);
  mkdirSync(folder, { recursive: true });
  const git = (...words: readonly string[]): string =>
    execFileSync('git', words, { cwd: folder, env: ENVIRONMENT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  git('init', '-q', '-b', 'main');
  return {
    folder,
    git,
    write(name, text) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    },
    commit(message) {
      git('add', '-A');
      git('commit', '-q', '-m', message);
    },
    remove: () => rmSync(scratch, { recursive: true }),
  };
}

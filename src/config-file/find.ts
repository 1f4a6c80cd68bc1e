import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The first of them in the nearest folder that has one. */
const CONFIG_NAMES = ['.ingress2nginx.yaml', '.ingress2nginx.yml', '.ingress2nginx.json'] as const;

/**
 * The config file of a folder: in it or above it, up to the root of the repository or of the file system. Costs a few
 * looks at names, and nothing else.
 */
export function findConfig(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    const name = CONFIG_NAMES.find(each => existsSync(join(at, each)));
    if (name !== undefined) return join(at, name);
    if (at === dirname(at) || existsSync(join(at, '.git'))) return undefined;
  }
}

/** The root of the repository that a folder lies in. */
export function gitRootOf(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at;
    if (at === dirname(at)) return undefined;
  }
}

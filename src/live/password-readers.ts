import type { FileSet } from '../nginx/file-set.ts';
import { AUTH } from '../output/access.ts';
import { isRoot } from '../output/act-as.ts';
import { findBuild } from './apply/find-build.ts';
import { workerUserOf } from './apply/worker-user.ts';

/**
 * The group with which workers read password files, when root writes these for an nginx that root will start. Undefined
 * where we are not root, or there are no such files.
 */
export async function findPasswordReaders(
  { files }: FileSet,
  { nginx, signal }: { readonly nginx: string | undefined; readonly signal: AbortSignal },
): Promise<number | 'unknown' | undefined> {
  if (!isRoot() || !files.some(file => file.path.startsWith(`${AUTH}/`))) return undefined;
  const search = await findBuild(nginx, signal);
  return (search.kind === 'found' ? workerUserOf(search.build)?.group : undefined) ?? 'unknown';
}

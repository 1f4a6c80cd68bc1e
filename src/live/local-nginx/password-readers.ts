import type { FileSet } from '../../nginx/file-set.ts';
import type { Readers } from '../../output/access.ts';
import { AUTH } from '../../output/access.ts';
import { isRoot } from '../../output/act-as.ts';
import { findBuild } from './find-build.ts';
import { workerIdsOf } from './worker-user.ts';

/**
 * Who reads password files when root writes them for an nginx that root will start. Undefined where we are not root, or
 * there are no such files.
 */
export async function findPasswordReaders(
  { files }: FileSet,
  { nginx, signal }: { readonly nginx: string | undefined; readonly signal: AbortSignal },
): Promise<Readers | 'unknown' | undefined> {
  if (!isRoot() || !files.some(file => file.path.startsWith(`${AUTH}/`))) return undefined;
  const search = await findBuild(nginx, signal);
  return (search.kind === 'found' ? workerIdsOf(search.build) : undefined) ?? 'unknown';
}

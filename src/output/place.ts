import type { Failure } from '../diagnostics/failure.ts';
import { failure } from '../diagnostics/failure.ts';
import type { Actor } from './act-as.ts';
import { isRoot } from './act-as.ts';
import type { Walk } from './levels.ts';
import { judgeLevels, walkPath } from './levels.ts';
import { actorFor } from './users.ts';

/** Where to write, and in whose name. */
export interface Place {
  readonly walk: Walk;
  /** Root works with the rights of the user who owns the folder, or one above it; undefined: with our own. */
  readonly actor: Actor | undefined;
  readonly isOfRoot: boolean;
}

/**
 * Whether root may write to a path, and with whose rights.
 * @param path Absolute. Throws as the file system does.
 */
export function findPlace(path: string): Place | Failure {
  const walk = walkPath(path);
  if (!isRoot()) return { walk, actor: undefined, isOfRoot: false };
  const trust = judgeLevels(walk);
  if (trust.kind === 'several') return failure(`unsafe to write there as root: ${trust.problem}`);
  const actor = trust.kind === 'user' ? actorFor(trust.uid) : undefined;
  return { walk, actor, isOfRoot: actor === undefined };
}

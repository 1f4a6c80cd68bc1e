import { existsSync } from 'node:fs';
import { join } from 'node:path';

import type { CompileSettings } from '../compile/settings.ts';
import type { Failure, Interruption } from '../diagnostics/failure.ts';
import { failure } from '../diagnostics/failure.ts';
import { isError } from '../diagnostics/severities.ts';
import type { Levels } from '../findings/levels.ts';
import type { Exclude } from '../input/exclusion.ts';
import type { KubectlFlags } from '../live/kubectl/kubectl.ts';
import { isSystemError } from '../output/disk.ts';
import { MANIFEST_PATH } from '../output/manifest.ts';
import type { Routing } from '../routing/model.ts';
import { keptRouting } from './kept-routing.ts';
import { loadPaths } from './load.ts';
import type { Loaded } from './loaded.ts';
import type { SideName } from './side-name.ts';
import { isUnread } from './unread.ts';

/** How both sides are read. */
export interface SideSettings {
  readonly settings: CompileSettings;
  readonly levels: Levels;
  /** A side may hold nothing: all of the other one comes or goes. */
  readonly allowEmpty: boolean;
  readonly exclude: Exclude | undefined;
  readonly stdin: () => Buffer | Promise<Buffer>;
  readonly stdinName: string;
  readonly kubectl: KubectlFlags;
  /** Of a cluster; empty for all. */
  readonly namespaces: readonly string[];
  readonly signal: AbortSignal;
}

export interface Side {
  readonly kind: 'side';
  readonly routing: Routing;
  /** Undefined for an output folder, of which no manifest is known. */
  readonly loaded: Loaded | undefined;
  /** Errors: what they are about is missing from what is compared. */
  readonly errors: number;
  /** Those of them by which a file or a document could not be read, so that nobody knows what is missing. */
  readonly unread: number;
  /** What was not read, a sentence each. */
  readonly notes: readonly string[];
}

export type SideAnswer =
  | Side
  /** Nobody can read it under this name. */
  | { readonly kind: 'refused'; readonly problem: string; readonly help?: string }
  | Interruption
  | Failure;

/** Reads and compiles one side. */
export async function readSide(name: SideName, request: SideSettings): Promise<SideAnswer> {
  switch (name.kind) {
    case 'path':
      return readPath(name.path, request);
    case 'git': {
      const { readGitSide } = await import('./git-side.ts');
      return readGitSide(name, request);
    }
    case 'cluster': {
      const { loadCluster } = await import('./cluster-once.ts');
      const { kubectl, ...others } = request;
      const context = name.context ?? kubectl.context;
      const answer = await loadCluster({ ...others, kubectl: { ...kubectl, context } });
      return answer.kind === 'loaded' ? sideOf(answer.loaded) : answer;
    }
  }
}

async function readPath(path: string, request: SideSettings): Promise<SideAnswer> {
  const folder = outputFolder(path);
  if (folder !== undefined) return readOutput(path, folder);
  const loading = await loadPaths({ ...request, paths: [path] });
  if (loading.kind === 'missing') return { kind: 'refused', problem: `${JSON.stringify(path)} does not exist` };
  return sideOf(loading.loaded);
}

export function sideOf(loaded: Loaded, notes: readonly string[] = []): Side {
  const { routing, diagnostics } = loaded;
  const [errors, unread] = [diagnostics.filter(isError).length, diagnostics.filter(isUnread).length];
  return { kind: 'side', routing, loaded, errors, unread, notes };
}

/** The folder with the list of files that `render` or `apply` wrote; of a folder of releases, the current one. */
function outputFolder(path: string): string | undefined {
  return [path, join(path, 'current')].find(folder => existsSync(join(folder, MANIFEST_PATH)));
}

const CONTENTS = 'what its Secrets hold is not compared, only which they are';

/** Nothing of it is compiled: what was served is kept with the list of its files. */
function readOutput(path: string, folder: string): SideAnswer {
  const shown = JSON.stringify(path);
  try {
    const routing = keptRouting(folder);
    if (routing !== undefined) {
      return { kind: 'side', routing, loaded: undefined, errors: 0, unread: 0, notes: [CONTENTS] };
    }
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return failure(`${shown} cannot be read: ${error.message}`);
  }
  const help = 'write it again, or name the manifests that it was made of';
  return {
    kind: 'refused',
    problem: `${shown} was written by --watch or by an older version, which keep no routing in it`,
    help,
  };
}

import { mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Failure } from '../../diagnostics/failure.ts';
import { failure } from '../../diagnostics/failure.ts';
import { reasonOf } from '../../input/reason.ts';
import { problemForRoot } from '../../output/levels.ts';
import { removeTree } from '../../output/remove-tree.ts';

/** Names of unix sockets have 107 bytes on Linux, 103 elsewhere. */
const LONGEST_SOCKET_BYTES = 103;

export type SocketFolder = { readonly kind: 'made'; readonly folder: string; readonly socket: string } | Failure;

/**
 * Makes a folder that only this user may enter (mode 0700), with room for a socket: whoever reaches the socket has the
 * user's rights in the cluster.
 */
export function makeSocketFolder(): SocketFolder {
  const places = [process.env['XDG_RUNTIME_DIR'] ?? '', tmpdir(), '/tmp'].filter(place => place.startsWith('/'));
  let problem = 'no folder has a path short enough for a socket; set TMPDIR to another';
  for (const place of new Set(places)) {
    if (Buffer.byteLength(join(place, 'ingress2nginx-123456', 'api')) > LONGEST_SOCKET_BYTES) continue;
    try {
      const refused = problemForRoot(join(place, 'ingress2nginx-')) ?? problemOfOwner(place);
      if (refused !== undefined) {
        problem = refused;
        continue;
      }
      const folder = mkdtempSync(join(place, 'ingress2nginx-'));
      return { kind: 'made', folder, socket: join(folder, 'api') };
    } catch (error) {
      problem = `${place}: ${reasonOf(error)}`;
    }
  }
  return failure(problem);
}

/** Its owner could put a folder in the place of ours. Root looks at all levels, since he may have variables of a user. */
function problemOfOwner(place: string): string | undefined {
  const own = process.getuid?.();
  const { uid } = statSync(place);
  return own !== undefined && uid !== own && uid !== 0 ? `${place}: it belongs to another user` : undefined;
}

export function removeSocketFolder(folder: string): void {
  removeTree(folder);
}

import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import type { Stats } from 'node:fs';
import { dirname, join } from 'node:path';
import { cachedDataVersionTag } from 'node:v8';
import { Script } from 'node:vm';

export interface LoadedBundle<Exported> {
  readonly exported: Exported;
  /** Whether V8 took compiled code, and had not to compile the text. */
  readonly isCached: boolean;
  /** Keeps the code that V8 has compiled by now for the next run, unless there is some already, or it cannot be kept. */
  readonly keep: () => void;
}

interface OpenedFile {
  readonly stats: Stats;
  readonly data: Buffer;
}

/** Of the SHA-256 that a file of compiled code begins with. */
const DIGEST_BYTES = 32;

/**
 * Loads a CommonJS file, with the code that V8 compiled of it in an earlier run if there is any: compiling it is half of
 * the start of a small render.
 *
 * Compiled code is code, and V8 trusts it blindly. So it lies in a folder beside the file, where whoever could change
 * the one could change the other as well; nothing is read from where somebody else may write, such as the temporary or
 * the working folder. It is passed over without a word, and made anew, unless it is a file of the owner of the bundle
 * that no one else may write, and its digest is that of itself, the text and this Node.
 * @param path Of a file that scripts/build.mjs made: a function around what a CommonJS file would say.
 * @param cacheName Which code is wanted: of each command, V8 compiles something else. Undefined is none.
 * @param requireBeside Finds files in the folder of the bundle.
 */
export function loadBundle<Exported>(
  path: string,
  cacheName: string | undefined,
  requireBeside: NodeJS.Require,
): LoadedBundle<Exported> {
  const bundle = readOpened(path, constants.O_RDONLY);
  const place = cacheName === undefined ? undefined : placeOf(path, cacheName);
  const code = place === undefined ? undefined : intactCode(place, bundle);
  const text = bundle.data.toString('latin1');
  const script = new Script(text, { filename: path, ...(code === undefined ? {} : { cachedData: code }) });
  // Root would leave files in the folder of a user.
  const isKept = place !== undefined && code === undefined && process.geteuid?.() === bundle.stats.uid;
  const tag = isKept ? cachedDataVersionTag() : undefined;
  const run: (module: object, require: NodeJS.Require, filename: string) => Exported = script.runInThisContext();
  return {
    exported: run({}, requireBeside, path),
    isCached: code !== undefined && script.cachedDataRejected !== true,
    keep() {
      // Code of a run that changed the flags of V8 would be rejected, and not be replaced: those that other flags of the
      // command line go with would replace each other in each run.
      if (isKept && tag === cachedDataVersionTag()) write(place, bundle, () => script.createCachedData());
    },
  };
}

/** V8 takes code of the same version alone. */
function placeOf(path: string, cacheName: string): string {
  return join(dirname(path), 'code-cache', `${cacheName}-${process.version}-${process.arch}`);
}

function readOpened(path: string, flags: number): OpenedFile {
  const file = openSync(path, flags);
  try {
    return { stats: fstatSync(file), data: readFileSync(file) };
  } finally {
    closeSync(file);
  }
}

function intactCode(place: string, bundle: OpenedFile): Buffer | undefined {
  try {
    // A pipe with this name would wait for a writer.
    const { stats, data } = readOpened(place, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    if (!isTrusted(stats, bundle)) return undefined;
    const code = data.subarray(DIGEST_BYTES);
    return digestOf(bundle, code).equals(data.subarray(0, DIGEST_BYTES)) ? code : undefined;
  } catch {
    return undefined; // there is none yet, or it cannot be read
  }
}

function isTrusted(stats: Stats, bundle: OpenedFile): boolean {
  return stats.isFile() && stats.uid === bundle.stats.uid && (stats.mode & 0o022) === 0;
}

/** V8 checks neither: other text of the same length runs as what it was compiled of, and damaged code ends the process. */
function digestOf({ data }: OpenedFile, code: Buffer): Buffer {
  return createHash('sha256').update(`${process.version} ${process.arch}\n`).update(data).update(code).digest();
}

function write(place: string, bundle: OpenedFile, makeCode: () => Buffer): void {
  const unfinished = `${place}.${process.pid}`;
  try {
    mkdirSync(dirname(place), { recursive: true });
    const file = openSync(unfinished, 'wx', 0o644);
    try {
      // Not on a file system that has no owners: the next run would not trust it.
      if (isTrusted(fstatSync(file), bundle)) {
        const code = makeCode();
        writeFileSync(file, Buffer.concat([digestOf(bundle, code), code]));
        renameSync(unfinished, place);
      }
    } finally {
      closeSync(file);
      rmSync(unfinished, { force: true });
    }
  } catch {
    // What cannot be kept is compiled again: a folder that may not be written, a full disk.
  }
}

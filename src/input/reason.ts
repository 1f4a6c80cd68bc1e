const REASONS: ReadonlyMap<string, string> = new Map([
  ['EACCES', 'permission denied'],
  ['EPERM', 'permission denied'],
  ['ENOENT', 'no such file or folder'],
  ['ELOOP', 'its symbolic links form a loop'],
  ['EMFILE', 'too many open files'],
  ['EIO', 'the disk reports an I/O error'],
  ['EISDIR', 'it is a folder'],
]);

/** Why the file system refused, in the user's words. What is not an error of the system is thrown again. */
export function reasonOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') {
    return REASONS.get(error.code) ?? error.code;
  }
  throw error;
}

/** Whether it is an error of the file system that says that nothing is there. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}

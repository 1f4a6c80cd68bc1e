/** One of the two states that are compared, as the command line names it. */
export type SideName =
  /** A file, a folder, a pattern, or `-`. */
  | { readonly kind: 'path'; readonly path: string }
  /** A folder or file of a commit; `path` is relative to the current folder, which it is unless said. */
  | { readonly kind: 'git'; readonly revision: string; readonly path: string }
  /** What a cluster holds now; undefined: that of the current context. */
  | { readonly kind: 'cluster'; readonly context: string | undefined };

/** `./cluster` and `./git:main` are files. */
export function readSideName(text: string): SideName {
  if (text === 'cluster') return { kind: 'cluster', context: undefined };
  const [, context] = /^cluster:(.+)$/s.exec(text) ?? [];
  if (context !== undefined) return { kind: 'cluster', context };
  const [, revision, path = ''] = /^git:([^:]*)(?::(.*))?$/s.exec(text) ?? [];
  if (revision !== undefined) return { kind: 'git', revision, path: path === '' ? '.' : path };
  return { kind: 'path', path: text };
}

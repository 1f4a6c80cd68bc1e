import type { Routing } from '../routing/model.ts';
import type { SecretFile } from '../routing/secret-files.ts';

/** A routing as others may see it: all but its files, which are secret. */
export function shownRouting(routing: Routing): Omit<Routing, 'files'> {
  const { files: _, ...shown } = routing;
  return shown;
}

/** The same where somebody needs to know which files there are: each without what is in it. */
export function withEmptyFiles(routing: Routing): Routing {
  return { ...routing, files: routing.files.map(emptied) };
}

function emptied(file: SecretFile): SecretFile {
  const { id, from } = file;
  if (file.kind === 'key-pair') return { kind: file.kind, id, from, chain: '', key: '' };
  return { kind: file.kind, id, from, content: '' };
}

/** The namespace of objects for which nobody wrote one. */
export const DEFAULT_NAMESPACE = 'default';

/** The folder of the file that a document stands in, by the id of the document; empty for stdin and the like. */
export function folderOf(document: string): string {
  const file = document.slice(0, document.lastIndexOf('#'));
  return file.slice(0, file.lastIndexOf('/') + 1);
}

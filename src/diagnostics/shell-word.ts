/** A path as a word of a shell command for people to copy: nothing in it counts as syntax, or as a flag. */
export function shellPath(path: string): string {
  const plain = path.startsWith('-') ? `./${path}` : path;
  return /^[\w@%+=:,./-]+$/.test(plain) ? plain : `'${plain.replaceAll("'", String.raw`'\''`)}'`;
}

import { isAbsolute, relative, resolve, sep } from 'node:path';

/**
 * Names files as a repository does: from its root, with slashes. What lies outside of it has its whole path; what is no
 * file, as stdin, keeps its name.
 */
export function repositoryPaths(folder: string, root: string): (file: string) => string {
  const known = new Map<string, string>();
  return file => {
    let path = known.get(file);
    if (path === undefined) {
      path = /^<.*>$/.test(file) ? file : pathFrom(root, resolve(folder, file));
      known.set(file, path);
    }
    return path;
  };
}

function pathFrom(root: string, file: string): string {
  const path = relative(root, file);
  const isOutside = path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path);
  if (path === '') return '.';
  return (isOutside ? file : path).replaceAll(sep, '/');
}

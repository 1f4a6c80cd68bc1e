import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

/** Where packages put nginx; the PATH of users often lacks these. */
const USUAL_FOLDERS = ['/usr/sbin', '/usr/local/sbin', '/usr/local/nginx/sbin', '/usr/local/bin', '/opt/homebrew/bin'];

/**
 * The absolute path of the nginx to run; undefined when there is none.
 * @param wanted A path, or a name to look for; undefined for `nginx`.
 */
export function findNginx(wanted: string | undefined, searchPath = process.env['PATH'] ?? ''): string | undefined {
  if (wanted?.includes('/')) return isExecutable(wanted) ? resolve(wanted) : undefined;
  const folders = [...searchPath.split(delimiter).filter(folder => folder !== ''), ...USUAL_FOLDERS];
  return folders.map(folder => resolve(join(folder, wanted ?? 'nginx'))).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false; // that is the answer, whatever the reason
  }
}

import { findProgram } from '../program.ts';

/** Where packages put nginx; the PATH of users often lacks these. */
const USUAL_FOLDERS = ['/usr/sbin', '/usr/local/sbin', '/usr/local/nginx/sbin', '/usr/local/bin', '/opt/homebrew/bin'];

/**
 * The absolute path of the nginx to run; undefined when there is none.
 * @param wanted A path, or a name to look for; undefined for `nginx`.
 */
export function findNginx(wanted: string | undefined, searchPath?: string): string | undefined {
  return findProgram({ wanted: wanted ?? 'nginx', searchPath, alsoIn: USUAL_FOLDERS });
}

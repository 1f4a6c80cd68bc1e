import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { nginxProgram } from './nginx.ts';

/** A path that the picky nginx refuses. */
export const REFUSED_PATH = '/refused-by-nginx';

/**
 * An nginx in `folder` that refuses one path, and is the one of this machine otherwise: all that we know nginx to refuse
 * is found before it is asked, and newer ones may refuse more.
 */
export function pickyNginx(folder: string): string {
  return nginxThatRefuses(`${REFUSED_PATH} .*proxy_pass`, `this nginx refuses \\"${REFUSED_PATH}\\"`, folder);
}

/** An nginx in `folder` that has no stream module. */
export function nginxWithoutStreams(folder: string): string {
  return nginxThatRefuses('^stream {', 'unknown directive \\"stream\\"', folder);
}

/** @param what of a line, for grep; `complaint` is what it says then, for a shell */
function nginxThatRefuses(what: string, complaint: string, folder: string): string {
  const script = `#!/bin/bash
prefix= conf= isTest=
for ((i = 1; i <= $#; i++)); do
  next=$((i + 1))
  case "\${!i}" in
    -t) isTest=yes ;;
    -p) prefix=\${!next} ;;
    -c) conf=\${!next} ;;
  esac
done
[[ $conf = /* ]] || conf=\${prefix%/}/$conf
if [[ $isTest ]] && line=$(grep -n '${what}' "$conf"); then
  echo "nginx: [emerg] ${complaint} in $conf:\${line%%:*}" >&2
  exit 1
fi
exec ${JSON.stringify(nginxProgram())} "$@"
`;
  const path = join(folder, 'picky-nginx');
  writeFileSync(path, script, { mode: 0o755 });
  return path;
}

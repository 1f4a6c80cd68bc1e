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
if [[ $isTest ]] && line=$(grep -n '${REFUSED_PATH} .*proxy_pass' "$conf"); then
  echo "nginx: [emerg] this nginx refuses \\"${REFUSED_PATH}\\" in $conf:\${line%%:*}" >&2
  exit 1
fi
exec ${JSON.stringify(nginxProgram())} "$@"
`;
  const path = join(folder, 'picky-nginx');
  writeFileSync(path, script, { mode: 0o755 });
  return path;
}

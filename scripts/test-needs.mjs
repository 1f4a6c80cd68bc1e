// @ts-check
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** What the tests start, and the Debian packages that bring it. */
const NEEDS = [
  { name: 'nginx', package: 'nginx', isThere: () => nginxBuild() !== undefined },
  { name: "nginx's stream module", package: 'libnginx-mod-stream', isThere: hasStream },
  { name: 'openssl', package: 'openssl', isThere: () => succeeds('openssl', ['version']) },
  { name: 'Chromium', package: 'chromium', isThere: () => succeeds('chromium', ['--version']) },
  { name: 'kubectl', package: 'kubernetes-client', isThere: () => succeeds('kubectl', ['version', '--client']) },
];

/** What the tests against other programs need besides. */
export const PEERS_NEED = [
  { name: 'Python', package: 'python3-venv', isThere: () => succeeds('python3', ['-c', 'import venv, ensurepip']) },
];

function succeeds(/** @type {string} */ program, /** @type {readonly string[]} */ words) {
  return spawnSync(program, words, { stdio: 'ignore' }).status === 0;
}

/** How nginx was configured, or undefined without an nginx. */
function nginxBuild() {
  const { status, stderr } = spawnSync('nginx', ['-V'], { encoding: 'utf8' });
  return status === 0 ? stderr : undefined;
}

/** The stream module is either built in or a file beside the other modules. */
function hasStream() {
  const build = nginxBuild();
  if (build === undefined) return false;
  if (/--with-stream(\s|$)/.test(build)) return true;
  const folder = /--modules-path=(\S+)/.exec(build)?.[1] ?? '/usr/lib/nginx/modules';
  return existsSync(join(folder, 'ngx_stream_module.so'));
}

/**
 * Installs what is missing where that can be done without asking: as root, with apt. Otherwise gives the text that says
 * what to install.
 */
export function installWhatTestsNeed(needs = NEEDS) {
  const missing = needs.filter(need => !need.isThere());
  if (missing.length === 0) return undefined;
  const packages = missing.map(need => need.package);
  const byHand = `the tests need ${missing.map(need => need.name).join(', ')}: apt-get install ${packages.join(' ')}`;
  if (process.getuid?.() !== 0 || !succeeds('apt-get', ['--version'])) return byHand;
  console.log(`installing ${packages.join(', ')}`);
  apt(['update', '-q']);
  apt(['install', '-q', '-y', '--no-install-recommends', ...packages]);
  const still = missing.filter(need => !need.isThere());
  return still.length === 0 ? undefined : `apt-get did not bring ${still.map(need => need.name).join(', ')}; ${byHand}`;
}

function apt(/** @type {readonly string[]} */ words) {
  // RUNLEVEL=1: the package must not start its own nginx on port 80.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  spawnSync('apt-get', words, { env, stdio: ['ignore', 'inherit', 'inherit'] });
}

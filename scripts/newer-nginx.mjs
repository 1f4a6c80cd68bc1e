// @ts-check
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Puts an nginx that is newer than the system's into the cache of the user, from Debian's unstable suite, with the
 * libraries that it was built for. Nothing is installed. Prints the path of the program; a finished one returns at once.
 * Needs Debian on amd64 or arm64, root (apt only), and the mirror that apt already uses.
 */
const SUITE = 'sid';
const PACKAGES = ['nginx', 'libc6', 'libcrypt1', 'libpcre2-8-0', 'libssl3t64', 'libzstd1', 'zlib1g'];
/** Where the packaged nginx looks for modules: those of the system's nginx lie there, which it cannot load. */
const MODULES = { theirs: '/usr/lib/nginx/modules', none: '/usr/lib/newer/modules' };

const cache = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'ingress2nginx-newer-nginx');
const program = join(cache, 'nginx');

/** Runs a program; what it prints to stdout. Ends us when it fails. */
function must(/** @type {string} */ name, /** @type {readonly string[]} */ words, cwd = cache) {
  const { status, stdout, stderr } = spawnSync(name, words, { cwd, encoding: 'utf8' });
  if (status === 0) return stdout;
  console.error(`newer-nginx: ${name} ${words.join(' ')} failed: ${stderr || 'it cannot be run'}`);
  process.exit(3);
}

/** The mirror that apt takes Debian from. */
function findMirror() {
  const targets = must('apt-get', ['indextargets', '--format', '$(SITE) $(ORIGIN) $(CODENAME)'], '/');
  const mirror = targets.split('\n').find(line => / Debian \w+$/.test(line));
  if (mirror === undefined) {
    console.error('newer-nginx: apt knows no mirror of Debian');
    process.exit(3);
  }
  return mirror.split(' ')[0];
}

/** apt with lists of its own, so that the system never hears of the other suite. */
function privateApt(/** @type {string} */ work) {
  for (const folder of ['lists/partial', 'cache/archives/partial', 'debs'])
    mkdirSync(join(work, folder), { recursive: true });
  const key = '/usr/share/keyrings/debian-archive-keyring.gpg';
  const signed = existsSync(key) ? `[signed-by=${key}] ` : '';
  writeFileSync(join(work, 'sources.list'), `deb ${signed}${findMirror()} ${SUITE} main\n`);
  const options = {
    'Dir::Etc::sourcelist': join(work, 'sources.list'),
    'Dir::Etc::sourceparts': '/dev/null',
    'Dir::State::Lists': join(work, 'lists'),
    'Dir::Cache': join(work, 'cache'),
    'APT::Sandbox::User': 'root',
  };
  return [...Object.entries(options).map(([name, value]) => `-o${name}=${value}`), '-qq'];
}

function unpack(/** @type {string} */ work, /** @type {string} */ root) {
  const debs = join(work, 'debs');
  const apt = privateApt(work);
  must('apt-get', [...apt, 'update']);
  must('apt-get', [...apt, 'download', ...PACKAGES], debs);
  for (const deb of readdirSync(debs)) must('dpkg-deb', ['-x', join(debs, deb), root]);
  // patchelf runs here, so that it is the one of the system's suite.
  must('apt-get', ['-qq', '-oAPT::Sandbox::User=root', 'download', 'patchelf'], work);
  const patchelf = readdirSync(work).find(name => name.startsWith('patchelf_'));
  must('dpkg-deb', ['-x', join(work, patchelf ?? ''), join(work, 'tools')]);
}

/** Ties the program to the libraries beside it. */
function tie(/** @type {string} */ work, /** @type {string} */ root) {
  const libraries = readdirSync(join(root, 'usr/lib')).find(name => name.endsWith('-linux-gnu'));
  const folder = join(root, 'usr/lib', libraries ?? '');
  const loader = readdirSync(folder).find(name => /^ld-linux.*\.so/.test(name));
  const text = readFileSync(join(root, 'usr/sbin/nginx')).toString('latin1').replaceAll(MODULES.theirs, MODULES.none);
  const unfinished = join(work, 'nginx');
  writeFileSync(unfinished, Buffer.from(text, 'latin1'), { mode: 0o755 });
  const words = ['--set-interpreter', join(folder, loader ?? ''), '--force-rpath', '--set-rpath', folder, unfinished];
  must(join(work, 'tools/usr/bin/patchelf'), words);
  must(unfinished, ['-v']);
  renameSync(unfinished, program);
}

if (!existsSync(program) || spawnSync(program, ['-v']).status !== 0) {
  const [work, root] = [join(cache, 'work'), join(cache, 'root')];
  rmSync(cache, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  unpack(work, root);
  tie(work, root);
  rmSync(work, { recursive: true });
}
console.log(program);

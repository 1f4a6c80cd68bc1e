import { lstatSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import type { SystemLayout } from '../../nginx/layout.ts';
import type { Readers } from '../../output/access.ts';
import type { NginxBuild } from '../local-nginx/nginx-build.ts';
import { OWN_PID_FILE, placeIn } from './nginx-processes.ts';
import type { NginxPlace } from './nginx-processes.ts';
import { canReach, findUser, workerUserOf } from '../local-nginx/worker-user.ts';

/** How the nginx of one folder is run: everything about it that does not change from release to release. */
export interface NginxSetup {
  readonly program: string;
  readonly place: NginxPlace;
  /** Who reads password files; undefined when workers run as we do. */
  readonly readers: Readers | undefined;
  readonly startWords: readonly string[];
  /** What tests the nginx.conf at a path. */
  readonly testWords: (conf: string) => readonly string[];
  /** Where it logs errors, unless its processes say better. */
  readonly errorLog: string;
  readonly layout: SystemLayout | undefined;
  /** Whether only root gets to the folder, so that workers have to be root as well. */
  readonly isClosed: boolean;
  /** What a user should know when it is started. */
  readonly notes: readonly string[];
}

export interface SetupRequest {
  /** Without links in its path. */
  readonly root: string;
  readonly kind: 'own' | 'system';
  readonly build: NginxBuild;
  readonly isRoot: boolean;
}

/** Where Debian and others have one group for all who own nothing, root's is called so everywhere but on BSD. */
const ROOT_USER = process.platform === 'linux' ? 'root' : 'root wheel';

export function setUp(request: SetupRequest): NginxSetup {
  return isCompiledIn(request) ? setUpCompiled(request) : setUpPrefix(request);
}

/** Enough to find and end an nginx, for which no program is needed. */
export function setUpToStop(root: string, pidFile: string): NginxSetup {
  const nobody = { readers: undefined, layout: undefined, isClosed: false, notes: [] };
  const nothing = { program: '', startWords: [], testWords: () => [], errorLog: '' };
  return { ...nobody, ...nothing, place: placeIn(root, pidFile) };
}

/** Whether the folder is where nginx looks without being told. */
export function isCompiledIn({ root, kind, build }: SetupRequest): boolean {
  return kind === 'system' && dirname(build.confPath) === root;
}

/** nginx with `-p` on the folder, so that nothing lies outside of it. Flags of `-g` hold over all reloads. */
function setUpPrefix({ root, kind, build, isRoot }: SetupRequest): NginxSetup {
  const conf = kind === 'own' ? 'current/nginx.conf' : 'nginx.conf';
  const user = isRoot ? workerUserOf(build) : undefined;
  const isClosed = isRoot && (user === undefined || !canReach(user, root));
  const globals = [
    ...(build.streamModule === undefined ? [] : [`load_module "${build.streamModule}";`]),
    ...(isClosed ? [`user ${ROOT_USER};`] : []),
  ];
  const withGlobals = globals.length === 0 ? [] : ['-g', globals.join(' ')];
  return {
    program: build.program,
    place: placeIn(root, OWN_PID_FILE),
    readers: user && { uid: user.uid, gid: user.group },
    startWords: ['-p', root, '-c', conf, '-e', 'logs/error.log', ...withGlobals],
    // Whatever is wrong goes to us and not into the log.
    testWords: path => ['-t', '-p', root, '-c', path, '-e', 'stderr', ...withGlobals],
    errorLog: join(root, 'logs/error.log'),
    layout: undefined,
    isClosed,
    notes: isClosed ? [noteOnRoot(root, kind)] : [],
  };
}

function noteOnRoot(root: string, kind: SetupRequest['kind']): string {
  const advice = kind === 'own' ? '; to avoid that, choose a --state-dir that all users can read' : '';
  return `nginx workers run as root, since other users cannot read ${root}${advice}`;
}

/** nginx as it was built, started and configured where the system expects it. */
function setUpCompiled({ root, build, isRoot }: SetupRequest): NginxSetup {
  const words = userIn(build.confPath) ?? userIn(`${build.confPath}${BEFORE}`);
  // Where packages that build with stderr name it in their nginx.conf.
  const besideLog = join(dirname(build.accessLogPath), 'error.log');
  const errorLog = build.errorLogPath ?? besideLog;
  const [name, group] = words ?? [];
  const user = !isRoot ? undefined : name === undefined ? workerUserOf(build) : findUser(name, group);
  return {
    program: build.program,
    place: { ...placeIn(root, build.pidPath), logs: [errorLog] },
    readers: user && { uid: user.uid, gid: user.group },
    startWords: [],
    testWords: path => ['-t', '-c', path, '-e', 'stderr'],
    errorLog,
    layout: {
      accessLog: build.accessLogPath,
      errorLog: build.errorLogPath === undefined ? besideLog : undefined,
      builtInErrorLog: build.errorLogPath,
      streamModule: build.streamModule,
      user: words,
    },
    isClosed: false,
    notes: [],
  };
}

/** What an nginx.conf of others is called from the first apply on. */
export const BEFORE = '.before-ingress2nginx';

/** The words of the directive `user` in an nginx.conf of others: packages name their user there. */
function userIn(path: string): readonly string[] | undefined {
  const text = lstatSync(path, { throwIfNoEntry: false })?.isFile() ? readFileSync(path, 'utf8') : '';
  return /^\s*user\s+([\w.-]+(?:\s+[\w.-]+)?)\s*;/m.exec(text)?.[1]?.split(/\s+/);
}

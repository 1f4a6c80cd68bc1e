import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { actAs } from '../../../src/output/act-as.ts';
import type { Level } from '../../../src/output/levels.ts';
import { judgeLevels, problemForRoot, walkPath } from '../../../src/output/levels.ts';

let home = '';
beforeEach(() => void (home = realpathSync(mkdtempSync(join(tmpdir(), 'i2n-levels-')))));
afterEach(() => rmSync(home, { recursive: true, force: true }));

/** What a walk meets below the temporary folder of the test, and where it ends. */
function walkedFrom(path: string) {
  const { levels, end, missing } = walkPath(join(home, path));
  const below = (full: string): string => full.replace(`${home}/`, '');
  return {
    levels: levels
      .filter(level => level.path.startsWith(`${home}/`))
      .map(level => `${level.kind} ${below(level.path)}`),
    end: below(end),
    missing: missing.map(below),
  };
}

describe('a path', () => {
  beforeEach(() => {
    mkdirSync(join(home, 'team/web'), { recursive: true });
    mkdirSync(join(home, 'ines'));
    writeFileSync(join(home, 'file'), '');
    symlinkSync('../team/web', join(home, 'ines/web'));
    symlinkSync(join(home, 'ines'), join(home, 'me'));
    symlinkSync('gone', join(home, 'dangling'));
    symlinkSync('circle', join(home, 'circle'));
  });

  test.each([
    { name: 'a folder', path: 'team/web', levels: ['folder team', 'folder team/web'], end: 'team/web', missing: [] },
    {
      name: 'what is missing',
      path: 'team/new/out',
      levels: ['folder team'],
      end: 'team/new/out',
      missing: ['team/new', 'team/new/out'],
    },
    {
      name: 'a link, the folder that it lies in, and what it leads to',
      path: 'ines/web',
      levels: ['folder ines', 'link ines/web', 'folder team', 'folder team/web'],
      end: 'team/web',
      missing: [],
    },
    {
      name: 'a link to a link, absolute, with more behind it',
      path: 'me/web/out',
      levels: ['link me', 'folder ines', 'link ines/web', 'folder team', 'folder team/web'],
      end: 'team/web/out',
      missing: ['team/web/out'],
    },
    { name: 'a file', path: 'file', levels: ['other file'], end: 'file', missing: [] },
    { name: 'what is below a file', path: 'file/out', levels: ['other file'], end: 'file/out', missing: ['file/out'] },
  ])('is walked through $name', ({ path, ...expected }) => {
    const { levels, ...rest } = walkedFrom(path);
    expect(rest).toEqual({ end: expected.end, missing: expected.missing });
    expect(levels).toEqual(expected.levels);
  });

  test.each([
    { name: 'leads nowhere', path: 'dangling/out', code: 'ENOENT' },
    { name: 'leads in a circle', path: 'circle', code: 'ELOOP' },
  ])('that $name is an error of the system', ({ path, code }) => {
    expect(() => walkedFrom(path)).toThrow(code);
  });
});

function folder(path: string, uid: number, mode: number): Level {
  return { path, kind: 'folder', uid, mode };
}

const TOP = folder('/', 0, 0o755);
const TMP = folder('/tmp', 0, 0o1777);
/** Nobody has it. */
const INES = 4_294_000_001;
const BOB = 4_294_000_002;

describe('root judges', () => {
  test.each([
    { name: 'a folder of its own', levels: [TOP, folder('/srv', 0, 0o755)], trust: { kind: 'nobody' } },
    {
      name: 'a folder of its own in a sticky one',
      levels: [TOP, TMP, folder('/tmp/out', 0, 0o700)],
      trust: { kind: 'nobody' },
    },
    {
      name: 'what is still missing in a sticky folder',
      levels: [TOP, TMP],
      missing: ['/tmp/out'],
      trust: { kind: 'nobody' },
    },
    {
      name: 'the sticky folder itself',
      levels: [TOP, TMP],
      trust: {
        kind: 'several',
        problem: 'others may write to /tmp (mode 1777): chmod go-w /tmp, or choose another folder',
      },
    },
    {
      name: 'a level that all may write to',
      levels: [TOP, folder('/builds', 0, 0o777), folder('/builds/out', 0, 0o755)],
      trust: {
        kind: 'several',
        problem: 'others may write to /builds (mode 0777): chmod go-w /builds, or choose another folder',
      },
    },
    {
      name: 'a level that a group may write to',
      levels: [TOP, folder('/usr/local', 0, 0o2775), folder('/usr/local/out', 0, 0o755)],
      trust: {
        kind: 'several',
        problem: 'others may write to /usr/local (mode 2775): chmod go-w /usr/local, or choose another folder',
      },
    },
    {
      name: 'a folder of a user',
      levels: [TOP, folder('/home/ines', INES, 0o750), folder('/home/ines/out', INES, 0o775)],
      trust: { kind: 'user', uid: INES, level: '/home/ines' },
    },
    {
      name: 'a folder of root inside one of a user',
      levels: [TOP, folder('/home/ines', INES, 0o755), folder('/home/ines/out', 0, 0o755)],
      trust: { kind: 'user', uid: INES, level: '/home/ines' },
    },
    {
      name: 'a link of a user, to a folder of root',
      levels: [TOP, TMP, { path: '/tmp/out', kind: 'link', uid: INES, mode: 0o777 } as const, folder('/etc', 0, 0o755)],
      trust: { kind: 'user', uid: INES, level: '/tmp/out' },
    },
    {
      name: 'a folder of a user that all may write to',
      levels: [TOP, folder('/home/ines', INES, 0o777)],
      trust: {
        kind: 'several',
        problem: 'others may write to /home/ines (mode 0777): chmod go-w /home/ines, or choose another folder',
      },
    },
    {
      name: 'folders of two users',
      levels: [TOP, folder('/home/ines', INES, 0o755), folder('/home/ines/bob', BOB, 0o755)],
      trust: {
        kind: 'several',
        problem: `/home/ines belongs to user ${INES} and /home/ines/bob belongs to user ${BOB}: choose a folder whose parent folders belong to one user`,
      },
    },
  ])('$name', ({ levels, missing = [], trust }) => {
    expect(judgeLevels({ levels, missing })).toEqual(trust);
  });
});

/** Root becomes somebody else for it. */
function asNobody<T>(work: () => T): T {
  return actAs(process.geteuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : undefined, work);
}

test('whoever is not root is not asked whose his folders are', () => {
  mkdirSync(join(home, 'open'), { mode: 0o777 });
  const problem = asNobody(() => problemForRoot(join(home, 'open')));
  expect(problem).toBeUndefined();
});

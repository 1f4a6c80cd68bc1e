import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { collect } from '../../../src/diagnostics/diagnostic.ts';
import { updateHostsFile } from '../../../src/output/hosts-file.ts';
import type { PlanContext } from '../../../src/output/plan.ts';
import { writeOutput } from '../../../src/output/write.ts';

const IS_ROOT = process.getuid?.() === 0;
/** Numbers that no user and no group of this machine has. */
const INES = 61_801;
const BOB = 61_802;
const WORKERS = { uid: 61_803, gid: 61_804 };
const PASSWORDS = ['auth 0:61804 710', 'auth/users 61803:0 600'];
const STAGING = '.ingress2nginx-4711';

let home = '';
let out = '';
beforeEach(() => {
  home = realpathSync(mkdtempSync(join(tmpdir(), 'i2n-root-')));
  chmodSync(home, 0o755);
  out = join(home, 'ines/out');
  mkdirSync(join(home, 'ines'));
  mkdirSync(join(home, 'root'));
  writeFileSync(join(home, 'root/passwd'), 'root');
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

/** Gives folders below the temporary one to somebody: a number, or modes. Only root can do the first. */
function give(paths: readonly string[], uid: number): void {
  for (const path of paths) chownSync(join(home, path), uid, uid);
}

async function write(readers?: PlanContext['readers']) {
  const { report, diagnostics } = collect();
  const texts = { 'auth/users': 'ann:x\n', 'certs/web.pem': 'PEM\n', 'nginx.conf': 'events {}\n' };
  const files = Object.entries(texts).map(([path, text]) => ({
    path,
    bytes: Buffer.from(text),
    isSecret: path !== 'nginx.conf',
    from: [],
  }));
  const { signal } = new AbortController();
  const run = { pid: 77, isAlive: () => false, now: () => 0 };
  const result = await writeOutput({ dir: out, files: { files, folders: ['logs'] }, report, signal, run, readers });
  const said = result.kind === 'failed' ? result.problem.replaceAll(home, '') : result.kind;
  return { said, findings: diagnostics.map(({ rule, message }) => `${rule.name}: ${message.replaceAll(home, '')}`) };
}

/** Whose all is that lies in the output, and with which modes. */
function ownersIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map(path => {
      const { uid, gid, mode } = lstatSync(join(folder, path));
      return `${path} ${uid}:${gid} ${(mode & 0o777).toString(8)}`;
    })
    .toSorted();
}

test('whoever is not root writes to any folder that the system lets him write to', async () => {
  chmodSync(join(home, 'ines'), 0o777);
  const own = process.getuid?.() ?? 0;
  // Root refuses, which is what the rest of this file is about.
  const problem =
    'unsafe to write there as root: others may write to /ines (mode 0777): chmod go-w /ines, or choose another folder';
  expect((await write()).said).toBe(own === 0 ? problem : 'written');
  expect(existsSync(out)).toBe(own !== 0);
});

/** Only root can give folders to somebody else. */
describe.each(IS_ROOT ? ['root'] : [])('%s', () => {
  test('writes to the folder of a user as that user', async () => {
    give(['ines'], INES);
    expect((await write(WORKERS)).said).toBe('written');
    expect(new Set(ownersIn(join(home, 'ines')).map(line => line.split(' ')[1]))).toEqual(new Set([`${INES}:65534`]));
    expect(lstatSync(join(out, 'auth/users')).mode & 0o777).toBe(0o600);
    expect(process.geteuid?.()).toBe(0);
  });

  test.each([
    {
      name: 'a link of a user in the place of the output',
      plant: () => symlinkSync(join(home, 'root'), out),
    },
    {
      name: 'a link of a user in the place of a folder above it',
      plant: () => {
        out = join(home, 'ines/team/out');
        symlinkSync(join(home, 'root'), join(home, 'ines/team'));
      },
    },
    {
      name: 'a link in the place of a staging folder that is swept up',
      plant: () => {
        mkdirSync(out);
        give(['ines/out'], INES);
        mkdirSync(join(out, STAGING));
        symlinkSync(join(home, 'root'), join(out, STAGING, 'sub'));
        give([`ines/out/${STAGING}`], INES);
      },
    },
  ])('changes nothing of its own through $name', async ({ plant }) => {
    give(['ines'], INES);
    const before = ownersIn(join(home, 'root'));
    plant();
    await write();
    expect(ownersIn(join(home, 'root'))).toEqual(before);
  });

  test('leaves its own hosts file alone that a link of a user leads to, and writes the one of the user', () => {
    give(['ines'], INES);
    const lines = ['10.0.0.3 web.example.com'];
    const how = { mayEmpty: false, run: { pid: 77, isAlive: () => false, now: () => 0 } };
    symlinkSync(join(home, 'root/passwd'), join(home, 'ines/hosts'));
    expect(updateHostsFile(join(home, 'ines/hosts'), lines, how).kind).toBe('forbidden');
    expect(readFileSync(join(home, 'root/passwd'), 'utf8')).toBe('root');
    expect(updateHostsFile(join(home, 'ines/own'), lines, how)).toEqual({ kind: 'written' });
    expect(lstatSync(join(home, 'ines/own')).uid).toBe(INES);
    chmodSync(join(home, 'ines'), 0o777);
    expect(updateHostsFile(join(home, 'ines/own'), [], { ...how, mayEmpty: true }).kind).toBe('failed');
  });

  test('says as whom it may not write', async () => {
    give(['ines'], INES);
    symlinkSync(join(home, 'root'), out);
    expect((await write()).said).toMatch(/^EACCES: .*, as user 61801, who owns a parent folder$/);
  });

  test('refuses a folder on whose way there are two users', async () => {
    mkdirSync(out);
    give(['ines'], INES);
    give(['ines/out'], BOB);
    expect((await write()).said).toBe(
      'unsafe to write there as root: /ines belongs to user 61801 and /ines/out belongs to user 61802: choose a folder whose parent folders belong to one user',
    );
  });

  test('refuses to write into a part that a user owns', async () => {
    out = join(home, 'root/out');
    await write();
    give(['root/out/auth'], INES);
    expect(await write()).toEqual({
      said: 'refused',
      findings: ['output-in-the-way: /root/out/auth belongs to user 61801, so it is unsafe to write there as root'],
    });
  });

  test.each([
    { name: 'the workers', readers: WORKERS, auth: PASSWORDS },
    { name: 'nobody where nothing serves it', readers: undefined, auth: ['auth 0:0 700', 'auth/users 0:0 600'] },
  ])('lets $name read password files, and nothing else', async ({ readers, auth }) => {
    out = join(home, 'root/out');
    expect(await write(readers)).toEqual({ said: 'written', findings: [] });
    expect(ownersIn(out)).toEqual([
      '.ingress2nginx.json 0:0 600',
      ...auth,
      'certs 0:0 700',
      'certs/web.pem 0:0 600',
      'logs 0:0 755',
      'nginx.conf 0:0 644',
    ]);
  });

  test('mends what an earlier render left to itself alone', async () => {
    out = join(home, 'root/out');
    await write();
    await write(WORKERS);
    expect(ownersIn(out)).toEqual(expect.arrayContaining([...PASSWORDS, 'certs/web.pem 0:0 600']));
  });

  test('says that nobody else can read password files, until a group has the folder', async () => {
    out = join(home, 'root/out');
    const finding = 'passwords-of-root: only root can read /root/out/auth: the user of the nginx workers is unknown';
    expect(await write('unknown')).toEqual({ said: 'written', findings: [finding] });
    chownSync(join(out, 'auth'), 0, WORKERS.gid);
    chmodSync(join(out, 'auth'), 0o750);
    expect(await write('unknown')).toEqual({ said: 'written', findings: [] });
    expect(ownersIn(out)).toContain('auth/users 0:61804 640');
  });
});

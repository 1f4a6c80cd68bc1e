import { describe, expect, test } from 'vitest';

import { runBin } from '../support/bin.ts';

describe('annotations', () => {
  test('lists all without a name', async () => {
    const { code, stdout, stderr } = await runBin(['annotations']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^NAME +HONOURED +SINCE +MEANING$/m);
    expect(stdout).toMatch(/^limit-rps +yes +0\.8 +How many requests per second/m);
    expect(stdout).toMatch(/\n\n\d+ as in the controller · .*removed from the controller.*\n$/);
  });

  test.each(['limit-rps', 'nginx.ingress.kubernetes.io/limit-rps'])('explains %s', async name => {
    const { code, stdout } = await runBin(['annotations', name]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^nginx\.ingress\.kubernetes\.io\/limit-rps\n {2}How many requests per second/);
    expect(stdout).toMatch(/^ {2}example +nginx\.ingress\.kubernetes\.io\/limit-rps: "10"$/m);
  });

  test('names the option that decides a default', async () => {
    const { stdout } = await runBin(['annotations', 'load-balance']);
    expect(stdout).toMatch(/^ {2}default +the option load-balance \(round_robin\)$/m);
  });

  test.each([
    { name: 'a misspelt name', asked: ['limit-rp'], says: 'did you mean nginx.ingress.kubernetes.io/limit-rps?' },
    {
      name: 'a misspelt prefix',
      asked: ['nginx.ingres.kubernetes.io/limit-rps'],
      says: 'there is no annotation "nginx.ingres.kubernetes.io/limit-rps"; did you mean nginx.ingress.kubernetes.io/limit-rps?',
    },
    {
      name: 'the name of an option',
      asked: ['hsts'],
      says: 'there is no annotation "hsts", but an option: ingress2nginx options hsts',
    },
    { name: 'a name that is like none', asked: ['xyzzyplugh'], says: 'see ingress2nginx annotations' },
    {
      name: 'the usual prefix where another one holds',
      asked: ['--annotations-prefix', 'a.io', 'nginx.ingress.kubernetes.io/limit-rps'],
      says: 'did you mean a.io/limit-rps?',
    },
  ])('answers no to $name', async ({ asked, says }) => {
    const { code, stdout, stderr } = await runBin(['annotations', ...asked]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(says);
  });

  test('of several names those that are known are explained all the same', async () => {
    const { code, stdout, stderr } = await runBin(['annotations', 'nonsense', 'enable-cors']);
    expect(code).toBe(1);
    expect(stdout).toContain('/enable-cors\n');
    expect(stderr).toContain('"nonsense"');
  });

  test('as JSON they have their keys, and the coverage of all', async () => {
    const { stdout } = await runBin(['annotations', '--format', 'json', '--annotations-prefix', 'a.io', 'limit-rps']);
    const { annotations, coverage } = JSON.parse(stdout) as Readonly<Record<string, unknown>>;
    expect(annotations).toMatchObject([{ name: 'limit-rps', key: 'a.io/limit-rps', standing: 'exact' }]);
    expect(coverage).toMatchObject({ removed: 19 });
  });

  test('a message for programs is JSON, too', async () => {
    const { stderr } = await runBin(['annotations', '--format', 'json', 'limit-rp']);
    expect(JSON.parse(stderr)).toMatchObject({ level: 'error' });
  });
});

describe('options', () => {
  test('lists all as Markdown', async () => {
    const { code, stdout } = await runBin(['options', '--format', 'markdown']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^# Options\n\n\|/);
    expect(stdout).toMatch(/^\| `hsts` \|/m);
    expect(stdout).toMatch(/^## Not honoured$/m);
  });

  test('explains one as Markdown', async () => {
    const { stdout } = await runBin(['options', 'hsts', '--format', 'markdown']);
    expect(stdout).toMatch(/^## `hsts`\n\n\S.*\n\n\| {2}\| {2}\|\n/);
    expect(stdout).toMatch(/^\| example \| `hsts: "false"` \|$/m);
  });

  test('knows the name of an annotation', async () => {
    const { code, stderr } = await runBin(['options', 'enable-cors']);
    expect(code).toBe(1);
    expect(stderr).toContain('but an annotation: ingress2nginx annotations enable-cors');
  });
});

import { describe, expect, test } from 'vitest';

import { readPasswordFile, readPasswordMap } from '../../../src/annotations/password-file.ts';
import { HASHES } from '../../support/credentials.ts';
import { secretOf } from '../../support/resources.ts';

const INES = `ines:${HASHES.ines}\n`;
const BCRYPT = `$2y$05$${'a'.repeat(53)}`;

describe('an htpasswd file', () => {
  test.each([
    { name: 'is kept', text: INES, content: INES },
    { name: 'may lack the last line end', text: INES.trim(), content: INES },
    { name: 'may have CRLF', text: `ines:${HASHES.ines}\r\n`, content: INES },
    { name: 'may have comments and empty lines', text: `# who\n\n${INES}\r\n\n`, content: INES },
    { name: 'may have comments behind a hash', text: `ines:${HASHES.ines}:since 2019\n`, content: INES },
    { name: 'may be empty', text: '', content: '' },
    {
      name: 'may have user names of any letters',
      text: `jörg müller:${HASHES.ines}\n`,
      content: `jörg müller:${HASHES.ines}\n`,
    },
    { name: 'may have the same user twice', text: INES + INES, content: INES + INES },
  ])('$name', ({ text, content }) => {
    expect(readPasswordFile(text, 'auth')).toMatchObject({ content, problems: [] });
  });

  test.each([
    { name: 'apr1', hash: HASHES.ines },
    { name: 'md5', hash: '$1$abc$def' },
    { name: 'sha256', hash: '$5$salt$hash' },
    { name: 'sha512', hash: '$6$salt$hash' },
    { name: 'yescrypt', hash: '$y$j9T$x$y' },
    { name: 'bcrypt', hash: BCRYPT },
    { name: 'SHA', hash: '{SHA}0DPiKuNIrrVmD8IUCuw1hQxNqZc=' },
    { name: 'SSHA', hash: '{SSHA}abc=' },
    { name: 'PLAIN', hash: '{PLAIN}secret' },
    { name: 'DES', hash: 'rqXexS6ZhobKA' },
  ])('may have a hash of $name', ({ hash }) => {
    expect(readPasswordFile(`ines:${hash}`, 'auth')).toMatchObject({ content: `ines:${hash}\n`, problems: [] });
  });

  test.each([
    { name: 'no colon', line: 'ines', message: 'line 2 of "auth" has no colon between user and password hash' },
    { name: 'no user', line: `:${HASHES.ines}`, message: 'line 2 of "auth" has no user name' },
    {
      name: 'no password',
      line: 'ines:',
      message: 'line 2 of "auth" has an empty password hash: nobody can log in with it',
    },
    {
      name: 'a password that is not hashed',
      line: 'ines:hunter2',
      message: 'line 2 of "auth" has a password hash in a format that nginx does not support',
    },
    {
      name: 'a bcrypt hash that is cut',
      line: `ines:${BCRYPT.slice(0, -1)}`,
      message: 'line 2 of "auth" has a password hash in a format that nginx does not support',
    },
    {
      name: 'a control character',
      line: `in\tes:${HASHES.ines}`,
      message: 'line 2 of "auth" has a control character',
    },
  ])('loses a line with $name', ({ line, message }) => {
    const { content, problems } = readPasswordFile(`# users\n${line}\n${INES}`, 'auth');
    expect(content).toBe(INES);
    expect(problems).toEqual([{ key: 'auth', message }]);
  });
});

describe('a Secret of one key a user', () => {
  test('is a file in the order of the users', () => {
    const secret = secretOf('users', { tomasz: HASHES.tomasz, ines: ` ${HASHES.ines}\n` });
    expect(readPasswordMap(secret)).toMatchObject({ content: `${INES}tomasz:${HASHES.tomasz}\n`, problems: [] });
  });

  test('cannot bring a second user along', () => {
    const secret = secretOf('users', { ines: `${HASHES.ines}\neve:${HASHES.tomasz}` });
    expect(readPasswordMap(secret)).toMatchObject({
      content: '',
      problems: [{ key: 'ines', message: 'the entry "ines" has a control character' }],
    });
  });
});

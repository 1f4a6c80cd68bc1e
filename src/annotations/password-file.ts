import type { Secret } from '../resources/model.ts';

/** A line that nginx would not take, and why. The message never holds the hash. */
export interface PasswordProblem {
  readonly key: string;
  readonly message: string;
}

export interface Passwords {
  /** Lines of `user:hash`, each ended by a newline; empty if there is none. */
  readonly content: string;
  readonly problems: readonly PasswordProblem[];
  /** The users whose passwords are kept in a form from which they can be had; where each is. */
  readonly weak: readonly WeakPassword[];
}

export interface WeakPassword {
  /** The key of the Secret. */
  readonly key: string;
  /** The begin of a sentence: `line 2 of "auth"`. */
  readonly place: string;
  /** The end of that sentence. */
  readonly form: string;
}

const HASHES: readonly RegExp[] = [
  /^\$(?:apr1|1|5|6|y|gy|7)\$./,
  /^\$2[abxy]\$\d\d\$[./A-Za-z0-9]{53}$/,
  /^\{(?:SHA|SSHA|PLAIN)\}./,
  // crypt(3) of old: two letters of salt and eleven of hash.
  /^[./A-Za-z0-9]{13}$/,
];

/** What is read of a hash without trying: how soon the password is found. */
const WEAK: readonly (readonly [RegExp, string])[] = [
  [/^\{PLAIN\}/, 'has a password that is not hashed'],
  [/^\{SHA\}/, 'has a hash without salt (SHA-1), of which lists can be had'],
  [/^[./A-Za-z0-9]{13}$/, 'has a hash of the old crypt, for which 8 characters of the password count'],
];

function weaknessOf(key: string, place: string, hash = ''): readonly WeakPassword[] {
  const form = WEAK.find(([pattern]) => pattern.test(hash))?.[1];
  return form === undefined ? [] : [{ key, place, form }];
}

function problemOfLine(user: string, hash: string | undefined): string | undefined {
  if (hash === undefined) return 'has no colon between user and password hash';
  if (user === '') return 'has no user name';
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  if (/[\u0000-\u001f\u007f]/.test(user + hash)) return 'has a control character';
  if (hash === '') return 'has an empty password hash: nobody can log in with it';
  if (HASHES.some(pattern => pattern.test(hash))) return undefined;
  return 'has a password hash in a format that nginx does not support';
}

function printable(user: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  return user.replace(/[\u0000-\u001f\u007f]/g, '?');
}

/**
 * Reads an htpasswd text as nginx does: `#` comments and empty lines are skipped, what follows a second colon is no
 * part of the hash, line ends may be CRLF. Lines that nginx would not read are left out and said.
 * Source: ngx_http_auth_basic_module.c; the hashes are those of nginx and of crypt(3) in Debian's libcrypt.
 */
export function readPasswordFile(text: string, key: string): Passwords {
  const lines: string[] = [];
  const problems: PasswordProblem[] = [];
  const weak: WeakPassword[] = [];
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.replace(/\r$/, '');
    if (line === '' || line.startsWith('#')) continue;
    const [user = '', hash] = line.split(':');
    const problem = problemOfLine(user, hash);
    const place = `line ${index + 1} of "${key}"`;
    if (problem === undefined) {
      lines.push(`${user}:${hash ?? ''}\n`);
      weak.push(...weaknessOf(key, place, hash));
    } else problems.push({ key, message: `${place} ${problem}` });
  }
  return { content: lines.join(''), problems, weak };
}

/**
 * Reads a Secret whose keys are users and whose values are hashes. The users are sorted: the controller writes them in
 * random order.
 */
export function readPasswordMap(secret: Secret): Passwords {
  const lines: string[] = [];
  const problems: PasswordProblem[] = [];
  const weak: WeakPassword[] = [];
  for (const user of Object.keys(secret.data).toSorted()) {
    const hash = Buffer.from(secret.data[user] ?? '', 'base64')
      .toString('utf8')
      .trim()
      .split(':')[0];
    const problem = problemOfLine(user, hash);
    const place = `the entry "${printable(user)}"`;
    if (problem === undefined) {
      lines.push(`${user}:${hash ?? ''}\n`);
      weak.push(...weaknessOf(user, place, hash));
    } else problems.push({ key: user, message: `${place} ${problem}` });
  }
  return { content: lines.join(''), problems, weak };
}

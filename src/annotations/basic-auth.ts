import { keyOfObject, fileStem, parseReference } from '../cluster/object-name.ts';
import type { OptionSpec } from '../options/option.ts';
import type { ValueType } from '../options/value-type.ts';
import { oneOf, text, trimmed } from '../options/value-type.ts';
import type { Secret } from '../resources/model.ts';
import { dataRef, refOf } from '../resources/model.ts';
import { cameFrom } from '../resources/provenance.ts';
import { many } from '../diagnostics/words.ts';
import { isExempt } from '../routing/exempt-paths.ts';
import type { PasswordFile } from '../routing/secret-files.ts';
import { annotationRef, annotationText } from './annotation-ref.ts';
import { closed } from './closed.ts';
import type { Closed } from './closed.ts';
import { noAuthLocations } from './exempt-paths.ts';
import type { ReadContext } from './family.ts';
import { defineFamily } from './family.ts';
import { asksForGuard, hostsOf } from './guards.ts';
import type { WeakPassword } from './password-file.ts';
import { readPasswordFile, readPasswordMap } from './password-file.ts';
import { invalidPasswordLine, missingAuthSecret, weakPasswordHash } from './rules/basic-auth.ts';
import { guardWithoutEffect, invalidGuard } from './rules/guards.ts';

type Context = ReadContext<unknown>;

type SecretType = 'auth-file' | 'auth-map';

const REALM = /^[-/._~a-zA-Z0-9: ]*$/;
const realmText = text(REALM, 'letters, digits, blanks and - / . _ ~ :');

/** nginx takes the realm `off` as the word that switches the guard off, quoted or not. */
const realm: ValueType<string> = trimmed({
  ...realmText,
  parse: value =>
    value === 'off' ? { ok: false, problem: 'would switch basic auth off in nginx' } : realmText.parse(value),
});

const authType: ValueType<'basic' | ''> = trimmed({
  ...oneOf('basic'),
  parse(value) {
    if (value === 'digest') {
      const help = 'use "basic", over HTTPS; open-source nginx has no digest authentication';
      return { ok: false, problem: 'needs a module that nginx does not ship', help };
    }
    return oneOf('basic').parse(value);
  },
});

/** The Secret that an Ingress names, if it may use it; otherwise the finding is said and undefined is returned. */
function findSecret(name: string, context: Context): Secret | undefined {
  const { ingress, tables, report, written, mayUse } = context;
  const at = written('auth-secret') ?? annotationRef(ingress, 'auth-type');
  const reference = parseReference(name, ingress.namespace);
  if (reference === undefined) {
    const message =
      name === ''
        ? 'auth-type is set, but auth-secret is missing'
        : `auth-secret: "${name}" is not the name of a Secret`;
    report({ rule: missingAuthSecret, message, help: 'set auth-secret to a Secret of the same namespace', at });
    return undefined;
  }
  const key = keyOfObject(reference.namespace, reference.name);
  if (!mayUse(reference.namespace)) {
    const message = `auth-secret: ${key} is not in the namespace of the Ingress`;
    report({ rule: missingAuthSecret, message, help: `copy the Secret to the namespace ${ingress.namespace}`, at });
    return undefined;
  }
  const secret = tables.secrets.get(key);
  if (secret === undefined) {
    const help = 'add the Secret to the input';
    const message = `the Secret ${key} is not in the input`;
    report({ rule: missingAuthSecret, message, help, at, lacks: { kind: 'Secret', key } });
  }
  // What is wrong with one that was refused has been said.
  return secret?.isRefused === true ? undefined : secret;
}

/** How a Secret without the key of an htpasswd file gets one. */
function keyHelp({ data, type }: Secret): string {
  const keys = Object.keys(data);
  if (type === 'kubernetes.io/basic-auth' || (keys.includes('username') && keys.includes('password')))
    return 'it holds a name and a password as they are: put a line of htpasswd -nB USER under the key "auth" instead';
  const [only = ''] = keys.length === 1 ? keys : [];
  const text = Buffer.from(data[only] ?? '', 'base64').toString('utf8');
  if (/^[^\s:]+:\S/.test(text)) return `rename the key "${only}" to "auth"`;
  return 'put the htpasswd file under the key "auth", or set auth-secret-type: auth-map';
}

/** The users of a Secret as a file for nginx; undefined, and said, if it holds none in the way that is asked for. */
function readUsers(secret: Secret, type: SecretType, { report, ingress }: Context): PasswordFile | undefined {
  const name = keyOfObject(secret.namespace, secret.name);
  const encoded = secret.data['auth'];
  if (type === 'auth-file' && encoded === undefined) {
    const help = keyHelp(secret);
    const at = refOf(secret, 'metadata', 'name');
    const related = [{ message: 'it is used here', at: annotationRef(ingress, 'auth-secret') }];
    report({ rule: missingAuthSecret, message: `the Secret ${name} has no key "auth"`, help, at, related });
    return undefined;
  }
  const decoded = Buffer.from(encoded ?? '', 'base64').toString('utf8');
  const { content, problems, weak } =
    type === 'auth-file' ? readPasswordFile(decoded, 'auth') : readPasswordMap(secret);
  // `user:hash` under the key of a file.
  const isFile = type === 'auth-map' && /^[^\s:]+:\S/.test(decoded);
  for (const { key, message } of problems) {
    const help =
      isFile && key === 'auth'
        ? 'the key "auth" holds an htpasswd file: remove auth-secret-type: auth-map'
        : 'make the entry with: htpasswd -nB USER';
    report({ rule: invalidPasswordLine, message: `Secret ${name}: ${message}`, help, at: dataRef(secret, key) });
  }
  reportWeak(name, secret, weak, report);
  if (content === '' && problems.length === 0) {
    const help = 'make an entry with: htpasswd -nB USER';
    const message = `the Secret ${name} contains no user: nobody can log in`;
    report({ rule: invalidPasswordLine, message, help, at: refOf(secret, 'metadata', 'name') });
  }
  const suffix = type === 'auth-file' ? '' : 'map';
  return {
    kind: 'passwords',
    id: fileStem(secret.namespace, secret.name, suffix),
    content,
    from: cameFrom(secret, refOf(secret)),
  };
}

/** Says once of a Secret that passwords can be had from it, however many they are. */
function reportWeak(
  name: string,
  secret: Secret,
  [first, ...others]: readonly WeakPassword[],
  report: Context['report'],
): void {
  if (first === undefined) return;
  const more = others.length === 0 ? '' : `, and ${many(others.length, 'more is', 'more are')} as weak`;
  const message = `Secret ${name}: ${first.place} ${first.form}${more}`;
  const help = 'make the entry again with: htpasswd -nB USER';
  report({ rule: weakPasswordHash, message, help, at: dataRef(secret, first.key) });
}

/**
 * Users without `auth-type` guard nothing in the controller, which lets everybody in. Here the door is closed, unless
 * `auth-type` is there and empty: so a chart says that no password is wanted.
 */
function closeWithoutType({ ingress, report, written, refused }: Context): Closed<never> | undefined {
  const name = annotationText(ingress, 'auth-secret');
  const at = written('auth-secret');
  if (at === undefined || name === '' || refused.has('auth-type')) return undefined;
  if (written('auth-type') !== undefined) {
    const message = `auth-secret: "${name}" has no effect, since auth-type is empty: ${hostsOf(ingress)} is open to everybody`;
    report({ rule: guardWithoutEffect, message, help: 'write auth-type: basic, or remove auth-secret', at });
    return undefined;
  }
  const message = `auth-secret: "${name}" asks for a password, but auth-type is missing`;
  report({ rule: invalidGuard, message, help: 'add auth-type: basic, or remove auth-secret', at });
  return closed('location', 'auth-secret is set, auth-type is missing');
}

/** Says that a realm or a kind of Secret alone asks nobody for a password. */
function reportLone({ ingress, report, written }: Context): void {
  if (written('auth-type') !== undefined || asksForGuard(ingress)) return;
  const name = ['auth-realm', 'auth-secret-type'].find(each => annotationText(ingress, each).trim() !== '');
  if (name === undefined) return;
  const message = `${name} has no effect without auth-type: ${hostsOf(ingress)} is open to everybody`;
  const help = `write auth-type: basic and auth-secret as well, or remove ${name}`;
  report({ rule: guardWithoutEffect, message, help, at: annotationRef(ingress, name) });
}

/**
 * Whether the controller drops the whole Ingress for a value: its expressions for the two types are open at both ends,
 * and it takes a bad name of a Secret for a reason to close the locations only.
 * Source: ingress-nginx 1.15.1, internal/ingress/annotations/auth/main.go and parser/validators.go.
 */
function isDropped(name: string, value: string): boolean {
  switch (name) {
    case 'auth-type':
      return !/basic|digest/.test(value.replaceAll(' ', ''));
    case 'auth-secret-type':
      return !/auth-file|auth-map/.test(value.replaceAll(' ', ''));
    case 'auth-realm':
      return !REALM.test(value);
    default:
      return false;
  }
}

/** Names and passwords. Whatever is wrong with them closes the door. */
export const basicAuth = defineFamily({
  name: 'basicAuth',
  options: { 'no-auth-locations': noAuthLocations },
  annotations: {
    'auth-type': {
      type: authType,
      default: '',
      example: 'basic',
      summary:
        'Asks for user name and password. Without it `auth-realm` and `auth-secret-type` have no effect; `auth-secret` without it closes the locations (503).',
      becomes: 'auth_basic',
    } satisfies OptionSpec<'basic' | ''>,
    'auth-secret': {
      type: trimmed(text(/^[-/._~a-zA-Z0-9: ]*$/, 'the name of a Secret')),
      default: '',
      example: 'basic-auth',
      summary: 'The Secret that holds the users, in the namespace of the Ingress.',
      becomes: 'auth_basic_user_file',
    } satisfies OptionSpec<string>,
    'auth-secret-type': {
      type: trimmed(oneOf('auth-file', 'auth-map')),
      default: 'auth-file',
      example: 'auth-map',
      summary: 'Whether the Secret holds an htpasswd file under the key `auth`, or one key a user.',
      becomes: 'auth_basic_user_file',
    } satisfies OptionSpec<SecretType>,
    'auth-realm': {
      type: realm,
      default: '',
      example: 'Authentication Required',
      summary: 'What browsers show beside the question for the password.',
      becomes: 'auth_basic',
    } satisfies OptionSpec<string>,
  },
  switchedOnBy: 'auth-type',
  invalid: { rule: invalidGuard, isDropped },
  read(values, context) {
    if (values['auth-type'] === '') {
      const reason = closeWithoutType(context);
      reportLone(context);
      return reason;
    }
    if (context.refused.has('auth-secret')) return undefined;
    const secret = findSecret(values['auth-secret'], context);
    const users = secret === undefined ? undefined : readUsers(secret, values['auth-secret-type'], context);
    if (users === undefined) return closed('location', 'its users are not known');
    const policy = { realm: values['auth-realm'], users: users.id };
    return { policy, file: users, except: context.options['no-auth-locations'] };
  },
  askers: () => ['auth-type'],
  gives: {
    location({ policy, file, except }, { path, keep }) {
      if (isExempt(path, except)) return undefined;
      keep(file);
      return policy;
    },
  },
});

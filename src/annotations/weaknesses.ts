import type { Weakness } from '../options/weak-value.ts';
import { weakCiphers } from '../options/weak-tls.ts';
import type { Said } from './contradiction.ts';
import { weakTls } from './rules/weak-tls.ts';
import { weakSubject, weakVerification } from './weak-checks.ts';
import { weakAllowList, weakDenyList, weakExemption } from './weak-networks.ts';
import { weakBodyBuffer } from './weak-sizes.ts';
import { weakSnippet } from './weak-snippets.ts';
import { weakAuthService, weakOrigins, weakSignIn, weakTarget } from './weak-urls.ts';

/** Looks at a text that is not empty; `said` is what stands beside it. */
type Check = (text: string, said: Said) => Weakness | undefined;

/** With "any", a list of everybody is a matter of the password that nobody is asked for. */
const allowList: Check = (text, said) => (said.text('satisfy').trim() === 'any' ? undefined : weakAllowList(text));

/** What is not taken opens nothing. */
const locationSnippet: Check = (text, { takesSnippets, text: textOf }) =>
  takesSnippets ? weakSnippet(text, () => textOf('auth-type') !== '' || textOf('auth-url') !== '') : undefined;

/** The guard of a location goes before that of its server. */
const serverSnippet: Check = (text, { takesSnippets }) => (takesSnippets ? weakSnippet(text, () => false) : undefined);

/** What annotations open more, or cost more, than it looks, by their names. */
export const WEAKNESSES: Readonly<Record<string, Check>> = {
  'allowlist-source-range': allowList,
  'whitelist-source-range': (text, said) =>
    said.text('allowlist-source-range') === '' ? allowList(text, said) : undefined,
  'denylist-source-range': (text, said) =>
    said.text('allowlist-source-range') + said.text('whitelist-source-range') === '' ? weakDenyList(text) : undefined,
  'limit-allowlist': weakExemption,
  'limit-whitelist': weakExemption,
  'auth-url': (text, { hosts }) => weakAuthService(text, () => hosts.length === 0 || hosts.includes('')),
  'auth-signin': (text, said) => (said.text('auth-url') === '' ? undefined : weakSignIn(text)),
  'auth-tls-verify-client': (text, said) =>
    said.text('auth-tls-secret') === '' || said.text('auth-tls-match-cn') !== '' ? undefined : weakVerification(text),
  'auth-tls-match-cn': (text, said) => (said.text('auth-tls-secret') === '' ? undefined : weakSubject(text)),
  'rewrite-target': (text, { paths }) => weakTarget(text, paths),
  'cors-allow-origin': (text, { isOn, isOff }) =>
    isOn('enable-cors') && !isOff('cors-allow-credentials') ? weakOrigins(text) : undefined,
  'client-body-buffer-size': weakBodyBuffer,
  'ssl-ciphers'(text) {
    const weak = weakCiphers(text);
    return weak === undefined ? undefined : { ...weak, rule: weakTls };
  },
  'configuration-snippet': locationSnippet,
  'server-snippet': serverSnippet,
};

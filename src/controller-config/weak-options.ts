import { weakTls } from '../annotations/rules/weak-tls.ts';
import { weakAllowList, weakDenyList } from '../annotations/weak-networks.ts';
import { weakBodyBuffer } from '../annotations/weak-sizes.ts';
import { weakAuthService, weakSignIn } from '../annotations/weak-urls.ts';
import { weakCiphers, weakProtocols } from '../options/weak-tls.ts';
import type { Weakness, WeakValue } from '../options/weak-value.ts';
import { snippetsAllowed, versionDisclosure } from './rules/weak-options.ts';

/** Looks at the text of an option; `textOf` gives that of another one, empty where there is none. */
type Check = (text: string, textOf: (name: string) => string) => Weakness | undefined;

const ofTls = (weak: WeakValue | undefined): Weakness | undefined =>
  weak === undefined ? undefined : { ...weak, rule: weakTls };

const isTrue = (text: string): boolean => text.trim().toLowerCase() === 'true';

/** What options open more than it looks, by their names. */
export const WEAK_OPTIONS: ReadonlyMap<string, Check> = new Map<string, Check>([
  ['whitelist-source-range', weakAllowList],
  ['denylist-source-range', weakDenyList],
  ['block-cidrs', weakDenyList],
  ['global-auth-url', text => weakAuthService(text, () => false)],
  ['global-auth-signin', (text, textOf) => (textOf('global-auth-url') === '' ? undefined : weakSignIn(text))],
  ['ssl-protocols', (text, textOf) => ofTls(weakProtocols(text, textOf('ssl-ciphers')))],
  ['client-body-buffer-size', weakBodyBuffer],
  ['ssl-ciphers', text => ofTls(weakCiphers(text))],
  [
    'allow-snippet-annotations',
    text =>
      isTrue(text)
        ? {
            rule: snippetsAllowed,
            says: '"true" lets everybody who may write an Ingress configure nginx, and read what the controller may read',
            help: 'remove it once no Ingress has a snippet',
          }
        : undefined,
  ],
  [
    'server-tokens',
    // Beside the other option, what it shows is the server of the backend.
    (text, textOf) =>
      isTrue(text) && !isTrue(textOf('allow-backend-server-header'))
        ? {
            rule: versionDisclosure,
            says: '"true" tells clients the version of nginx',
            help: 'remove it: the default is "false"',
          }
        : undefined,
  ],
]);

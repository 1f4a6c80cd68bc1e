import { annotationWithoutEffect } from './rules/annotations.ts';
import type { Contradiction, Said } from './contradiction.ts';
import { MISSING, OTHER } from './contradiction.ts';
import { contradictingAnnotations, satisfyInSnippet } from './rules/contradictions.ts';

const firstOf = (names: readonly string[], { text }: Said): string | undefined => names.find(name => text(name) !== '');

/** An annotation that does nothing unless one of these is there. */
function needs(others: readonly string[], says: string): Contradiction {
  return {
    rule: annotationWithoutEffect,
    beside: said => (firstOf(others, said) === undefined ? MISSING : undefined),
    says: `has no effect without ${says}`,
    help: `add ${says}, or remove it`,
  };
}

const REDIRECTS = ['temporal-redirect', 'permanent-redirect'];

/** What comes too late where everything is redirected. */
const redirected: Contradiction = {
  rule: contradictingAnnotations,
  beside: said => firstOf(REDIRECTS, said),
  says: `has no effect beside ${OTHER}: every request is redirected before`,
  help: 'remove one of them',
};

/** What counts only while responses are buffered. */
const unbuffered: Contradiction = {
  rule: annotationWithoutEffect,
  beside: ({ text, option }) => ((text('proxy-buffering') || option('proxy-buffering')) === 'on' ? undefined : MISSING),
  says: 'has no effect without proxy-buffering: "on"',
  help: 'add proxy-buffering: "on", or remove it',
};

const entriesOf = (text: string): readonly string[] =>
  text
    .split(',')
    .map(entry => entry.trim())
    .filter(entry => entry !== '');

const ALLOW = ['allowlist-source-range', 'whitelist-source-range'];
const CHECKS = [...ALLOW, 'denylist-source-range', 'auth-type', 'auth-url', 'auth-tls-secret'];
const GLOBAL_CHECKS = ['whitelist-source-range', 'denylist-source-range', 'global-auth-url'];

const allowed = (said: Said): readonly string[] => entriesOf(said.text(firstOf(ALLOW, said) ?? ''));

const isAnything = (value: unknown): boolean => (Array.isArray(value) ? value.length > 0 : Boolean(value));

/** Without a retry there is nothing to limit. */
const unretried: Contradiction = {
  rule: contradictingAnnotations,
  beside: ({ text }) => (text('proxy-next-upstream').trim() === 'off' ? 'proxy-next-upstream' : undefined),
  says: 'has no effect beside proxy-next-upstream: "off"',
  help: 'remove one of them',
};

const ofCertificates = needs(['auth-tls-secret'], 'auth-tls-secret');

/** What contradicts an annotation, by its name. */
export const CONTRADICTIONS: Readonly<Record<string, readonly Contradiction[]>> = {
  'ssl-redirect': [
    {
      rule: contradictingAnnotations,
      beside: ({ isOff, isOn }) =>
        isOff('ssl-redirect') && isOn('force-ssl-redirect') ? 'force-ssl-redirect' : undefined,
      says: `"false" has no effect beside ${OTHER}: plain HTTP is redirected`,
      help: 'remove one of them',
    },
  ],
  'permanent-redirect': [
    {
      rule: contradictingAnnotations,
      beside: said => firstOf(['temporal-redirect'], said),
      says: `has no effect beside ${OTHER}, which goes first`,
      help: 'remove one of them',
    },
  ],
  'rewrite-target': [redirected],
  'auth-type': [redirected],
  'auth-url': [redirected],
  'allowlist-source-range': [redirected],
  'whitelist-source-range': [redirected],
  'denylist-source-range': [
    redirected,
    {
      rule: contradictingAnnotations,
      beside(said) {
        const denied = new Set(entriesOf(said.text('denylist-source-range')));
        const [first, ...others] = allowed(said);
        const isDenied = (entry: string): boolean =>
          denied.has(entry) || denied.has(entry.includes(':') ? '::/0' : '0.0.0.0/0');
        const isNobody = first !== undefined && [first, ...others].every(isDenied);
        return isNobody && said.text('satisfy').trim() !== 'any' ? firstOf(ALLOW, said) : undefined;
      },
      says: `names all that ${OTHER} lets in: nobody gets in`,
      help: 'remove what clients need from it',
    },
  ],
  'limit-rps': [redirected],
  'limit-rpm': [redirected],
  'limit-connections': [redirected],
  'limit-whitelist': [
    {
      rule: annotationWithoutEffect,
      beside: said => firstOf(['limit-allowlist'], said),
      says: `has no effect beside ${OTHER}`,
      help: 'write all networks in limit-allowlist, and remove it',
    },
  ],
  'limit-rate': [unbuffered],
  'limit-rate-after': [unbuffered],
  'proxy-buffers-number': [unbuffered],
  'proxy-busy-buffers-size': [unbuffered],
  'proxy-max-temp-file-size': [unbuffered],
  'proxy-next-upstream-timeout': [unretried],
  'proxy-next-upstream-tries': [unretried],
  'proxy-redirect-to': [
    {
      rule: contradictingAnnotations,
      beside: ({ text }) =>
        ['off', 'default'].includes(text('proxy-redirect-from').trim()) ? 'proxy-redirect-from' : undefined,
      says: `has no effect beside ${OTHER}: "off" or "default"`,
      help: 'write in proxy-redirect-from what is to be replaced',
    },
  ],
  'proxy-request-buffering': [
    {
      rule: contradictingAnnotations,
      beside: ({ text }) =>
        text('proxy-request-buffering').trim() === 'off' && text('proxy-http-version').trim() === '1.0'
          ? 'proxy-http-version'
          : undefined,
      says: `"off" has no effect on chunked bodies beside ${OTHER}: "1.0"`,
      help: 'remove proxy-http-version',
    },
  ],
  'cors-allow-credentials': [
    {
      rule: contradictingAnnotations,
      beside: ({ isOn, text }) => {
        const origins = text('cors-allow-origin');
        if (!isOn('enable-cors') || !isOn('cors-allow-credentials')) return undefined;
        if (origins === '') return 'enable-cors';
        return entriesOf(origins).includes('*') ? 'cors-allow-origin' : undefined;
      },
      says: '"true" has no effect for all origins: browsers take no "*" with cookies',
      help: 'name the sites in cors-allow-origin',
    },
  ],
  'cors-allow-origin': [
    {
      rule: contradictingAnnotations,
      beside: ({ isOn, text }) => {
        const entries = entriesOf(text('cors-allow-origin'));
        return isOn('enable-cors') && entries.length > 1 && entries.includes('*') ? 'cors-allow-origin' : undefined;
      },
      says: 'has "*", which lets in all sites: its other entries have no effect',
      help: 'remove "*", or all others',
    },
  ],
  'use-regex': [
    {
      rule: contradictingAnnotations,
      beside: ({ isOff, text, paths }) => {
        const target = text('rewrite-target');
        const isRewritten = target !== '' && paths.some(path => path !== target);
        return isOff('use-regex') && isRewritten ? 'rewrite-target' : undefined;
      },
      says: `"false" has no effect beside ${OTHER}, which makes all paths of the host regular expressions`,
      help: 'remove one of them',
    },
  ],
  satisfy: [
    {
      rule: annotationWithoutEffect,
      beside: ({ text, option }) => {
        const checks = CHECKS.filter(name => text(name) !== '');
        const kinds = new Set(checks.map(name => (name.endsWith('-source-range') ? 'addresses' : name)));
        const isGlobal = GLOBAL_CHECKS.some(name => isAnything(option(name)));
        return text('satisfy').trim() === 'any' && kinds.size < 2 && !isGlobal ? MISSING : undefined;
      },
      says: '"any" has no effect without two checks, such as an address and a password',
      help: 'remove it, or add the other check',
    },
    {
      rule: contradictingAnnotations,
      beside: said => {
        const isAny = said.text('satisfy').trim() === 'any' && said.text('auth-type') + said.text('auth-url') !== '';
        return isAny && allowed(said).includes('0.0.0.0/0') ? firstOf(ALLOW, said) : undefined;
      },
      says: `"any" asks nobody for a password: ${OTHER} lets in every IPv4 address`,
      help: 'name the addresses that need no password',
    },
  ],
  'session-cookie-samesite': [
    {
      rule: contradictingAnnotations,
      beside: ({ text, isOff }) =>
        text('session-cookie-samesite').trim() === 'None' && isOff('session-cookie-secure')
          ? 'session-cookie-secure'
          : undefined,
      says: `"None" has no effect beside ${OTHER}: "false": browsers throw such a cookie away`,
      help: 'write session-cookie-secure: "true"',
    },
  ],
  'configuration-snippet': [
    {
      rule: satisfyInSnippet,
      beside: ({ text, takesSnippets }) =>
        takesSnippets && /(?:^|[;{}\s])satisfy\s/.test(text('configuration-snippet')) ? MISSING : undefined,
      says: 'has the directive satisfy, for which there is an annotation',
      help: 'write the annotation satisfy instead',
    },
  ],
  'auth-signin-redirect-param': [needs(['auth-signin'], 'auth-signin')],
  'auth-always-set-cookie': [needs(['auth-url'], 'auth-url')],
  'affinity-canary-behavior': [needs(['affinity'], 'affinity')],
  'canary-weight-total': [needs(['canary'], 'canary')],
  'auth-cache-duration': [needs(['auth-cache-key'], 'auth-cache-key')],
  'auth-tls-verify-client': [
    {
      ...ofCertificates,
      // "on" without authorities closes the door, of which that is said.
      beside: said => (said.text('auth-tls-verify-client').trim() === 'on' ? undefined : ofCertificates.beside(said)),
    },
  ],
  'auth-tls-verify-depth': [ofCertificates],
  'auth-tls-error-page': [ofCertificates],
  'auth-tls-pass-certificate-to-upstream': [ofCertificates],
};

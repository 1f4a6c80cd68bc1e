import type { Affinity } from '../../../routing/policies/affinity.ts';
import type { BackendTls } from '../../../routing/policies/backend-tls.ts';
import type { Balancing } from '../../../routing/policies/balancing.ts';
import type { NextUpstream } from '../../../routing/policies/next-upstream.ts';
import type { Timeouts } from '../../../routing/policies/timeouts.ts';
import type { Phrases } from './phrases.ts';
import { secretWords, withVariables } from './text.ts';

/** The words for how backends are chosen and spoken to. */

export function timeoutWords({ connect, send, read }: Partial<Timeouts>): Phrases {
  const phrase = (name: string, seconds: number | undefined): string | undefined =>
    seconds === undefined ? undefined : `${name} timeout ${seconds}s`;
  return {
    'connect timeout': phrase('connect', connect),
    'send timeout': phrase('send', send),
    'read timeout': phrase('read', read),
  };
}

export function retryWords({ failures, seconds, tries }: Partial<NextUpstream>): Phrases {
  return {
    retries: failures && (failures.includes('off') ? 'no retries' : `retries on ${failures.join(', ')}`),
    time: seconds === undefined ? undefined : `for ${seconds === 0 ? 'as long as it takes' : `${seconds}s`}`,
    tries: tries === undefined ? undefined : tries === 0 ? 'all endpoints' : `at most ${tries} endpoints`,
  };
}

export function affinityWords({ cookie, mode, changesOnFailure, mark }: Affinity): Phrases {
  return {
    cookie: `session cookie ${cookie.name}`,
    mode: mode === 'balanced' ? { ifOther: 'balanced' } : 'persistent',
    'max age': cookie.maxAge === undefined ? { ifOther: 'until the browser is closed' } : `max age ${cookie.maxAge}s`,
    domain: cookie.domain && `domain ${cookie.domain}`,
    SameSite: cookie.sameSite && `SameSite=${cookie.sameSite}`,
    Secure: { ifOther: cookie.isSecure ? 'Secure also over HTTP' : 'Secure over HTTPS alone' },
    none: { ifOther: cookie.isNoneConditional ? 'SameSite=None not for old browsers' : 'SameSite for all browsers' },
    failure: { ifOther: changesOnFailure ? 'another endpoint after a failure' : 'the same endpoint after a failure' },
    canary: { ifOther: mark === undefined ? 'not of a canary' : 'of a canary' },
  };
}

export function balancingWords(asks: Balancing): Phrases {
  if (asks.kind === 'less-busy') return { balancing: 'the less busy of two endpoints (ewma)' };
  const { key, subsetSize } = asks;
  return {
    balancing: `consistent hash by ${withVariables(key)}`,
    subset: subsetSize === undefined ? undefined : `subsets of ${subsetSize} endpoints`,
  };
}

export function backendTlsWords(asks: BackendTls): Phrases {
  const { authorities, keyPair, ciphers, protocols, isVerified, depth, name, sendsName } = asks;
  return {
    verify: isVerified ? 'certificates of backends are checked' : 'certificates of backends are not checked',
    authorities: authorities && `signed by an authority of ${secretWords(authorities)}`,
    certificate: keyPair && `client certificate of ${secretWords(keyPair)}`,
    name: name && `name ${name}`,
    SNI: { ifOther: sendsName ? 'SNI sent' : 'no SNI' },
    protocols: { ifOther: `protocols ${protocols.join(', ')}` },
    ciphers: { ifOther: `ciphers ${ciphers}` },
    depth: { ifOther: `depth ${depth}` },
  };
}

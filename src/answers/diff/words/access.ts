import { many } from '../../../diagnostics/words.ts';
import type { BasicAuth } from '../../../routing/policies/basic-auth.ts';
import type { Blocked } from '../../../routing/policies/blocked.ts';
import type { ClientCertificate } from '../../../routing/policies/client-certificate.ts';
import type { Cors } from '../../../routing/policies/cors.ts';
import type { ExternalAuth } from '../../../routing/policies/external-auth.ts';
import type { Limits, RequestLimit } from '../../../routing/policies/limits.ts';
import type { Modsecurity } from '../../../routing/policies/modsecurity.ts';
import { statementsText } from '../statement-text.ts';
import type { TextTest } from '../../../routing/text-test.ts';
import type { Phrases } from './phrases.ts';
import { onOff, secretWords, shortList, unusualPort, withVariables } from './text.ts';

/** The words for what clients are asked for before they get in, and for what their browsers are told. */

export function passwordWords({ realm, users }: BasicAuth): string {
  return `passwords of ${secretWords(users)}${realm === '' ? '' : ` (realm "${realm}")`}`;
}

export function authServiceWords(asks: ExternalAuth): Phrases {
  const { to, isTls, host, uri, method, redirect, sent, headers, signIn, statements, cache, buffer } = asks;
  const url = `${isTls ? 'https' : 'http'}://${withVariables(host)}${unusualPort(to, isTls)}${withVariables(uri)}`;
  return {
    'auth service': `auth service ${url}${to === undefined ? ', which cannot be reached: nobody gets in' : ''}`,
    'sign-in page': signIn && `sign-in page ${withVariables(signIn)}`,
    method: method === undefined ? { ifOther: 'asked with GET' } : `asked with ${method}`,
    'headers of its response for backends': headers.length === 0 ? undefined : `backends get its ${headers.join(', ')}`,
    'headers for it':
      sent.length === 0
        ? undefined
        : `it gets ${sent.map(({ name, value }) => `${name}: ${withVariables(value)}`).join(', ')}`,
    'cached answers':
      cache && `answers cached for ${cache.valid.join(', ') || 'as long as they say'} by ${withVariables(cache.key)}`,
    'auth-snippet': statements && `auth-snippet ${statementsText(statements)}`,
    redirect: { ifOther: `auth-request-redirect ${withVariables(redirect)}` },
    cookie: {
      ifOther: asks.alwaysSetsCookie ? 'its cookies with all responses' : 'its cookies unless there is an error',
    },
    buffer: { ifOther: buffer === undefined ? 'the usual buffer' : `a buffer of ${buffer}` },
  };
}

export function limitWords({ connections, requests, exempt, client }: Limits): Phrases {
  const limitPer = (per: RequestLimit['per']): string | undefined => {
    const limits = requests.filter(each => each.per === per);
    return limits.length === 0
      ? undefined
      : limits.map(({ most, burst }) => `${many(most, 'request')} per ${per}, burst ${burst}`).join(', ');
  };
  return {
    'limit per second': limitPer('second'),
    'limit per minute': limitPer('minute'),
    'limit of connections': connections === 0 ? undefined : many(connections, 'connection'),
    'exempt addresses': exempt.length === 0 ? undefined : `not for ${shortList(exempt)}`,
    client: { ifOther: `clients told apart by $${client}` },
  };
}

export function corsWords(asks: Cors): Phrases {
  const { origins, methods, requestHeaders, exposedHeaders, isCredentialed, maxAgeSeconds } = asks;
  return {
    origins: `CORS for ${origins === 'any' ? 'any origin' : shortList(origins)}`,
    credentials: isCredentialed ? 'with cookies' : { ifOther: 'without cookies' },
    methods: `methods ${methods}`,
    headers: { ifOther: `request headers ${requestHeaders}` },
    'exposed headers': exposedHeaders === '' ? undefined : `exposed headers ${exposedHeaders}`,
    age: { ifOther: `preflights kept for ${maxAgeSeconds}s` },
  };
}

export function clientCertificateWords(asks: ClientCertificate): Phrases {
  const { authorities, revoked, verify, depth, errorPage, isPassed, subject, open } = asks;
  return {
    certificate: verifyWords(verify),
    authorities: `signed by an authority of ${secretWords(authorities)}`,
    'revoked certificates': revoked && `revocations of ${secretWords(revoked)}`,
    depth: { ifOther: `depth ${depth}` },
    subject: subject === undefined ? undefined : `subject ~ ${subject}`,
    'error page': errorPage && `error page ${errorPage}`,
    passed: { ifOther: isPassed ? 'backends get the certificate' : 'backends do not get the certificate' },
    'open paths': open.length === 0 ? undefined : `not for ${shortList(open)} over HTTP`,
    default: { ifOther: asks.isOfAll ? 'also for clients without SNI' : 'for this host alone' },
  };
}

function verifyWords(verify: ClientCertificate['verify']): string {
  switch (verify) {
    case 'on':
      return 'client certificate required';
    case 'off':
      return 'client certificate not checked';
    case 'optional':
      return 'client certificate optional';
    case 'optional_no_ca':
      return 'client certificate optional, from any authority';
  }
}

export function wafWords({ isOn, rules, hasUsualRules, hasCoreRules, transactionId }: Modsecurity): Phrases {
  return {
    ModSecurity: isOn === undefined ? { ifOther: 'ModSecurity as for all hosts' } : `ModSecurity ${onOff(isOn)}`,
    'core rules': hasCoreRules ? 'OWASP core rules' : undefined,
    'usual rules': { ifOther: hasUsualRules ? 'the usual rules' : 'without the usual rules' },
    'own rules': rules === undefined ? undefined : `rules ${rules.replaceAll(/\s*\n\s*/g, ' ').trim()}`,
    'transaction ID': transactionId && `transaction ID ${withVariables(transactionId)}`,
  };
}

export function blockedWords({ userAgents, referers, isEverybody }: Blocked): Phrases {
  return {
    everybody: isEverybody ? 'all requests blocked' : undefined,
    'blocked user agents':
      userAgents.length === 0 ? undefined : `blocked user agents ${shortList(userAgents.map(testWords))}`,
    'blocked referers': referers.length === 0 ? undefined : `blocked referers ${shortList(referers.map(testWords))}`,
  };
}

function testWords(test: TextTest): string {
  return test.kind === 'text' ? test.text : `${test.isCaseSensitive ? '~' : '~*'} ${test.regex}`;
}

import { bytesOf } from '../../../routing/bytes.ts';
import { isExempt } from '../../../routing/exempt-paths.ts';
import type { Location } from '../../../routing/model.ts';
import { compilePcre } from '../../../routing/pcre-match.ts';
import type { Applied } from '../../../routing/policies.ts';
import type { ClientCertificate } from '../../../routing/policies/client-certificate.ts';
import { askerText } from '../asking.ts';
import type { AtServer, Effect, Explainer, OnTheWay } from '../explainer.ts';
import type { SetHeader } from '../model.ts';

type Asked = Applied<ClientCertificate>;

/** Whether a location answers over HTTPS alone, where clients can be asked for a certificate. */
export function needsTls(asks: ClientCertificate | undefined, { written, path }: Location): boolean {
  return asks?.verify === 'on' && !isExempt(written?.path ?? path, asks.open);
}

/** What nginx looks at before anything else: whether there is a certificate, and a good one. */
function atHandshake({ asks, from }: Asked, { request }: AtServer): readonly Effect[] {
  const asker = askerText(from[0]);
  const name = 'client-certificate';
  if (request.scheme === 'http') {
    if (asks.verify === 'on') return [];
    return [{ name, verdict: 'passed', text: `over plain HTTP no client is asked for a certificate (${asker})` }];
  }
  if (request.hasClientCertificate) {
    const requestHeaders = headersOf(asks, asks.verify === 'optional_no_ca' ? undefined : 'SUCCESS');
    const text = `the certificate of the client is taken for one that the authorities vouch for (${asker})`;
    return [{ name, verdict: 'assumed', text, requestHeaders }];
  }
  if (asks.verify !== 'on') {
    const text = `the client shows no certificate, and none is required (${asker}: ${asks.verify})`;
    return [{ name, verdict: 'passed', text, requestHeaders: headersOf(asks, 'NONE') }];
  }
  return [missing(asks, asker)];
}

/** What backends are told in place of what clients say of themselves. */
function headersOf({ isPassed }: ClientCertificate, verify: string | undefined): readonly SetHeader[] {
  const isShown = verify !== 'NONE';
  return [
    { name: 'ssl-client-cert', value: isPassed && isShown ? undefined : '' },
    { name: 'ssl-client-verify', value: verify },
    { name: 'ssl-client-subject-dn', value: isShown ? undefined : '' },
    { name: 'ssl-client-issuer-dn', value: isShown ? undefined : '' },
  ];
}

function missing({ errorPage }: ClientCertificate, asker: string): Effect {
  const name = 'client-certificate';
  const reason = `${asker} requires a client certificate on all paths of the host, and the request shows none`;
  const advice = [
    'Show a certificate that the authorities of the Secret vouch for: --client-cert',
    'TLS knows no paths: give those that need no certificate another host, or set auth-tls-verify-client: optional',
  ];
  if (errorPage === undefined) {
    return { name, verdict: 'answered', text: reason, answer: { status: 400, reason }, advice };
  }
  if (!errorPage.startsWith('/')) {
    const text = `${reason}: it is sent to the error page`;
    return { name, verdict: 'answered', text, answer: { status: 302, url: errorPage, reason, hasBody: true }, advice };
  }
  const [path = '', query] = errorPage.split('?', 2);
  const text = `${reason}: the error page ${errorPage} answers in its place`;
  return { name, verdict: 'changed', text, uri: { path: bytesOf(path), query, isFinal: false } };
}

/** Whose certificate it is, which nginx looks at with the path. */
function atServer({ asks, from }: Asked, { request }: AtServer): readonly Effect[] {
  const { subject } = asks;
  if (subject === undefined) return [];
  const name = 'client-certificate';
  const asker = askerText(from.find(each => /match/.test(each.name)) ?? from[0]);
  if (request.scheme === 'https' && request.hasClientCertificate) {
    const text = `the subject of the certificate is taken to fit ${subject} (${asker})`;
    return [{ name, verdict: 'assumed', text, details: ['another one gets 403'] }];
  }
  const found = compilePcre(subject, { isCaseless: false }).match('');
  if (found !== undefined) return [];
  const reason = `${asker} wants a certificate of the subject ${subject}, and the request shows none`;
  const advice = ['Show a certificate of this subject over HTTPS: --client-cert'];
  return [{ name, verdict: 'answered', text: reason, answer: { status: 403, reason, hasBody: true }, advice }];
}

/** Over plain HTTP nobody shows a certificate. */
function atLocation({ asks, from }: Asked, { request, location }: OnTheWay): readonly Effect[] {
  if (request.scheme === 'https') return [];
  const name = 'client-certificate';
  const asker = askerText(from[0]);
  if (!needsTls(asks, location)) {
    if (asks.verify !== 'on') return [];
    return [{ name, verdict: 'passed', text: 'the path needs no certificate over plain HTTP (no-auth-locations)' }];
  }
  const reason = `${asker} requires a client certificate, which no client can show over plain HTTP`;
  const advice = ['Ask over HTTPS, with --client-cert'];
  return [{ name, verdict: 'answered', text: reason, answer: { status: 403, reason }, advice }];
}

export const explainClientCertificate: readonly Explainer<ClientCertificate>[] = [
  { phase: 'connection', explain: atHandshake },
  { phase: 'server', explain: atServer },
  { phase: 'guard', explain: atLocation },
];

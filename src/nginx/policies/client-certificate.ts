import { withoutNames } from '../group-names.ts';
import { bareWord, EMPTY, exactKey, patternKey, quote, quoteLiteral, variable } from '../quote.ts';
import { certificatePath } from '../secret-paths.ts';

import type { Header } from '../headers.ts';
import type { Declarations } from '../declarations.ts';
import type { ServerRenderer } from '../parts.ts';
import type { Quoted } from '../quote.ts';
import { isExempt } from '../../routing/exempt-paths.ts';

/** What backends get in place of whatever clients say of themselves. */
function headersOf(isPassed: boolean): readonly Header[] {
  return [
    { name: 'ssl-client-cert', value: isPassed ? variable('ssl_client_escaped_cert') : EMPTY },
    { name: 'ssl-client-verify', value: variable('ssl_client_verify') },
    { name: 'ssl-client-subject-dn', value: variable('ssl_client_s_dn') },
    { name: 'ssl-client-issuer-dn', value: variable('ssl_client_i_dn') },
  ];
}

/**
 * What stands for a client that names no host in the handshake: nginx has asked it for whatever certificate the default
 * server wants. Where the names differ, nginx answers 421 by itself.
 */
function nameless(declare: Declarations): Quoted {
  const of = quote('$https$ssl_server_name');
  return declare.map({ name: 'without_name', of, rows: [[exactKey('on'), bareWord('1')]], otherwise: EMPTY });
}

/** What stands for a certificate of somebody else, or for none. */
function stranger(subject: string, declare: Declarations): Quoted {
  const key = patternKey(withoutNames(subject).text);
  return declare.map({
    name: 'stranger',
    of: variable('ssl_client_s_dn'),
    rows: [[key, EMPTY]],
    otherwise: bareWord('1'),
  });
}

export const renderClientCertificate: ServerRenderer<'clientCertificate'> = (asks, { declare, text }) => {
  const { authorities, revoked, verify, depth, errorPage, isPassed, subject, open, isOfAll } = asks;
  const server = text('policies/client-certificate.server.conf', {
    authorities: bareWord(certificatePath(authorities)),
    revoked: revoked === undefined ? undefined : bareWord(certificatePath(revoked)),
    verify: bareWord(verify),
    depth,
    isOfAll,
    errorPage: errorPage === undefined ? undefined : quoteLiteral(errorPage, declare),
    nameless: isOfAll || verify === 'off' ? undefined : nameless(declare),
    stranger: subject === undefined ? undefined : stranger(subject, declare),
  });
  const isRequired = verify === 'on';
  return {
    server,
    needsCertificate: true,
    requestHeaders: headersOf(isPassed),
    ...(isRequired ? { location: { access: text('policies/client-certificate.conf', {}) } } : {}),
    isFor: ({ written, path }) => !isExempt(written?.path ?? path, open),
  };
};

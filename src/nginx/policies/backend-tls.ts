import { bareWord, quote, quoteTemplate } from '../quote.ts';
import { certificatePath } from '../secret-paths.ts';

import type { UpstreamRenderer } from '../parts.ts';

/** TLS to a backend: it belongs to the locations that lead there, all of which ask for the same. */
export const renderBackendTls: UpstreamRenderer<'backendTls'> = {
  location(asks, { upstream }, { declare, text }) {
    const { authorities, keyPair, ciphers, protocols, isVerified, depth, name, sendsName } = asks;
    const view = {
      module: bareWord(upstream.protocol === 'grpcs' ? 'grpc_ssl' : 'proxy_ssl'),
      authorities: authorities === undefined ? undefined : bareWord(certificatePath(authorities)),
      keyPair: keyPair === undefined ? undefined : bareWord(certificatePath(keyPair)),
      ciphers: quote(ciphers),
      protocols: protocols.map(bareWord),
      isVerified,
      depth,
      name: name === undefined ? undefined : quoteTemplate(name, declare),
      sendsName,
    };
    return { location: { content: text('policies/backend-tls.conf', view) } };
  },
};

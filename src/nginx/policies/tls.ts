import { bareWord, quote } from '../quote.ts';

import type { HttpRenderer } from '../parts.ts';

export const renderTls: HttpRenderer<'tls'> = ({ protocols, ciphers }, { text }) => ({
  tls: text('policies/tls.http.conf', { protocols: protocols.map(bareWord), ciphers: quote(ciphers) }),
});

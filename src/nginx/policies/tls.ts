import { bareWord, quote, variable } from '../quote.ts';
import { certificatePath } from '../secret-paths.ts';

import type { HttpRenderer } from '../parts.ts';

export const renderTls: HttpRenderer<'tls'> = (asks, { text }) => {
  const { protocols, ciphers, curves, dhParameters, takesEarlyData } = asks;
  return {
    tls: text('policies/tls.http.conf', {
      protocols: protocols.map(bareWord),
      ciphers: quote(ciphers),
      curves: curves === undefined ? undefined : quote(curves),
      dhParameters: dhParameters === undefined ? undefined : bareWord(certificatePath(dhParameters)),
      takesEarlyData: takesEarlyData === true,
    }),
    // Whoever resends such a request makes the backend do it twice: it may answer 425 instead.
    ...(takesEarlyData === true ? { requestHeaders: [{ name: 'Early-Data', value: variable('ssl_early_data') }] } : {}),
  };
};

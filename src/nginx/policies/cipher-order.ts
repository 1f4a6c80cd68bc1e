import type { ServerRenderer } from '../parts.ts';

export const renderCipherOrder: ServerRenderer<'cipherOrder'> = ({ isOfServer }, { text }) => ({
  server: text('policies/cipher-order.server.conf', { isOfServer }),
  needsCertificate: true,
});

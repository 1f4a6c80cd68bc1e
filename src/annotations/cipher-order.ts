import type { OptionSpec } from '../options/option.ts';
import { bool } from '../options/value-type.ts';
import { annotationText } from './annotation-ref.ts';
import { defineFamily } from './family.ts';

const NAME = 'ssl-prefer-server-ciphers';

/** Who chooses the cipher of a connection to a host. */
export const cipherOrder = defineFamily({
  name: 'cipherOrder',
  options: {},
  annotations: {
    [NAME]: {
      type: bool,
      default: true,
      example: 'false',
      summary: 'Whether the server, and not the client, chooses the cipher of TLS 1.2 and older.',
      becomes: 'ssl_prefer_server_ciphers',
    } satisfies OptionSpec<boolean>,
  },
  read: (values, { ingress, refused }) =>
    annotationText(ingress, NAME) === '' || refused.has(NAME) ? undefined : { isOfServer: values[NAME] },
  gives: { server: asked => asked },
});

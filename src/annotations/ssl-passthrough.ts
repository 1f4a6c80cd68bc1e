import type { OptionSpec } from '../options/option.ts';
import { bool } from '../options/value-type.ts';
import { defineFamily } from './family.ts';
import { droppedForValue } from './rules/annotations.ts';

const NAME = 'ssl-passthrough';

/**
 * Hands the TLS connections for a host to the backend of its path `/`, unread.
 * Source: ingress-nginx 1.15.1, internal/ingress/annotations/sslpassthrough/main.go, pkg/tcpproxy/tcp.go.
 */
export const sslPassthrough = defineFamily({
  name: 'sslPassthrough',
  options: {},
  annotations: {
    [NAME]: {
      type: bool,
      default: false,
      example: 'true',
      summary: 'Hands TLS connections for the host to the backend of its path `/`, without decrypting them.',
      becomes: 'stream, ssl_preread, map, proxy_pass',
      differs: [
        {
          says: 'connections go to the endpoints of the Service, not to its cluster IP, and none is needed',
          where: isAsked => isAsked,
        },
      ],
    } satisfies OptionSpec<boolean>,
  },
  invalid: { rule: droppedForValue, isDropped: () => true },
  read: values => (values[NAME] ? true : undefined),
  gives: { passesTls: asked => asked },
});

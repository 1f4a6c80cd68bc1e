import type { OptionSpec } from '../options/option.ts';
import { oneOf, stripped } from '../options/value-type.ts';
import type { ConnectionHeader } from '../routing/policies/connection-header.ts';
import { defineFamily } from './family.ts';
import { droppedForValue } from './rules/annotations.ts';

const NAME = 'connection-proxy-header';

/**
 * The Connection header that backends get. Another value makes the controller drop the Ingress.
 * Source: ingress-nginx 1.15.1, internal/ingress/annotations/connection/main.go.
 */
export const connectionHeader = defineFamily({
  name: 'connectionHeader',
  annotations: {
    [NAME]: {
      type: stripped<ConnectionHeader['value'] | ''>(oneOf('close', 'keep-alive')),
      default: '',
      example: 'keep-alive',
      summary: 'The Connection header that the backend gets; with it there are no WebSockets.',
      becomes: 'proxy_set_header Connection',
    } satisfies OptionSpec<ConnectionHeader['value'] | ''>,
  },
  options: {},
  invalid: { rule: droppedForValue, isDropped: () => true },
  read(values): ConnectionHeader | undefined {
    const value = values[NAME];
    return value === '' ? undefined : { value };
  },
  gives: { location: asked => asked },
});

import type { OptionSpec } from '../options/option.ts';
import { bool } from '../options/value-type.ts';
import { defineFamily } from '../annotations/family.ts';
import { configMapName, configuredHeaders } from './configured-headers.ts';

const SET = 'proxy-set-headers';

/** Headers by which HTTP itself tells where a request ends. */
const FRAMING: ReadonlySet<string> = new Set(['content-length', 'transfer-encoding']);

function problemOfName(name: string): { readonly problem: string; readonly help: string } | undefined {
  if (!FRAMING.has(name.toLowerCase())) return undefined;
  return { problem: 'would tell the backend a wrong end of the request', help: 'remove it' };
}

/**
 * Headers of the requests that all backends get.
 * Source: ingress-nginx 1.15.1, rootfs/etc/nginx/template/nginx.tmpl and internal/ingress/controller/nginx.go.
 */
export const requestHeaders = defineFamily({
  name: 'requestHeaders',
  annotations: {},
  options: {
    [SET]: {
      type: configMapName,
      default: '',
      example: 'ingress-nginx/request-headers',
      summary: 'A ConfigMap with headers that all backends get; variables of nginx are replaced in their values.',
      becomes: 'proxy_set_header',
      differs: [
        {
          says: 'a header that backends get anyway is replaced; the controller sends both',
          where: name => name !== '',
        },
      ],
    } satisfies OptionSpec<string>,
    'generate-request-id': {
      type: bool,
      default: true,
      example: 'false',
      summary: 'Whether requests without an X-Request-ID get one.',
      becomes: 'map, proxy_set_header',
    } satisfies OptionSpec<boolean>,
    'proxy-add-original-uri-header': {
      type: bool,
      default: false,
      example: 'true',
      summary: 'Whether backends get the original URI in X-Original-URI.',
      becomes: 'proxy_set_header',
    } satisfies OptionSpec<boolean>,
  },
  read: () => undefined,
  gives: {
    http(options, context) {
      const headers = configuredHeaders(SET, options[SET], context, problemOfName);
      return {
        // Of one that is refused nothing is sent: what the client says under this name might pass for it.
        headers: headers.map(each => ('refused' in each ? { name: each.name, value: [] } : each)),
        generatesId: options['generate-request-id'],
        hasOriginalUri: options['proxy-add-original-uri-header'],
      };
    },
  },
});

import { defineFamily } from '../annotations/family.ts';
import { networksOfOption } from '../options/networks.ts';
import type { OptionSpec } from '../options/option.ts';
import type { ValueType } from '../options/value-type.ts';
import { bool, text } from '../options/value-type.ts';
import { listenOptions } from './listen.ts';

/** nginx drops headers with an underscore, and knows one word with it that is no header. */
const headerName: ValueType<string> = { ...text(/^[A-Za-z0-9-]{1,64}$/, 'letters, digits and "-"'), name: 'header' };

/** Who may name the client. */
type Trusted = readonly string[] | 'unknown';

/** Stands for a header whose name could not be read. */
const UNREADABLE = '';
const FOR = 'X-Forwarded-For';

/**
 * Who the client is, and how it asked, where proxies in front of nginx say so.
 * Source: ingress-nginx 1.15.1, rootfs/etc/nginx/template/nginx.tmpl and rootfs/etc/nginx/lua/lua_ingress.lua.
 */
export const forwarded = defineFamily({
  name: 'forwarded',
  annotations: {},
  options: {
    ...listenOptions,
    'use-forwarded-headers': {
      type: bool,
      default: false,
      example: 'true',
      summary: 'Whether the X-Forwarded headers of requests are believed, as a proxy in front of nginx sends them.',
      becomes: 'real_ip_header, map',
    } satisfies OptionSpec<boolean>,
    'enable-real-ip': {
      type: bool,
      default: false,
      example: 'true',
      summary: 'Whether trusted proxies name the client in a header; the other forwarded headers are not believed.',
      becomes: 'real_ip_header, real_ip_recursive',
    } satisfies OptionSpec<boolean>,
    'proxy-real-ip-cidr': {
      type: networksOfOption,
      default: ['0.0.0.0/0'],
      ifRefused: 'unknown',
      example: '10.0.0.0/8,2001:db8::/32',
      summary: 'The proxies that are trusted to name the client.',
      becomes: 'set_real_ip_from',
    } satisfies OptionSpec<Trusted>,
    'forwarded-for-header': {
      type: headerName,
      default: FOR,
      ifRefused: UNREADABLE,
      example: 'CF-Connecting-IP',
      summary: 'The request header that names the client.',
      becomes: 'real_ip_header',
    } satisfies OptionSpec<string>,
    'compute-full-forwarded-for': {
      type: bool,
      default: false,
      example: 'true',
      summary: 'Whether backends get X-Forwarded-For continued rather than replaced, with `use-forwarded-headers`.',
      becomes: 'map, proxy_set_header',
    } satisfies OptionSpec<boolean>,
    'forwarded-host-header': {
      type: headerName,
      default: 'X-Forwarded-Host',
      example: 'X-Host',
      summary: 'The request header that backends get as X-Original-Forwarded-Host.',
      becomes: 'proxy_set_header',
    } satisfies OptionSpec<string>,
    'forwarded-for-proxy-protocol-header': {
      type: headerName,
      default: 'X-Forwarded-For-Proxy-Protocol',
      example: 'X-Client-Chain',
      summary: 'The header in which backends get what names the client, with PROXY protocol and forwarded headers.',
      becomes: 'geo, map, proxy_set_header',
      differs: [
        {
          says:
            'unless proxy-real-ip-cidr trusts all of IPv4, the client is the one in the PROXY header alone, and lists of ' +
            'addresses refuse what trusted proxies bring',
        },
      ],
    } satisfies OptionSpec<string>,
  },
  read: () => undefined,
  gives: {
    http(options) {
      const isBelieved = options['use-forwarded-headers'];
      const isNamed = isBelieved || options['enable-real-ip'] || options['use-proxy-protocol'];
      const trusted = options['proxy-real-ip-cidr'];
      const forHeader = options['forwarded-for-header'];
      const isClosed = isNamed && (trusted === 'unknown' || forHeader === UNREADABLE);
      return {
        isBelieved,
        isContinued: isBelieved && options['compute-full-forwarded-for'],
        forHeader: forHeader === UNREADABLE ? FOR : forHeader,
        hostHeader: options['forwarded-host-header'],
        bothHeader: options['forwarded-for-proxy-protocol-header'],
        isClosed,
        ...(isNamed && trusted !== 'unknown' ? { trusted } : {}),
      };
    },
  },
});

import type { OptionSpec } from '../options/option.ts';
import { duration } from '../options/duration.ts';
import { bool } from '../options/value-type.ts';

/** How connections of clients come in. */
export const listenOptions = {
  'use-proxy-protocol': {
    type: bool,
    default: false,
    example: 'true',
    summary: 'Whether connections begin with a PROXY protocol header, which names the client.',
    becomes: 'listen … proxy_protocol, real_ip_header proxy_protocol',
  } satisfies OptionSpec<boolean>,
  'proxy-protocol-header-timeout': {
    type: duration,
    default: '5s',
    example: '10s',
    summary: 'How long a TLS connection has for its PROXY protocol header, where any host has ssl-passthrough.',
    becomes: 'proxy_protocol_timeout',
  } satisfies OptionSpec<string>,
} as const;

import type { OptionSpec } from '../options/option.ts';
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
} as const;

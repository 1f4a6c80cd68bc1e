import type { OptionSpec } from '../options/option.ts';
import { bool } from '../options/value-type.ts';

export const PORT_IN_REDIRECTS = 'use-port-in-redirects';

const usual = { type: bool, default: false, example: 'true' } as const;

/** The same annotation for redirects to HTTPS and for those that nginx makes by itself. */
export const portInRedirects = {
  [PORT_IN_REDIRECTS]: {
    ...usual,
    defaultFrom: PORT_IN_REDIRECTS,
    summary: 'Whether redirects name the port: to HTTPS that of HTTPS, to a path the one on which nginx listens.',
    becomes: 'map, return, port_in_redirect',
  } satisfies OptionSpec<boolean>,
};

export const portInRedirectsOption = {
  [PORT_IN_REDIRECTS]: {
    ...usual,
    summary: 'Whether redirects name the port, where no annotation says otherwise.',
    becomes: 'map, return, port_in_redirect',
  } satisfies OptionSpec<boolean>,
};

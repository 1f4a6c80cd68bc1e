import type { OptionSpec } from '../options/option.ts';
import { oneOf } from '../options/value-type.ts';

export const HTTP_REDIRECT_CODE = 'http-redirect-code';

export const CODES = { '301': 301, '302': 302, '307': 307, '308': 308 } as const;

export type CodeText = keyof typeof CODES;

/** The same option for redirects to HTTPS and to the other name of a host. */
export const httpRedirectCode = {
  [HTTP_REDIRECT_CODE]: {
    type: oneOf('301', '302', '307', '308'),
    default: '308',
    example: '301',
    summary: 'The status of redirects to HTTPS, and of those with and without `www.`.',
    becomes: 'return',
  } satisfies OptionSpec<CodeText>,
};

import { defineFamily } from '../annotations/family.ts';
import type { OptionSpec } from '../options/option.ts';
import { bool } from '../options/value-type.ts';

/** What nginx writes to files for a while; off by itself, since not every nginx is built with threads. */
export const fileWriting = defineFamily({
  name: 'fileWriting',
  annotations: {},
  options: {
    'enable-aio-write': {
      type: bool,
      default: false,
      example: 'true',
      summary: 'Whether nginx writes temporary files in threads of their own; it must be built with threads.',
      becomes: 'aio, aio_write',
    } satisfies OptionSpec<boolean>,
  },
  read: () => undefined,
  gives: { http: options => (options['enable-aio-write'] ? { isInThreads: true } : undefined) },
});

import { defineFamily } from '../annotations/family.ts';
import { integerOfOption } from '../options/integer-of-option.ts';
import type { OptionSpec } from '../options/option.ts';
import { bool } from '../options/value-type.ts';

/** What nginx allows, too. */
const USUAL_STREAMS = 128;

/** HTTP/2 with clients. */
export const http2 = defineFamily({
  name: 'http2',
  annotations: {},
  options: {
    'use-http2': {
      type: bool,
      default: true,
      example: 'false',
      summary: 'Whether HTTPS clients may speak HTTP/2.',
      becomes: 'http2',
    } satisfies OptionSpec<boolean>,
    'http2-max-concurrent-streams': {
      type: integerOfOption({ min: 1, max: 2_147_483_647 }),
      default: USUAL_STREAMS,
      example: '64',
      summary: 'How many streams an HTTP/2 connection may have open at once.',
      becomes: 'http2_max_concurrent_streams',
    } satisfies OptionSpec<number>,
  },
  read: () => undefined,
  gives: {
    http(options) {
      const asks = { isOffered: options['use-http2'], maxStreams: options['http2-max-concurrent-streams'] };
      return asks.isOffered && asks.maxStreams === USUAL_STREAMS ? undefined : asks;
    },
  },
});

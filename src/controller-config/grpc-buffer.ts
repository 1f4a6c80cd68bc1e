import { defineFamily } from '../annotations/family.ts';
import { integerOfOption } from '../options/integer-of-option.ts';
import type { OptionSpec } from '../options/option.ts';

/** A gigabyte: each request gets such a buffer. */
const MOST = 1_048_576;

/** The buffer of responses of gRPC backends. */
export const grpcBuffer = defineFamily({
  name: 'grpcBuffer',
  annotations: {},
  options: {
    'grpc-buffer-size-kb': {
      type: integerOfOption({ min: -MOST, max: MOST }),
      default: 0,
      example: '16',
      summary: 'How many kilobytes of the response of a gRPC backend are read at once; 0 leaves that to nginx.',
      becomes: 'grpc_buffer_size',
    } satisfies OptionSpec<number>,
  },
  read: () => undefined,
  gives: {
    http(options) {
      const kilobytes = options['grpc-buffer-size-kb'];
      return kilobytes > 0 ? { kilobytes } : undefined;
    },
  },
});

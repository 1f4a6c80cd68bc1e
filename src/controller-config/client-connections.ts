import { defineFamily } from '../annotations/family.ts';
import { integerOfOption } from '../options/integer-of-option.ts';
import type { OptionSpec } from '../options/option.ts';
import { secondsOfOption } from '../options/seconds.ts';
import { size } from '../options/size.ts';
import type { ValueType } from '../options/value-type.ts';

/** Seconds that nginx, which counts milliseconds, can hold in 32 bits. */
const LONGEST = 2_147_483;

/** nginx takes no smaller ones: the memory of a connection is as large. */
const bufferSize = size({ hasGigabytes: false, minBytes: 512n, help: 'write a size from "512" on, such as "16k"' });

/** `4 8k`, with one space. */
const largeBuffers: ValueType<string> = {
  name: 'number and size of buffers',
  schema: { pattern: '^\\s*[1-9][0-9]*\\s+[0-9]+[kKmM]?\\s*$' },
  parse(text) {
    const [, digits = '', written = ''] = /^\s*([1-9]\d{0,5})\s+(\S+)\s*$/.exec(text) ?? [];
    if (digits === '') {
      const problem = 'is not a number and a size, with a space between them';
      return { ok: false, problem, help: 'write "4 16k"' };
    }
    const parsed = bufferSize.parse(written);
    if (parsed.ok) return { ok: true, value: `${digits} ${parsed.value}` };
    return { ok: false, problem: `has the size "${written}", which ${parsed.problem}`, help: `write "${digits} 16k"` };
  },
};

/** What nginx reads of clients, whatever the host: it does not know that yet. */
export const clientConnections = defineFamily({
  name: 'clientConnections',
  annotations: {},
  options: {
    'keep-alive': {
      type: integerOfOption({ min: 0, max: LONGEST }),
      default: 75,
      example: '30',
      summary: 'After how many idle seconds a connection of a client is closed; 0 closes it after each response.',
      becomes: 'keepalive_timeout',
    } satisfies OptionSpec<number>,
    'keep-alive-requests': {
      type: integerOfOption({ min: 0, max: Number.MAX_SAFE_INTEGER }),
      default: 1000,
      example: '10000',
      summary: 'After how many requests a connection of a client is closed.',
      becomes: 'keepalive_requests',
    } satisfies OptionSpec<number>,
    'client-header-buffer-size': {
      type: size({ hasGigabytes: false, minBytes: 1n, help: 'write a size such as "1k"' }),
      default: '1k',
      example: '4k',
      summary: 'The buffer for the head of a request; a longer one is put into `large-client-header-buffers`.',
      becomes: 'client_header_buffer_size',
    } satisfies OptionSpec<string>,
    'large-client-header-buffers': {
      type: largeBuffers,
      default: '4 8k',
      example: '4 16k',
      summary: 'The number and size of buffers for long heads. A URL longer than one of them gets 414, a header 400.',
      becomes: 'large_client_header_buffers',
    } satisfies OptionSpec<string>,
    'client-header-timeout': {
      type: secondsOfOption,
      default: 60,
      example: '30',
      summary: 'For how many seconds the head of a request is waited for.',
      becomes: 'client_header_timeout',
    } satisfies OptionSpec<number>,
    'client-body-timeout': {
      type: secondsOfOption,
      default: 60,
      example: '120',
      summary: 'For how many seconds the next piece of a body is waited for.',
      becomes: 'client_body_timeout',
    } satisfies OptionSpec<number>,
  },
  read: () => undefined,
  gives: {
    http: options => ({
      idleSeconds: options['keep-alive'],
      requests: options['keep-alive-requests'],
      headerBuffer: options['client-header-buffer-size'],
      largeBuffers: options['large-client-header-buffers'].split(' '),
      headerSeconds: options['client-header-timeout'],
      bodySeconds: options['client-body-timeout'],
    }),
  },
});

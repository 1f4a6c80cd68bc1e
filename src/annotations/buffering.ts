import type { OptionSpec } from '../options/option.ts';
import { bytesOf, size } from '../options/size.ts';
import type { Parsed, ValueType } from '../options/value-type.ts';
import { integer, oneOf, stripped } from '../options/value-type.ts';
import type { Buffering } from '../routing/policies/buffering.ts';
import { fitTogether } from './buffering-limits.ts';
import { defineFamily } from './family.ts';
import { passedSize, takenSize } from './sizes.ts';

const RESPONSES = 'proxy-buffering';
const REQUESTS = 'proxy-request-buffering';
const SIZE = 'proxy-buffer-size';
const NUMBER = 'proxy-buffers-number';
const BUSY = 'proxy-busy-buffers-size';
const FILE = 'proxy-max-temp-file-size';

type Switch = 'on' | 'off';

interface Values {
  readonly [RESPONSES]: Switch;
  readonly [REQUESTS]: Switch;
  readonly [SIZE]: string;
  readonly [NUMBER]: number;
  readonly [BUSY]: string;
  readonly [FILE]: string;
}

const onOff = stripped(oneOf('on', 'off'));
const bufferSize = inMemory(size({ hasGigabytes: false, minBytes: 1n, help: 'write a size such as "16k"' }));
const fileSize = size({ hasGigabytes: false, minBytes: 0n, help: 'write a size such as "1024m", or "0" for no file' });
/** In bytes: more than any machine holds in memory. */
const TOO_MUCH = 2 ** 40;

function inMemory(type: ValueType<string>): ValueType<string> {
  const parse = (text: string): Parsed<string> => {
    const parsed = type.parse(text);
    if (!parsed.ok || bytesOf(parsed.value) < TOO_MUCH) return parsed;
    return { ok: false, problem: 'is more than a machine has', help: 'write a size such as "16k"' };
  };
  return { ...type, parse };
}

/** nginx takes no single buffer. */
const count = integer({ min: 2, max: 1_000_000 });
/** The default of nginx where the controller writes nothing. */
const USUAL_FILE = '1024m';

/** An option without a text is none. */
const busySize: ValueType<string> = {
  ...bufferSize,
  parse: text => (text.trim() === '' ? { ok: true, value: '' } : bufferSize.parse(text.trim())),
};

function bufferingOf(values: Values): Buffering {
  return {
    readsAhead: values[RESPONSES] === 'on',
    holdsRequests: values[REQUESTS] === 'on',
    buffers: { count: values[NUMBER], size: values[SIZE] },
    busySize: values[BUSY] === '' ? undefined : values[BUSY],
    fileSize: values[FILE],
  };
}

function isSameSize(one: string | undefined, other: string | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  return bytesOf(one) === bytesOf(other);
}

/** What differs from what holds for all hosts; undefined for nothing. */
function differing(own: Buffering, ofAll: Buffering): Partial<Buffering> | undefined {
  const { readsAhead, holdsRequests, buffers, busySize, fileSize } = own;
  const isSameBuffers = buffers.count === ofAll.buffers.count && isSameSize(buffers.size, ofAll.buffers.size);
  const found = {
    ...(readsAhead === ofAll.readsAhead ? {} : { readsAhead }),
    ...(holdsRequests === ofAll.holdsRequests ? {} : { holdsRequests }),
    ...(isSameBuffers ? {} : { buffers }),
    ...(isSameSize(busySize, ofAll.busySize) ? {} : { busySize }),
    ...(isSameSize(fileSize, ofAll.fileSize) ? {} : { fileSize }),
  };
  return Object.keys(found).length === 0 ? undefined : found;
}

const responses = {
  default: 'off',
  example: 'on',
  summary: 'Whether responses of the backend are read ahead of the client.',
  becomes: 'proxy_buffering',
} as const;
const requests = {
  default: 'on',
  example: 'off',
  summary: 'Whether a request body is there as a whole before the backend gets it.',
  becomes: 'proxy_request_buffering',
} as const;
const sizeOf = {
  default: '4k',
  example: '16k',
  summary: 'The size of a buffer for responses. The head of a response must fit into one, else the answer is 502.',
  becomes: 'proxy_buffer_size, proxy_buffers',
} as const;
const number = {
  default: 4,
  example: '8',
  summary: 'How many buffers a response may fill; at least 2.',
  becomes: 'proxy_buffers',
} as const;
const busy = {
  default: '',
  example: '32k',
  summary: 'How much of the buffers may be on its way to the client: from one buffer to all but one; else two.',
  becomes: 'proxy_busy_buffers_size',
} as const;
const file = {
  default: USUAL_FILE,
  example: '0',
  summary: 'How much of a response may go to a file while it is read ahead; `0` for nothing, else at least a buffer.',
  becomes: 'proxy_max_temp_file_size',
} as const;

/**
 * How much of requests and responses nginx holds.
 * Source: ingress-nginx 1.15.1, internal/ingress/annotations/proxy/main.go.
 */
export const buffering = defineFamily({
  name: 'buffering',
  annotations: {
    [RESPONSES]: { ...responses, type: onOff, defaultFrom: RESPONSES } satisfies OptionSpec<Switch>,
    [REQUESTS]: { ...requests, type: onOff, defaultFrom: REQUESTS } satisfies OptionSpec<Switch>,
    [SIZE]: { ...sizeOf, type: passedSize(bufferSize), defaultFrom: SIZE } satisfies OptionSpec<string>,
    [NUMBER]: { ...number, type: count, defaultFrom: NUMBER } satisfies OptionSpec<number>,
    [BUSY]: { ...busy, type: passedSize(bufferSize), defaultFrom: BUSY } satisfies OptionSpec<string>,
    [FILE]: { ...file, type: passedSize(fileSize), defaultFrom: FILE } satisfies OptionSpec<string>,
  },
  options: {
    [RESPONSES]: { ...responses, type: onOff } satisfies OptionSpec<Switch>,
    [REQUESTS]: { ...requests, type: onOff } satisfies OptionSpec<Switch>,
    [SIZE]: { ...sizeOf, type: stripped(bufferSize) } satisfies OptionSpec<string>,
    [NUMBER]: { ...number, type: count } satisfies OptionSpec<number>,
    [BUSY]: { ...busy, type: busySize } satisfies OptionSpec<string>,
    [FILE]: { ...file, type: stripped(fileSize) } satisfies OptionSpec<string>,
  },
  read(values, context) {
    const { options, report, written } = context;
    const taken = {
      ...values,
      [SIZE]: takenSize(bufferSize, SIZE, values[SIZE], context) ?? options[SIZE],
      [BUSY]: values[BUSY] === '' ? '' : (takenSize(bufferSize, BUSY, values[BUSY], context) ?? options[BUSY]),
      [FILE]: takenSize(fileSize, FILE, values[FILE], context) ?? USUAL_FILE,
    };
    const ofAll = fitTogether(bufferingOf(options), () => undefined);
    // What is wrong with the options alone is said where they are read.
    const isOwn = [SIZE, NUMBER, BUSY, FILE].some(name => written(name) !== undefined);
    return differing(fitTogether(bufferingOf(taken), written, isOwn ? report : undefined), ofAll);
  },
  gives: {
    http: (options, { report, written }) => fitTogether(bufferingOf(options), written, report),
    location: asked => asked,
  },
});

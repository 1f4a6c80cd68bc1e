import { defineFamily } from '../annotations/family.ts';
import { integerOfOption } from '../options/integer-of-option.ts';
import type { OptionSpec } from '../options/option.ts';
import type { ValueType } from '../options/value-type.ts';
import { bool, integer } from '../options/value-type.ts';

/** More than any machine has processors. */
const MOST_WORKERS = 1024;
/** nginx reserves memory for each connection that a worker may have. */
const MOST_CONNECTIONS = 1_000_000;
/** nginx needs one for each address and port that it listens on, and some for its workers. */
const FEWEST_CONNECTIONS = 64;
/** Open files of a worker without a word of anybody. */
const FILES = 4096;
/** Of these, what is no connection: logs, caches, bodies. */
const OTHER_FILES = 1024;

const workers: ValueType<number | 'auto'> = {
  name: 'whole number, or `auto`',
  schema: { pattern: '^(auto|[1-9][0-9]*)$' },
  parse(text) {
    if (text === 'auto') return { ok: true, value: 'auto' };
    const parsed = integer({ min: 1, max: MOST_WORKERS }).parse(text);
    return parsed.ok ? parsed : { ...parsed, help: `write "auto", or a number from 1 to ${MOST_WORKERS}` };
  },
};

/** Processors of a mask, as many as Linux has. */
const MASKS = /^(?:auto(?: [01]{1,1024})?|[01]{1,1024}(?: [01]{1,1024}){0,1023})?$/;

const affinity: ValueType<string> = {
  name: 'masks of processors, or `auto`',
  schema: { pattern: '^(auto( [01]+)?|[01]+( [01]+)*)?$' },
  parse(text) {
    const words = text.trim().replaceAll(/\s+/g, ' ');
    if (MASKS.test(words)) return { ok: true, value: words };
    return { ok: false, problem: 'is not a list of masks of processors', help: 'write "auto", or masks: "0001 0010"' };
  },
};

const anyConnections = integerOfOption({ min: 0, max: MOST_CONNECTIONS });

const connections: ValueType<number> = {
  ...anyConnections,
  parse(text) {
    const parsed = anyConnections.parse(text);
    if (!parsed.ok || parsed.value === 0 || parsed.value >= FEWEST_CONNECTIONS) return parsed;
    return { ok: false, problem: 'is too few: nginx needs some itself', help: `write at least ${FEWEST_CONNECTIONS}` };
  },
};

/**
 * The processes of nginx, and their limits.
 * Source: ingress-nginx 1.15.1, internal/ingress/controller/nginx.go, generateTemplate.
 */
export const processes = defineFamily({
  name: 'processes',
  annotations: {},
  options: {
    'worker-processes': {
      type: workers,
      default: 'auto',
      example: '4',
      summary: 'How many workers nginx starts; `auto` is one for each processor.',
      becomes: 'worker_processes',
    } satisfies OptionSpec<number | 'auto'>,
    'worker-cpu-affinity': {
      type: affinity,
      default: '',
      example: 'auto',
      summary: 'The processors that each worker runs on, as masks.',
      becomes: 'worker_cpu_affinity',
    } satisfies OptionSpec<string>,
    'max-worker-connections': {
      type: connections,
      default: 2048,
      example: '16384',
      summary:
        'How many connections a worker may have to clients and backends; 0 is three quarters of `max-worker-open-files`.',
      becomes: 'worker_connections',
    } satisfies OptionSpec<number>,
    'max-worker-open-files': {
      type: integerOfOption({ min: 0, max: 2 * MOST_CONNECTIONS }),
      default: 0,
      example: '65536',
      summary: `How many files and connections a worker may have open; 0 is ${FILES}, or what the connections need.`,
      becomes: 'worker_rlimit_nofile',
    } satisfies OptionSpec<number>,
    'enable-multi-accept': {
      type: bool,
      default: false,
      example: 'true',
      summary: 'Whether a worker takes all new connections at once instead of one after the other.',
      becomes: 'multi_accept',
    } satisfies OptionSpec<boolean>,
  },
  read: () => undefined,
  gives: {
    main(options) {
      const { 'worker-processes': count, 'max-worker-open-files': files, 'worker-cpu-affinity': masks } = options;
      const asked = options['max-worker-connections'];
      const most = asked === 0 ? Math.max(FEWEST_CONNECTIONS, Math.floor(((files || FILES) * 3) / 4)) : asked;
      return {
        workers: count === 'auto' ? undefined : count,
        affinity: masks === '' ? [] : masks.split(' '),
        connections: most,
        openFiles: files === 0 ? Math.max(FILES, most + OTHER_FILES) : files,
        acceptsMany: options['enable-multi-accept'],
      };
    },
  },
});

import type { OptionSpec } from '../options/option.ts';
import type { Parsed, ValueType } from '../options/value-type.ts';
import { bool } from '../options/value-type.ts';
import { defineFamily } from '../annotations/family.ts';
import type { AccessLogs, LogParam, LogTarget } from '../routing/policies/access-logs.ts';
import type { TextTest } from '../routing/text-test.ts';
import { IN_STREAMS } from '../routing/variable-text.ts';
import { formatParts, logFormat } from './log-formats.ts';
import { logPath, OTHER_PLACE, readTarget, reportNoHost, syslogOf, syslogOptions } from './log-targets.ts';
import { optionWithoutEffect } from './rules/options.ts';
import { distinct, textTests } from './text-tests.ts';

const FORMAT =
  '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent" ' +
  '$request_length $request_time [$proxy_upstream_name] [$proxy_alternative_upstream_name] $upstream_addr ' +
  '$upstream_response_length $upstream_response_time $upstream_status $req_id';
const STREAM_FORMAT = '[$remote_addr] [$time_local] $protocol $status $bytes_sent $bytes_received $session_time';
const PARAMS = 'access-log-params';

const PARAM =
  /^(?:buffer=(?!0+[kKmM]?$)(?:\d{1,7}|\d{1,5}[kK]|\d{1,2}[mM])|gzip(?:=[1-9])?|flush=(?!0+[a-z]*$)\d{1,6}(?:ms|[smhd])?)$/;

/** Words that nginx takes at the end of `access_log`. */
const params: ValueType<string> = {
  name: '`buffer=SIZE`, `gzip` and `flush=TIME`, separated by blanks',
  schema: {},
  parse(value): Parsed<string> {
    const words = wordsOf(value);
    const wrong = words.find(word => !PARAM.test(word));
    const help = 'write "buffer=64k flush=1m", or "buffer=64k gzip flush=1m"';
    if (wrong !== undefined) return { ok: false, problem: `has "${wrong}", which is no parameter of a log here`, help };
    if (words.length > 0 && words.every(word => word.startsWith('flush=')))
      return { ok: false, problem: 'has a time for a buffer that it does not have', help };
    return { ok: true, value };
  },
};

function wordsOf(value: string): readonly string[] {
  return value.split(/\s+/).filter(word => word !== '');
}

/** Of equal names the last counts, as for nginx. */
function paramsOf(value: string): readonly LogParam[] {
  const words = new Map(wordsOf(value).map(word => [word.split('=')[0], word.split('=')[1]]));
  const names = ['buffer', 'gzip', 'flush'] as const;
  return names.flatMap(name => (words.has(name) ? [{ name, value: words.get(name) }] : []));
}

const formatOption = {
  type: logFormat(),
  default: FORMAT,
  example: '$remote_addr "$request" $status $namespace/$service_name',
  summary: 'The lines of the access log for HTTP.',
  becomes: 'log_format',
  differs: [
    {
      says: '$proxy_upstream_name is the name of the upstream here, and empty where gRPC or FastCGI is spoken',
      where: format => format.includes('proxy_upstream_name'),
    },
    {
      says: '$proxy_alternative_upstream_name is empty; a request that a canary takes has its name in $proxy_upstream_name',
      where: format => format.includes('proxy_alternative_upstream_name'),
    },
  ],
} satisfies OptionSpec<string>;

const bools = (summary: string) =>
  ({ type: bool, default: false, example: 'true', summary, becomes: 'access_log' }) satisfies OptionSpec<boolean>;

interface Paths {
  readonly 'access-log-path': string;
}

/** Where a log goes by its own path, else by that of both. */
function targetOf(own: string, { 'access-log-path': common }: Paths): LogTarget | undefined {
  const read = readTarget(own === '' ? common : own, 'access.log');
  return read.ok ? read.value : { kind: 'usual' };
}

/**
 * The logs of requests and connections.
 * Source: ingress-nginx 1.15.1, rootfs/etc/nginx/template/nginx.tmpl.
 */
export const accessLogs = defineFamily({
  name: 'accessLogs',
  annotations: {},
  options: {
    ...syslogOptions,
    'access-log-path': {
      type: logPath('access.log', false),
      default: '/var/log/nginx/access.log',
      example: '/var/log/nginx/requests.log',
      summary: 'The file of the access log.',
      becomes: 'access_log',
      differs: [OTHER_PLACE],
    } satisfies OptionSpec<string>,
    'http-access-log-path': {
      type: logPath('access.log', true),
      default: '',
      example: '/var/log/nginx/http.log',
      summary: 'The file of the access log for HTTP alone.',
      becomes: 'access_log',
      differs: [OTHER_PLACE],
    } satisfies OptionSpec<string>,
    'stream-access-log-path': {
      type: logPath('access.log', true),
      default: '',
      example: '/var/log/nginx/tcp.log',
      summary: 'The file of the access log for TCP and UDP alone.',
      becomes: 'access_log',
      differs: [OTHER_PLACE],
    } satisfies OptionSpec<string>,
    [PARAMS]: {
      type: params,
      default: 'buffer=64k flush=100ms',
      example: 'buffer=16k gzip flush=1m',
      summary: 'Further parameters of the access log, such as buffer and flush.',
      becomes: 'access_log',
    } satisfies OptionSpec<string>,
    'disable-access-log': bools('Whether nothing at all goes to the access log.'),
    'disable-http-access-log': bools('Whether HTTP requests are left out of the access log.'),
    'disable-stream-access-log': bools('Whether TCP and UDP sessions are left out of the access log.'),
    'log-format-upstream': formatOption,
    'log-format-escape-json': bools('Whether values in the access log are escaped as JSON strings.'),
    'log-format-escape-none': bools('Whether values in the access log are not escaped at all.'),
    'log-format-stream': {
      type: logFormat(IN_STREAMS),
      default: STREAM_FORMAT,
      example: '$remote_addr $status $session_time',
      summary: 'The lines of the access log for TCP and UDP.',
      becomes: 'log_format',
      differs: [
        {
          says: '$proxy_upstream_name is the protocol and the port, such as TCP-9000',
          where: format => format.includes('proxy_upstream_name'),
        },
      ],
    } satisfies OptionSpec<string>,
    'skip-access-log-urls': {
      type: textTests,
      default: [],
      example: '/healthz,~^/metrics',
      summary: 'The URLs whose requests are not logged, with their query; `~` begins a regular expression.',
      becomes: 'map, access_log',
    } satisfies OptionSpec<readonly TextTest[]>,
  },
  read: () => undefined,
  gives: {
    main(options) {
      const isOff = options['disable-access-log'] || options['disable-stream-access-log'];
      const format = options['log-format-stream'];
      return {
        target: isOff ? undefined : targetOf(options['stream-access-log-path'], options),
        format: format === STREAM_FORMAT ? undefined : formatParts(format, IN_STREAMS),
        params: paramsOf(options[PARAMS]),
      };
    },
    http(options, context): AccessLogs {
      reportNoHost(options, context);
      const isOff = options['disable-access-log'] || options['disable-http-access-log'];
      const target = isOff ? undefined : (syslogOf(options) ?? targetOf(options['http-access-log-path'], options));
      const format = options['log-format-upstream'];
      const at = context.written(PARAMS);
      if (target?.kind === 'syslog' && at !== undefined && options[PARAMS] !== '') {
        const message = `${PARAMS} has no effect on HTTP requests: a syslog server takes no parameters`;
        context.report({ rule: optionWithoutEffect, message, help: 'remove it', at });
      }
      return {
        target,
        format: format === FORMAT ? undefined : formatParts(format),
        escape: options['log-format-escape-none'] ? 'none' : options['log-format-escape-json'] ? 'json' : 'default',
        params: paramsOf(options[PARAMS]),
        skipped: distinct(options['skip-access-log-urls']),
      };
    },
  },
});

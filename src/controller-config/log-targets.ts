import { isIPv6 } from '../json/ip.ts';
import type { OptionsContext } from '../annotations/family.ts';
import type { OptionSpec } from '../options/option.ts';
import type { ValueType } from '../options/value-type.ts';
import { bool, integer } from '../options/value-type.ts';
import type { LogTarget } from '../routing/policies/access-logs.ts';
import { optionWithoutEffect } from './rules/options.ts';

/** Where the controller has its logs. */
const FOLDER = '/var/log/nginx/';
const FILE = /^[A-Za-z0-9][\w-]{0,60}(?:\.[\w-]{1,60}){0,3}$/;
/** What a container shows as its log. */
const OF_CONTAINER: ReadonlySet<string> = new Set(['/dev/stdout', '/dev/stderr']);
const NOTHING = '/dev/null';
const HOST = /^(?=.{1,253}$)[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*$/;
/** A server, then what nginx writes before each message. */
const SYSLOG =
  /^syslog:server=([^,:[\]]+|\[[^[\],]+\])(?::(\d{1,5}))?((?:,(?:facility=[a-z0-9]{1,20}|severity=[a-z]{1,10}|tag=\w{1,32}|nohostname))*)$/;

type ReadTarget =
  | { readonly ok: true; readonly value: LogTarget | undefined }
  | { readonly ok: false; readonly problem: string; readonly help: string };

function syslogTarget(text: string): ReadTarget {
  const [, host = '', port, words = ''] = SYSLOG.exec(text) ?? [];
  const bare = host.replace(/^\[(.*)\]$/, '$1');
  const isHost = host === bare ? HOST.test(host) : isIPv6(bare);
  const isPort = port === undefined || (Number(port) > 0 && Number(port) < 65_536);
  if (isHost && isPort) {
    return { ok: true, value: { kind: 'syslog', server: `${host}${port === undefined ? '' : `:${port}`}${words}` } };
  }
  return { ok: false, problem: 'is not a syslog server', help: 'write "syslog:server=192.0.2.1:514"' };
}

/**
 * Where a log goes; undefined for nowhere.
 *
 * @param usual the file of the log in the controller
 */
export function readTarget(text: string, usual: 'access.log' | 'error.log'): ReadTarget {
  if (OF_CONTAINER.has(text) || text === FOLDER + usual) return { ok: true, value: { kind: 'usual' } };
  if (text === NOTHING && usual === 'access.log') return { ok: true, value: undefined };
  if (text.startsWith('syslog:')) return syslogTarget(text);
  const name = text.startsWith(FOLDER) ? text.slice(FOLDER.length) : '';
  const isOfOthers = name === 'access.log' || name === 'error.log' || name === 'stream.log';
  if (FILE.test(name) && !isOfOthers) return { ok: true, value: { kind: 'file', name } };
  const problem = isOfOthers ? 'is the file of another log' : `is not a file in ${FOLDER.slice(0, -1)}`;
  return { ok: false, problem, help: `write "${FOLDER}NAME.log", "/dev/stdout" or "syslog:server=HOST:PORT"` };
}

/** @param canBeEmpty where another option decides then */
export function logPath(usual: 'access.log' | 'error.log', canBeEmpty: boolean): ValueType<string> {
  return {
    name: `file in ${FOLDER.slice(0, -1)}, \`/dev/stdout\` or \`syslog:server=HOST:PORT\``,
    schema: {},
    parse(value) {
      if (value === '' && canBeEmpty) return { ok: true, value };
      const read = readTarget(value, usual);
      return read.ok ? { ok: true, value } : read;
    },
  };
}

/** What is said of a path that is another place here. */
export const OTHER_PLACE = {
  says: 'the file lies in the folder of the logs of this nginx, and /dev/stdout and /dev/stderr are its usual files',
  where: (path: string) => path !== '' && !path.startsWith('syslog:') && path !== NOTHING,
};

const syslogHost: ValueType<string> = {
  name: 'host name or IP address',
  schema: {},
  parse(value) {
    if (value === '' || HOST.test(value) || isIPv6(value)) return { ok: true, value };
    return { ok: false, problem: 'is not a host name or an IP address', help: 'write "192.0.2.1"' };
  },
};

/** The options of a syslog server for all logs of requests and errors. */
export const syslogOptions = {
  'enable-syslog': {
    type: bool,
    default: false,
    example: 'true',
    summary: 'Whether the logs go to a syslog server.',
    becomes: 'access_log, error_log',
  } satisfies OptionSpec<boolean>,
  'syslog-host': {
    type: syslogHost,
    default: '',
    example: '192.0.2.1',
    summary: 'The host of the syslog server.',
    becomes: 'access_log, error_log',
  } satisfies OptionSpec<string>,
  'syslog-port': {
    type: integer({ min: 1, max: 65_535 }),
    default: 514,
    example: '1514',
    summary: 'The port of the syslog server.',
    becomes: 'access_log, error_log',
  } satisfies OptionSpec<number>,
} as const;

interface SyslogValues {
  readonly 'enable-syslog': boolean;
  readonly 'syslog-host': string;
  readonly 'syslog-port': number;
}

/** The syslog server of the options; undefined where there is none. */
export function syslogOf(options: SyslogValues): LogTarget | undefined {
  const host = options['syslog-host'];
  if (!options['enable-syslog'] || host === '') return undefined;
  return { kind: 'syslog', server: `${isIPv6(host) ? `[${host}]` : host}:${options['syslog-port']}` };
}

/** Says that the server has no host; in the controller nginx would not load that. */
export function reportNoHost(options: SyslogValues, { report, written }: OptionsContext): void {
  const at = written('enable-syslog');
  if (!options['enable-syslog'] || options['syslog-host'] !== '' || at === undefined) return;
  const message = 'enable-syslog has no effect without syslog-host';
  report({ rule: optionWithoutEffect, message, help: 'set syslog-host, or remove it', at });
}

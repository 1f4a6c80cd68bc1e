import type { OptionSpec } from '../options/option.ts';
import { networksOfOption } from '../options/networks.ts';
import type { Parsed, ValueType } from '../options/value-type.ts';
import { oneOf } from '../options/value-type.ts';
import { defineFamily } from '../annotations/family.ts';
import type { ErrorLogs } from '../routing/policies/error-logs.ts';
import { ERROR_LEVELS } from '../routing/policies/error-logs.ts';
import { logPath, OTHER_PLACE, readTarget, syslogOf, syslogOptions } from './log-targets.ts';

/** Those that are no addresses are left out, as in the controller. */
const clients: ValueType<readonly string[]> = {
  ...networksOfOption,
  parse(text): Parsed<readonly string[]> {
    const all = networksOfOption.parse(text);
    if (all.ok) return all;
    const right = text.split(',').filter(word => networksOfOption.parse(word).ok);
    const rest = networksOfOption.parse(right.join(','));
    return rest.ok ? { ...all, rest: rest.value } : all;
  },
};

/**
 * What nginx writes of its own errors.
 * Source: ingress-nginx 1.15.1, rootfs/etc/nginx/template/nginx.tmpl.
 */
export const errorLogs = defineFamily({
  name: 'errorLogs',
  annotations: {},
  options: {
    ...syslogOptions,
    'error-log-path': {
      type: logPath('error.log', false),
      default: '/var/log/nginx/error.log',
      example: '/var/log/nginx/errors.log',
      summary: 'The file of the error log.',
      becomes: 'error_log',
      differs: [OTHER_PLACE],
    } satisfies OptionSpec<string>,
    'error-log-level': {
      type: oneOf(...ERROR_LEVELS),
      default: 'notice',
      example: 'warn',
      summary: 'How severe a message must be for the error log.',
      becomes: 'error_log',
    } satisfies OptionSpec<ErrorLogs['level']>,
    'debug-connections': {
      type: clients,
      default: [],
      example: '192.0.2.7,10.0.0.0/8',
      summary: 'The clients for whom the error log has debug messages.',
      becomes: 'debug_connection',
      differs: [
        { says: 'only an nginx that was built with --with-debug has these messages', where: list => list.length > 0 },
      ],
    } satisfies OptionSpec<readonly string[]>,
  },
  read: () => undefined,
  gives: {
    main(options): ErrorLogs {
      const path = readTarget(options['error-log-path'], 'error.log');
      return {
        target: syslogOf(options) ?? (path.ok ? path.value : undefined) ?? { kind: 'usual' },
        level: options['error-log-level'],
        debugged: options['debug-connections'],
      };
    },
  },
});

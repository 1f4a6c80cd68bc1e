import { fileStem } from '../cluster/object-name.ts';
import type { OptionsContext } from '../annotations/family.ts';
import { defineFamily } from '../annotations/family.ts';
import type { OptionSpec } from '../options/option.ts';
import { size } from '../options/size.ts';
import { secondsText } from '../options/time.ts';
import type { ValueType } from '../options/value-type.ts';
import { bool } from '../options/value-type.ts';
import { unusableTicketKey } from './rules/tls.ts';

const KEY = 'ssl-session-ticket-key';

/** Any text: what is wrong with it is said without it. */
const secretText: ValueType<string> = {
  name: '48 or 80 bytes in base64',
  schema: { pattern: '^([A-Za-z0-9+/]{64}|[A-Za-z0-9+/]{107}=)$' },
  parse: value => ({ ok: true, value: value.trim() }),
};

/** Those of nginx, and of it alone: a key has a name, one for signatures and one for encryption. */
const LENGTHS: readonly number[] = [48, 80];

/** Puts the key beside nginx.conf; undefined where there is none. Source: nginx, ngx_ssl_session_ticket_keys. */
function ticketKey(text: string, { report, source, keep }: OptionsContext): string | undefined {
  const from = source(KEY);
  if (text === '' || from === undefined) return undefined;
  const bytes = Buffer.from(text, 'base64');
  if (bytes.toString('base64') !== text || !LENGTHS.includes(bytes.length)) {
    const message = `${KEY}: the text is not 48 or 80 bytes in base64: nginx makes a key of its own`;
    report({
      rule: unusableTicketKey,
      message,
      help: 'make one: openssl rand -base64 80 | tr -d "\\n"',
      at: from.field,
    });
    return undefined;
  }
  const { namespace, name } = from.resource;
  return keep({ kind: 'ticket-key', id: fileStem(namespace ?? '', name, 'tickets'), content: text, from });
}

/**
 * How TLS connections of clients go on, and how clients resume them.
 * Source: ingress-nginx 1.15.1, rootfs/etc/nginx/template/nginx.tmpl and internal/ingress/controller/store/store.go.
 */
export const tlsConnections = defineFamily({
  name: 'tlsConnections',
  annotations: {},
  options: {
    'ssl-session-cache': {
      type: bool,
      default: true,
      example: 'false',
      summary: 'Whether TLS sessions are kept so that clients may resume them.',
      becomes: 'ssl_session_cache',
    } satisfies OptionSpec<boolean>,
    'ssl-session-cache-size': {
      // nginx refuses one of fewer than eight pages.
      type: size({ hasGigabytes: false, minBytes: 32_768n, help: 'write "10m"' }),
      default: '10m',
      example: '20m',
      summary: 'How much memory the TLS sessions of all workers may take; a megabyte holds about 4000.',
      becomes: 'ssl_session_cache',
    } satisfies OptionSpec<string>,
    'ssl-session-timeout': {
      type: secondsText,
      default: '10m',
      example: '1h',
      summary: 'For how long TLS sessions may be resumed.',
      becomes: 'ssl_session_timeout',
    } satisfies OptionSpec<string>,
    'ssl-session-tickets': {
      type: bool,
      default: false,
      example: 'true',
      summary: 'Whether clients keep their TLS sessions themselves, as tickets.',
      becomes: 'ssl_session_tickets',
    } satisfies OptionSpec<boolean>,
    'ssl-buffer-size': {
      type: size({ hasGigabytes: false, minBytes: 512n, help: 'write "4k"' }),
      default: '4k',
      example: '16k',
      summary: 'How much is sent in one TLS record.',
      becomes: 'ssl_buffer_size',
    } satisfies OptionSpec<string>,
    [KEY]: {
      type: secretText,
      default: '',
      example: 'bm90IGEgc2VjcmV0OiBtYWtlIG9uZSB3aXRoIG9wZW5zc2wgcmFuZCA0OCBieXRl',
      summary: 'The key that encrypts tickets, the same for several nginx; it is written to a file of its own.',
      becomes: 'ssl_session_ticket_key',
    } satisfies OptionSpec<string>,
  },
  read: () => undefined,
  gives: {
    http(options, context) {
      const key = ticketKey(options[KEY], context);
      const cache = { size: options['ssl-session-cache-size'], timeout: options['ssl-session-timeout'] };
      return {
        ...(options['ssl-session-cache'] ? { cache } : {}),
        hasTickets: options['ssl-session-tickets'],
        ...(key === undefined ? {} : { ticketKey: key }),
        bufferSize: options['ssl-buffer-size'],
      };
    },
  },
});

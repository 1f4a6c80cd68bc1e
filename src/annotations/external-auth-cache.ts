import type { Parsed, ValueType } from '../options/value-type.ts';
import { text, trimmed } from '../options/value-type.ts';
import { readVariableText } from '../routing/variable-text.ts';
import type { TextPart } from '../routing/variable-text.ts';

/** Statuses and a time, as nginx writes them. */
type Valid = string;

/** What holds without a word of anybody, as soon as answers are kept at all. */
export const USUAL_VALID: readonly Valid[] = ['200 202 401 5m'];

/** nginx takes one time, without milliseconds, behind the statuses. */
const VALID = /^(?:any|[1-5]\d{2})(?: (?:any|[1-5]\d{2}))* \d{1,9}[smhdwMy]$|^\d{1,9}[smhdwMy]$/;

/**
 * Times between commas, each with statuses in front of it. The controller takes several times, and words that are none,
 * for which nginx would not load its configuration.
 * Source: ingress-nginx 1.15.1, internal/ingress/annotations/authreq/main.go, ParseStringToCacheDurations.
 */
export const cacheDurations: ValueType<readonly Valid[]> = {
  name: 'list of statuses with a time, separated by commas',
  schema: {},
  separator: ',',
  parse(value): Parsed<readonly Valid[]> {
    const durations: Valid[] = [];
    for (const part of value.split(',')) {
      const words = part.trim().replaceAll(/ +/g, ' ');
      if (words === '') continue;
      if (words.length > 200 || !VALID.test(words)) {
        const problem = `has "${words}", which is not statuses and a time`;
        return { ok: false, problem, help: 'write statuses and a time, such as "200 202 10m"' };
      }
      durations.push(words);
    }
    return { ok: true, value: durations.length === 0 ? USUAL_VALID : durations };
  },
};

/** The same in the option, where an empty text is none, and five minutes take the place of what is wrong. */
export const cacheDurationsOfOption: ValueType<readonly Valid[]> = {
  ...cacheDurations,
  parse(value) {
    if (value === '') return { ok: true, value: [] };
    const read = cacheDurations.parse(value);
    return read.ok ? read : { ...read, rest: USUAL_VALID };
  },
};

type ReadKey =
  | { readonly ok: true; readonly value: readonly TextPart[] }
  | { readonly ok: false; readonly problem: string; readonly help: string };

function readKey(value: string): ReadKey {
  const read = readVariableText(value);
  if (read.ok) return { ok: true, value: read.parts };
  return { ok: false, problem: read.problem, help: 'write variables of nginx, such as "$cookie_session"' };
}

/** @param pattern what it may have */
function keyOf(pattern: RegExp, characters: string): ValueType<string> {
  const plain = text(pattern, characters);
  return trimmed({
    ...plain,
    parse(value) {
      const read = plain.parse(value);
      if (!read.ok) return read;
      const key = readKey(value);
      return key.ok ? read : { ok: false, problem: key.problem, help: key.help };
    },
  });
}

/** What tells answers apart. */
export const cacheKey = keyOf(/^[A-Za-z0-9_${} -]*$/, 'letters, digits and - _ $ { }');
export const cacheKeyOfOption = keyOf(/^[ -~]*$/, 'visible ASCII characters and blanks');

/** Undefined: no answer is kept. */
export function cacheOf(
  key: string,
  valid: readonly Valid[],
): { readonly key: readonly TextPart[]; readonly valid: readonly Valid[] } | undefined {
  const read = key === '' ? undefined : readKey(key);
  return read?.ok === true ? { key: read.value, valid } : undefined;
}

/** Variables that are the same for all clients who ask for the same page. */
const OF_EVERYBODY: ReadonlySet<string> = new Set([
  'best_http_host',
  'connection_upgrade',
  'document_uri',
  'host',
  'hostname',
  'http_host',
  'https',
  'ingress_name',
  'location_path',
  'namespace',
  'nginx_version',
  'pass_access_scheme',
  'pass_port',
  'pass_server_port',
  'proxy_alternative_upstream_name',
  'proxy_upstream_name',
  'request_method',
  'scheme',
  'server_addr',
  'server_name',
  'server_port',
  'server_protocol',
  'service_name',
  'service_port',
  'uri',
]);

export const SHARED_HELP = 'add what tells clients apart, such as $cookie_session or $http_authorization';

/** Whether a key tells no client from another; whatever it may hold of one is taken for enough. */
export function isOfEverybody(key: string): boolean {
  const read = key === '' ? undefined : readKey(key);
  if (read?.ok !== true) return false;
  return read.value.every(part => {
    if ('text' in part) return true;
    return OF_EVERYBODY.has('variable' in part ? part.variable : part.ofController);
  });
}

import type { ValueType } from './value-type.ts';

const TYPE = /^(?:\*|[\w!#$&^.+-]+\/[\w!#$&^.+-]+)$/;

/** What is worth compressing: the controller's default for gzip. */
export const TEXT_TYPES: readonly string[] = [
  'application/atom+xml',
  'application/javascript',
  'application/x-javascript',
  'application/json',
  'application/rss+xml',
  'application/vnd.ms-fontobject',
  'application/x-font-ttf',
  'application/x-web-app-manifest+json',
  'application/xhtml+xml',
  'application/xml',
  'font/opentype',
  'image/svg+xml',
  'image/x-icon',
  'text/css',
  'text/javascript',
  'text/plain',
  'text/x-component',
];

/** Characters of a type that fits in the buckets of nginx's table, which no directive makes larger. */
const LONGEST = 46;

/** MIME types between blanks, each once and in small letters, as nginx compares them; `*` is every type. */
export const mimeTypes: ValueType<readonly string[]> = {
  name: 'list of MIME types, separated by spaces',
  separator: ' ',
  schema: { pattern: '^\\s*[^\\s;{}]+(\\s+[^\\s;{}]+)*\\s*$' },
  parse(text) {
    const words = text.split(/\s+/).filter(word => word !== '');
    const meant = text.split(/[\s,;]+/).filter(word => TYPE.test(word) && word.length <= LONGEST);
    const help = `write "${meant.length > 0 ? meant.join(' ') : 'application/json text/css'}"`;
    if (words.length === 0) return { ok: false, problem: 'names no MIME type', help };
    const wrong = words.find(word => !TYPE.test(word));
    if (wrong !== undefined) return { ok: false, problem: `has "${wrong}", which is not a MIME type`, help };
    const long = words.find(word => word.length > LONGEST);
    if (long === undefined) return { ok: true, value: [...new Set(words.map(word => word.toLowerCase()))] };
    return {
      ok: false,
      problem: `has "${long}", which is longer than the ${LONGEST} characters that nginx takes`,
      help,
    };
  },
};

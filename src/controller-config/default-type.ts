import { defineFamily } from '../annotations/family.ts';
import type { OptionSpec } from '../options/option.ts';
import type { ValueType } from '../options/value-type.ts';

/** Characters that no MIME type needs more of. */
const LONGEST = 127;

const mimeType: ValueType<string> = {
  name: 'MIME type',
  schema: { pattern: '^[\\w!#$&^.+-]+/[\\w!#$&^.+-]+$' },
  parse(text) {
    if (/^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/.test(text) && text.length <= LONGEST) return { ok: true, value: text };
    return { ok: false, problem: 'is not a MIME type', help: 'write a type such as "text/plain"' };
  },
};

/** The type of responses that nginx makes of a text. */
export const defaultType = defineFamily({
  name: 'defaultType',
  annotations: {},
  options: {
    'default-type': {
      type: mimeType,
      default: 'text/html',
      example: 'application/octet-stream',
      summary: 'The type of responses that nginx itself gives and that nothing else gives one.',
      becomes: 'default_type',
    } satisfies OptionSpec<string>,
  },
  read: () => undefined,
  gives: { http: options => ({ type: options['default-type'] }) },
});
